// The enrolment page: who, with whose agreement; then views by the camera or photographs; then what came of it.

import { address, byId, element, reasonText, show, text } from './page.js';
import { adviceFor, api, Problem } from './api.js';
import { LivePicture } from './live.js';
import { choosePhotographs } from './photographs.js';

const person = byId('person');
// With fewer views the server does not finish early.
const FEWEST = 3;

const result = byId('result');
let pose = 'FRONT';
let live = null;
// The server has all views and judges them.
let handedOver = false;

function goTo(step, way = null) {
  for (const part of document.querySelectorAll('.step')) {
    part.hidden = part.dataset.step !== step || (way !== null && part.dataset.way !== undefined && part.dataset.way !== way);
  }
  let past = true;
  for (const mark of document.querySelectorAll('.steps li')) {
    if (mark.dataset.step === step) past = false;
    mark.classList.toggle('past', past);
    if (mark.dataset.step === step) mark.setAttribute('aria-current', 'step');
    else mark.removeAttribute('aria-current');
  }
  document.querySelector('.step:not([hidden]) h2')?.focus();
}

// ---- Who ----

/** Marks what is missing; the first such field gets the focus. */
function isComplete() {
  let first = null;
  for (const id of ['name', 'mail', 'consent']) {
    const field = byId(id);
    const blank = id === 'name' && field.value.trim() === '';
    const wrong = blank || !field.checkValidity();
    byId(`${id}-error`).hidden = !wrong;
    field.setAttribute('aria-invalid', String(wrong));
    if (wrong) first ??= field;
  }
  first?.focus();
  return first === null;
}

const who = () => ({ name: byId('name').value.trim(), mail: byId('mail').value.trim() });

person.addEventListener('submit', event => {
  event.preventDefault();
  if (!isComplete()) return;
  const way = event.submitter?.value ?? 'camera';
  goTo('face', way);
  if (way === 'camera') startCamera();
});
person.addEventListener('input', event => {
  const error = byId(`${event.target.id}-error`);
  if (error && !error.hidden) isComplete();
});
for (const back of document.querySelectorAll('.back')) {
  back.addEventListener('click', () => {
    live?.close();
    goTo('person');
  });
}

// ---- By the camera ----

function startCamera() {
  live ??= new LivePicture('enrol', {
    connected: introduce,
    calm: () => text(handedOver ? 'js.enrol.sending' : `js.enrol.pose.${pose}`),
    otherWay: () => (byId('photos').dataset.open === 'true'
      ? element('button', { type: 'button', class: 'quiet', onclick: () => goTo('face', 'photos') }, text('js.camera.photos'))
      : null),
    message: message => {
      if (message.type === 'enrolProgress') progress(message);
      if (message.type === 'enrolled') enrolled(message);
      if (message.type === 'error' && handedOver) startAgain();
    },
  });
  progress({ samples: 0, wanted: 5, pose: 'FRONT' });
  live.start();
}

function introduce() {
  handedOver = false;
  live.send({ type: 'person', ...who(), consent: true });
}

/** The views could not be judged (the message says why): they are taken anew. */
function startAgain() {
  introduce();
  progress({ samples: 0, wanted: 5, pose: 'FRONT' });
  if (!live.isSending) live.resume();
}

let lastPose = null;
let lastSamples = 0;

function progress({ samples, wanted, pose: next }) {
  for (const mark of document.querySelectorAll('#poses li')) {
    if (samples === 0) mark.classList.remove('taken');
    if (samples > lastSamples && mark.dataset.pose === lastPose) mark.classList.add('taken');
    mark.classList.toggle('wanted', mark.dataset.pose === next && samples < wanted);
    if (mark.dataset.pose === next) mark.setAttribute('aria-current', 'step');
    else mark.removeAttribute('aria-current');
  }
  pose = next ?? pose;
  lastPose = pose;
  lastSamples = samples;
  live?.wantTurned(pose !== 'FRONT');
  document.querySelector('.ring-done').style.strokeDasharray = `${Math.min(100, (100 * samples) / Math.max(1, wanted))} 100`;
  byId('samples').textContent = samples > 0 ? text('js.enrol.samples', samples, wanted) : '';
  byId('finish').hidden = samples < FEWEST || samples >= wanted;
  handedOver ||= samples >= wanted;
}

byId('finish').addEventListener('click', () => {
  byId('finish').hidden = true;
  handedOver = true;
  live.send({ type: 'finish' });
  live.pause('live');
  live.say(text('js.enrol.sending'));
});

// ---- By photographs ----

const photographs = choosePhotographs();

byId('photos').addEventListener('submit', async event => {
  event.preventDefault();
  const form = new FormData();
  const { name, mail } = who();
  form.set('name', name);
  if (mail) form.set('mail', mail);
  form.set('consent', 'true');
  for (const file of photographs.files()) form.append('files', file, file.name);
  const send = byId('send');
  const label = send.textContent;
  send.disabled = true;
  send.textContent = text('js.enrol.sending');
  show(byId('photos-error'), '');
  try {
    enrolled(await api('enrol/photos', { method: 'POST', form }));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.reasons.length > 0) enrolled({ accepted: false, reasons: problem.reasons });
    else show(byId('photos-error'), problem.message);
  } finally {
    send.textContent = label;
    send.disabled = photographs.files().length === 0;
  }
});

// ---- What came of it ----

function enrolled({ accepted, reasons = [], weak, person: known }) {
  live?.close();
  result.className = `result ${accepted ? 'good' : 'bad'}`;
  result.replaceChildren();
  goTo('done');
  const actions = element('div', { class: 'actions' });
  if (accepted) {
    result.append(
      element('h2', { tabindex: '-1' }, text('js.enrol.done', known?.name ?? who().name)),
      element('p', {}, text('js.enrol.done.text')));
    if (weak) result.append(element('p', {}, text('js.enrol.weak')));
    actions.append(
      element('a', { class: 'button primary', href: address('') }, text('js.enrol.login')),
      element('a', { class: 'button', href: address('enrol') }, text('js.enrol.another')));
    photographs.clear();
  } else {
    result.append(
      element('h2', { tabindex: '-1' }, text('js.enrol.refused')),
      element('ul', {}, ...reasons.map(reason => element('li', {}, reasonText(reason)))));
    const advice = adviceFor(reasons);
    if (advice) result.append(element('p', {}, advice));
    actions.append(element('button', { type: 'button', class: 'primary', onclick: again }, text('js.enrol.again')));
  }
  result.append(actions);
  result.querySelector('h2').focus();
}

function again() {
  lastSamples = 0;
  goTo('person');
}
