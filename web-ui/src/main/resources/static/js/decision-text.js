// How a decision reads, on the site page and in the list of decisions.

import { reasonText, text } from './page.js';

/** Who it was: the person's name, or that nobody is known. */
export const whoText = decision =>
  decision.outcome === 'ACCEPTED' ? decision.person?.name ?? decision.person?.id ?? text('outcome.ACCEPTED') : text(`outcome.${decision.outcome}`);

/** The camera's name; a browser has none. */
export const cameraText = decision =>
  decision.cameraName || (String(decision.camera).startsWith('browser-') ? text('js.browser') : decision.camera);

/** Why; an acceptance needs no explanation. */
export const whyText = decision =>
  (decision.reasons ?? []).filter(reason => reason !== 'MATCHED').map(reasonText).join('. ');
