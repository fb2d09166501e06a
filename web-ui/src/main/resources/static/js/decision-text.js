// How a decision reads, on the site page and in the list of decisions.

import { reasonText, text } from './page.js';

/** Who it was: the person's name, or that nobody is known. */
export const whoText = decision =>
  decision.outcome === 'ACCEPTED' ? decision.person?.name ?? decision.person?.id ?? text('outcome.ACCEPTED') : text(`outcome.${decision.outcome}`);

// Browsers and programs have only the id of their session or request, which says nothing.
const PASSING = { 'browser-': 'js.browser', 'rest-': 'js.rest' };

/** The camera's name, or what kind of source it was. */
export const cameraText = decision => {
  const passing = Object.keys(PASSING).find(prefix => String(decision.camera).startsWith(prefix));
  return passing ? text(PASSING[passing]) : decision.cameraName || decision.camera;
};

/** Why; an acceptance needs no explanation. */
export const whyText = decision =>
  (decision.reasons ?? []).filter(reason => reason !== 'MATCHED').map(reasonText).join('. ');
