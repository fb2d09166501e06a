// How a decision reads, on the site page and in the list of decisions.

import { reasonText, text } from './page.js';

/** Who it was: the person's name, or that nobody is known. */
export const whoText = decision =>
  decision.outcome === 'ACCEPTED' ? decision.person?.name ?? decision.person?.id ?? text('outcome.ACCEPTED') : text(`outcome.${decision.outcome}`);

/** The camera's name; browsers have only the id of their session, which says nothing. */
export const cameraText = decision =>
  String(decision.camera).startsWith('browser-') ? text('js.browser') : decision.cameraName || decision.camera;

/** Why; an acceptance needs no explanation. */
export const whyText = decision =>
  (decision.reasons ?? []).filter(reason => reason !== 'MATCHED').map(reasonText).join('. ');
