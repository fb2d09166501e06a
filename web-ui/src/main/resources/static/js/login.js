// The log-in page: look, decide, say so.

import { address, byId, element, reasonText, text } from './page.js';
import { adviceFor, api } from './api.js';
import { ChallengePanel } from './challenge.js';
import { LivePicture } from './live.js';

// A refusal may be overtaken by better frames of the same face: this long they are waited for.
const SECOND_LOOK_MS = 1500;
// These say nothing about the person: the look goes on.
const NO_VERDICT = new Set(['TOO_FEW_FRAMES', 'NO_FACE', 'STALE', 'BAD_FRAME']);
const TIRED_AFTER_MS = 20_000;
const WELCOME_AFTER_MS = 2500;

const result = byId('result');
// An application sent the visitor here and waits at this address of ours; else there is the page that greets.
const application = document.querySelector('[data-onward]')?.dataset.onward;
const onwardTo = application ?? address('welcome');
let refusalTimer = 0;
let welcomeTimer = 0;
let checkingSince = 0;
let moveHead = false;

const challenge = new ChallengePanel(words => { byId('spoken').textContent = words; });

const live = new LivePicture('login', {
  connected: () => challenge.hide(),
  calm: () => {
    if (challenge.isShown) return challenge.words;
    if (moveHead) return text('js.live.moveHead');
    checkingSince ||= performance.now();
    return performance.now() - checkingSince > TIRED_AFTER_MS ? text('js.live.nothing') : text('js.live.checking');
  },
  otherWay: () => text('js.camera.elsewhere'),
  message: message => {
    if (message.type === 'faces') moveHead = message.moveHead;
    if (message.type === 'challenge' && live.isSending) {
      challenge.show(message);
      live.wantTurned(true);
    }
    if (message.type === 'decision') decided(message);
  },
});

function decided(decision) {
  if (decision.outcome === 'ACCEPTED') {
    clearTimeout(refusalTimer);
    refusalTimer = 0;
    welcome(decision.person?.name ?? '');
  } else if (live.isSending && refusalTimer === 0 && !NO_VERDICT.has(decision.reasons?.[0])) {
    refusalTimer = setTimeout(() => refuse(decision), SECOND_LOOK_MS);
  }
}

function reveal(kind, ...content) {
  result.className = `result ${kind}`;
  result.replaceChildren(...content.filter(Boolean));
  result.hidden = false;
}

function welcome(name) {
  challenge.hide();
  live.pause('good');
  const onward = element('a', { class: 'button primary', href: onwardTo }, text('js.login.continue'));
  reveal('good', element('h2', {}, text('js.login.welcome', name)), element('p', {}, text('js.login.in')),
    element('div', { class: 'actions' }, onward));
  onward.focus({ preventScroll: true });
  welcomeTimer = setTimeout(() => {
    live.close();
    window.location.assign(onwardTo);
  }, WELCOME_AFTER_MS);
}

function refuse(decision) {
  refusalTimer = 0;
  const reasons = decision.reasons ?? [];
  challenge.hide();
  live.pause('bad');
  const again = element('button', { type: 'button', class: 'primary', onclick: tryAgain }, text('js.login.again'));
  const mayEnrol = document.querySelector('nav a[href$="/enrol"]') !== null;
  const enrolHelps = mayEnrol && reasons.some(reason => reason === 'NOT_ENROLLED' || reason === 'GALLERY_EMPTY');
  const advice = adviceFor(reasons);
  reveal('bad',
    element('h2', {}, text(decision.outcome === 'REJECTED' ? 'js.login.rejected' : 'js.login.unknown')),
    reasons.length > 0 ? element('p', {}, reasons.map(reasonText).join('. ') + '.') : null,
    advice ? element('p', {}, advice) : null,
    element('div', { class: 'actions' }, again,
      enrolHelps ? element('a', { class: 'button', href: address('enrol') }, text('js.login.enrol')) : null));
  again.focus({ preventScroll: true });
}

function tryAgain() {
  clearTimeout(welcomeTimer);
  checkingSince = 0;
  moveHead = false;
  live.wantTurned(false);
  result.hidden = true;
  // A face that is judged already is not judged again within one conversation.
  live.afresh();
}

/** From another site the cookie of a session does not come along: only this page can tell that there is one. */
async function isKnownAlready() {
  if (!application) return false;
  try {
    return (await api(`api/v1/session${window.location.search}`)).suffices;
  } catch {
    return false;
  }
}

if (await isKnownAlready()) window.location.replace(onwardTo);
else live.startIfAllowed();
