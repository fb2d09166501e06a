// The people page: search, and erase after saying what goes.

import { byId, dateText, element, numberText, show, text, toast } from './page.js';
import { api, Problem } from './api.js';
import { Pager, whenQuiet } from './pager.js';

const label = key => document.querySelector(`thead th:nth-child(${key})`).textContent;
const headings = [1, 2, 3, 4].map(label);
const nothing = [byId('empty-heading').textContent, byId('empty-text').textContent];
const dialog = byId('erase');
const mayErase = document.body.dataset.role === 'admin';
let chosen = null;

function row(person) {
  const weak = person.weak ? element('span', { class: 'badge warn', title: text('js.people.weak.text') }, text('js.people.weak'), element('span', { class: 'sr-only' }, `: ${text('js.people.weak.text')}`)) : '';
  return element('tr', { 'data-person': person.id },
    element('td', { class: 'who', 'data-label': headings[0] }, person.name),
    element('td', { 'data-label': headings[1] }, person.mail ?? ''),
    element('td', { 'data-label': headings[2], class: 'number' }, dateText(person.enrolledAt)),
    element('td', { 'data-label': headings[3] }, element('span', {}, `${person.templates} `, weak)),
    element('td', { class: 'row-actions' }, mayErase
      ? element('button', { type: 'button', class: 'small-button', 'aria-label': text('js.people.erase.name', person.name), onclick: () => ask(person) }, text('js.people.erase'))
      : ''));
}

const pager = new Pager(async page => {
  const q = byId('q').value.trim();
  const found = await api(`api/v1/people?${new URLSearchParams({ q, page })}`);
  byId('count').textContent = found.total === 1 ? text('js.people.one') : text('js.people.count', numberText(found.total));
  byId('empty-heading').textContent = q ? text('js.people.none.heading') : nothing[0];
  byId('empty-text').textContent = q ? text('js.people.none.text', q) : nothing[1];
  return { rows: found.people.map(row), total: found.total, pageSize: found.pageSize };
});

byId('search').addEventListener('submit', event => {
  event.preventDefault();
  pager.show(0);
});
byId('q').addEventListener('input', whenQuiet(() => pager.show(0)));

function ask(person) {
  chosen = person;
  byId('erase-heading').textContent = text('js.people.erase.question', person.name);
  byId('erase-templates').textContent = text('js.people.erase.templates', person.templates);
  byId('erase-withdrawn').checked = false;
  show(byId('erase-error'), '');
  dialog.showModal();
}

byId('erase-yes').addEventListener('click', async () => {
  const yes = byId('erase-yes');
  yes.disabled = true;
  try {
    const why = new URLSearchParams({ consentWithdrawn: byId('erase-withdrawn').checked });
    await api(`api/v1/people/${encodeURIComponent(chosen.id)}?${why}`, { method: 'DELETE' });
    dialog.close();
    toast(byId('announce'), text('js.people.erased', chosen.name));
    await pager.show();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show(byId('erase-error'), problem.message);
  } finally {
    yes.disabled = false;
  }
});

pager.show(0);
