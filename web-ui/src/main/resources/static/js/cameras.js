// The cameras page: list, add, edit, try an address, remove.

import { byId, element, numberText, show, text, toast } from './page.js';
import { api, Problem } from './api.js';
import { showState } from './camera-state.js';

const REFRESH_MS = 3000;

const headings = [...document.querySelectorAll('thead th')].map(heading => heading.textContent);
const edit = byId('edit');
const remove = byId('remove');
const form = byId('edit-form');
const fields = form.elements;
let chosen = null;
let shown = '';

/** Passwords are not for the list. */
const withoutPassword = address => address.replace(/^(\w+:\/\/[^:@/]+):[^@/]*@/, '$1:•••@');

function row(camera) {
  const badge = element('span');
  showState(badge, camera);
  return element('tr', { 'data-camera': camera.id },
    element('td', { class: 'who', 'data-label': headings[0] }, camera.name),
    element('td', { 'data-label': headings[1] }, element('code', {}, withoutPassword(camera.address))),
    element('td', { 'data-label': headings[2] }, element('span', {}, badge, camera.message ? element('span', { class: 'small' }, camera.message) : null)),
    element('td', { 'data-label': headings[3], class: 'small' }, text('js.cameras.policy', camera.minFacePx, numberText(camera.maxFramesPerSecond, camera.maxFramesPerSecond % 1 === 0 ? 0 : 1))),
    element('td', { class: 'row-actions' },
      element('button', { type: 'button', class: 'small-button', 'aria-label': text('js.cameras.edit', camera.name), onclick: () => open(camera) }, text('js.cameras.edit.short')),
      element('button', { type: 'button', class: 'small-button', 'aria-label': text('js.cameras.remove.question', camera.name), onclick: () => ask(camera) }, text('js.cameras.remove'))));
}

async function load() {
  try {
    const answer = await api('api/v1/cameras');
    const cameras = Array.isArray(answer) ? answer : answer.cameras;
    show(byId('problem'), '');
    // Rows are made anew only when something changed, or the focus would be lost every three seconds.
    const now = JSON.stringify(cameras.map(({ framesPerSecond, lagMs, ...rest }) => rest));
    if (now === shown) return;
    shown = now;
    byId('rows').replaceChildren(...cameras.map(row));
    byId('table').hidden = cameras.length === 0;
    byId('empty').hidden = cameras.length > 0;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show(byId('problem'), problem.message);
  }
}

// ---- Add and edit ----

function open(camera) {
  chosen = camera;
  form.reset();
  byId('edit-heading').textContent = camera ? text('js.cameras.edit', camera.name) : text('js.cameras.add');
  if (camera) {
    fields.name.value = camera.name;
    fields.address.value = camera.address;
    fields.minFacePx.value = camera.minFacePx;
    fields.maxFramesPerSecond.value = camera.maxFramesPerSecond;
    fields.enabled.checked = camera.enabled !== false;
  }
  show(byId('edit-error'), '');
  show(byId('test-result'), '');
  edit.showModal();
  fields.name.focus();
}

byId('add').addEventListener('click', () => open(null));
byId('edit-cancel').addEventListener('click', () => edit.close());

form.addEventListener('submit', async event => {
  event.preventDefault();
  if (!form.checkValidity() || fields.name.value.trim() === '' || fields.address.value.trim() === '') {
    show(byId('edit-error'), text('js.cameras.invalid'));
    [...fields].find(field => !field.checkValidity() || (field.required && field.value.trim() === ''))?.focus();
    return;
  }
  const camera = {
    name: fields.name.value.trim(),
    address: fields.address.value.trim(),
    minFacePx: Number(fields.minFacePx.value),
    maxFramesPerSecond: Number(fields.maxFramesPerSecond.value),
    enabled: fields.enabled.checked,
  };
  await inDialog(edit, byId('edit-error'), async () => {
    if (chosen) await api(`api/v1/cameras/${encodeURIComponent(chosen.id)}`, { method: 'PUT', json: camera });
    else await api('api/v1/cameras', { method: 'POST', json: camera });
    return text('js.cameras.saved', camera.name);
  });
});

byId('test').addEventListener('click', async () => {
  const result = byId('test-result');
  const button = byId('test');
  if (fields.address.value.trim() === '') {
    fields.address.focus();
    return;
  }
  button.disabled = true;
  result.className = 'note';
  show(result, text('js.cameras.testing'));
  try {
    const { ok, message, widthPx, heightPx } = await api('api/v1/cameras/test', { method: 'POST', json: { address: fields.address.value.trim() } });
    result.className = `note ${ok ? 'good' : 'bad'}`;
    show(result, ok ? (widthPx ? text('js.cameras.test.size', widthPx, heightPx) : message || text('js.cameras.test.ok')) : message);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    result.className = 'note bad';
    show(result, problem.message);
  } finally {
    button.disabled = false;
  }
});

// ---- Remove ----

function ask(camera) {
  chosen = camera;
  byId('remove-heading').textContent = text('js.cameras.remove.question', camera.name);
  show(byId('remove-error'), '');
  remove.showModal();
}

byId('remove-yes').addEventListener('click', () =>
  inDialog(remove, byId('remove-error'), async () => {
    await api(`api/v1/cameras/${encodeURIComponent(chosen.id)}`, { method: 'DELETE' });
    return text('js.cameras.removed', chosen.name);
  }));

/** Does it, closes the dialog and says so; the dialog stays and says why when it failed. */
async function inDialog(dialog, error, action) {
  try {
    const said = await action();
    dialog.close();
    toast(byId('announce'), said);
    await load();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show(error, problem.message);
  }
}

await load();
setInterval(() => document.hidden || load(), REFRESH_MS);
