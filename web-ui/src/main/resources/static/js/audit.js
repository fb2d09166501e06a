// The audit: filtered list, the head of the chain to be kept elsewhere, and whether the chain is intact.

import { address, byId, dateTimeText, element, hasText, numberText, show, text, toast } from './page.js';
import { api, Problem } from './api.js';
import { Pager, whenQuiet } from './pager.js';

const form = byId('filter');
const headings = [...document.querySelectorAll('thead th')].map(heading => heading.textContent);
const actors = Object.fromEntries([...form.elements.actor.options].map(option => [option.value, option.textContent]));

const actionText = action => (hasText(`js.audit.action.${action}`) ? text(`js.audit.action.${action}`) : action);

/** The conditions as REST wants them. */
function conditions() {
  const wanted = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim() === '') continue;
    wanted.set(name, name === 'from' || name === 'to' ? new Date(value).toISOString() : value.trim());
  }
  return wanted;
}

/** Role and name of the token, or the first digits of an id. */
function who(entry) {
  const [role, id] = entry.actor.split(':');
  const name = entry.actorName ?? (id ? id.slice(0, 8) : '');
  return element('span', { title: entry.actor }, actors[role] ?? role, name ? element('span', { class: 'small' }, name) : null);
}

function details(entry) {
  const pairs = Object.entries(entry.details).filter(([, value]) => value !== null && typeof value !== 'object');
  const lists = Object.entries(entry.details).filter(([, value]) => Array.isArray(value) && value.length > 0).map(([name, value]) => [name, value.join(', ')]);
  const objects = Object.entries(entry.details).filter(([, value]) => value !== null && typeof value === 'object' && !Array.isArray(value));
  const words = [...pairs, ...lists].map(([name, value]) => `${name} ${value}`).join(', ');
  return element('span', { class: 'small' }, words, ...objects.map(([name, value]) =>
    element('details', {}, element('summary', {}, name), element('dl', { class: 'examples' },
      ...Object.entries(value).flatMap(([key, each]) => [element('dt', {}, key), element('dd', {}, String(each))])))));
}

function row(entry) {
  return element('tr', {},
    element('td', { 'data-label': headings[0], class: 'number' }, String(entry.number)),
    element('td', { 'data-label': headings[1], class: 'number' }, element('time', { datetime: entry.at }, dateTimeText(entry.at))),
    element('td', { 'data-label': headings[2], class: 'actor' }, who(entry)),
    element('td', { 'data-label': headings[3] }, actionText(entry.action)),
    element('td', { 'data-label': headings[4] }, entry.subject ? element('code', { class: 'small' }, entry.subject) : ''),
    element('td', { 'data-label': headings[5] }, details(entry)));
}

const pager = new Pager(async page => {
  const wanted = conditions();
  byId('export').href = `${address('api/v1/audit/export.jsonl')}?${wanted}`;
  wanted.set('page', page);
  const found = await api(`api/v1/audit?${wanted}`);
  byId('head').textContent = found.head;
  byId('count').textContent = (found.total === 1 ? text('js.audit.one') : text('js.audit.count', numberText(found.total))) + '.';
  const known = [...byId('action').options].map(option => option.value);
  byId('action').append(...found.actions.filter(action => !known.includes(action)).map(action => element('option', { value: action }, actionText(action))));
  return { rows: found.entries.map(row), total: found.total, pageSize: found.pageSize };
});

const search = whenQuiet(() => pager.show(0), 300);
form.addEventListener('submit', event => event.preventDefault());
form.addEventListener('input', search);
form.addEventListener('reset', search);

byId('copy').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(byId('head').textContent);
    toast(byId('announce'), text('js.access.copied'));
  } catch {
    // Without permission, or on an insecure address.
    getSelection().selectAllChildren(byId('head'));
    toast(byId('announce'), text('js.access.selected'));
  }
});

byId('verify').addEventListener('click', async () => {
  byId('verify').disabled = true;
  try {
    const found = await api('api/v1/audit/verify');
    show(byId('verdict'), found.intact ? text('js.audit.intact', numberText(found.entries)) : text('js.audit.broken', found.fault));
    byId('verdict').className = `badge ${found.intact ? 'good' : 'bad'}`;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show(byId('problem'), problem.message);
  } finally {
    byId('verify').disabled = false;
  }
});

byId('zone').textContent = text('js.decisions.zone', Intl.DateTimeFormat().resolvedOptions().timeZone);
await pager.show(0);
