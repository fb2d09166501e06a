// The access page: tokens, made with a role and an end, shown once, revoked after asking.

import { byId, dateText, dateTimeText, element, show, text, toast } from './page.js';
import { api, Problem } from './api.js';

const headings = [...document.querySelectorAll('thead th')].map(heading => heading.textContent);
const roles = Object.fromEntries([...byId('role').options].map(option => [option.value, option.textContent]));
const make = byId('make');
const made = byId('made');
const revoke = byId('revoke');
const form = byId('make-form');
let chosen = null;

function row(token) {
  const valid = token.state === 'VALID';
  const end = token.revokedAt ? text('js.access.revoked', dateText(token.revokedAt))
    : token.expiresAt === null ? text('js.access.never')
      : text(valid ? 'js.access.until' : 'js.access.expired', dateText(token.expiresAt));
  return element('tr', { 'data-token': token.id },
    element('td', { class: 'who', 'data-label': headings[0] }, token.name),
    element('td', { 'data-label': headings[1] }, element('span', { class: `badge ${valid && token.role === 'ADMIN' ? 'warn' : ''}` }, roles[token.role])),
    element('td', { 'data-label': headings[2], class: 'number' }, dateText(token.createdAt)),
    element('td', { 'data-label': headings[3], class: 'number' }, token.lastUsedAt ? dateTimeText(token.lastUsedAt) : text('js.access.unused')),
    element('td', { 'data-label': headings[4], class: 'number' }, valid ? end : element('span', { class: 'badge bad' }, end)),
    element('td', { class: 'row-actions' }, valid
      ? element('button', { type: 'button', class: 'small-button', 'aria-label': text('js.access.revoke.name', token.name), onclick: () => ask(token) }, text('js.access.revoke'))
      : ''));
}

async function load() {
  try {
    const tokens = await api('api/v1/tokens');
    show(byId('problem'), '');
    byId('rows').replaceChildren(...tokens.map(row));
    byId('table').hidden = tokens.length === 0;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show(byId('problem'), problem.message);
  }
}

// ---- Make ----

byId('add').addEventListener('click', () => {
  form.reset();
  show(byId('make-error'), '');
  make.showModal();
  byId('name').focus();
});
byId('make-cancel').addEventListener('click', () => make.close());

form.addEventListener('submit', async event => {
  event.preventDefault();
  const name = byId('name').value.trim();
  byId('name').setAttribute('aria-invalid', String(name === ''));
  if (name === '') {
    show(byId('make-error'), text('js.access.nameless'));
    byId('name').focus();
    return;
  }
  const days = byId('days').value;
  try {
    const token = await api('api/v1/tokens', {
      method: 'POST',
      json: { name, role: byId('role').value, ...(days === '' ? { unlimited: true } : { days: Number(days) }) },
    });
    make.close();
    byId('made-heading').textContent = text('js.access.made', token.name);
    byId('token').value = token.token;
    byId('link').value = new URL(token.link, window.location.origin).href;
    made.showModal();
    await load();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show(byId('make-error'), problem.message);
  }
});

// What was shown once is nowhere on the page afterwards.
made.addEventListener('close', () => {
  byId('token').value = '';
  byId('link').value = '';
});

for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    const field = byId(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      toast(byId('announce'), text('js.access.copied'));
    } catch {
      // Without permission, or on an insecure address: it is selected, and the keyboard copies it.
      toast(byId('announce'), text('js.access.selected'));
    }
  });
}

// ---- Revoke ----

function ask(token) {
  chosen = token;
  byId('revoke-heading').textContent = text('js.access.revoke.question', token.name);
  show(byId('revoke-error'), '');
  revoke.showModal();
}

byId('revoke-yes').addEventListener('click', async () => {
  byId('revoke-yes').disabled = true;
  try {
    await api(`api/v1/tokens/${encodeURIComponent(chosen.id)}`, { method: 'DELETE' });
    revoke.close();
    toast(byId('announce'), text('js.access.gone', chosen.name));
    await load();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show(byId('revoke-error'), problem.message);
  } finally {
    byId('revoke-yes').disabled = false;
  }
});

load();
