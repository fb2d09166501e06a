// The list of decisions: conditions stand in the page's address, so that a reload or a link shows the same.

import { address, byId, dateTimeText, element, numberText, text } from './page.js';
import { api, Problem } from './api.js';
import { Pager, whenQuiet } from './pager.js';
import { cameraText, whoText, whyText } from './decision-text.js';

const form = byId('filter');
const headings = [...document.querySelectorAll('thead th')].map(heading => heading.textContent);
const LOOKS = { ACCEPTED: 'good', REJECTED: 'bad', UNKNOWN: '' };
const idsOfPeople = new Map();

/** The conditions as REST wants them: ids and instants. */
function conditions() {
  const wanted = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value === '') continue;
    if (name === 'person') wanted.set('person', idsOfPeople.get(value) ?? value);
    else if (name === 'from' || name === 'to') wanted.set(name, new Date(value).toISOString());
    else wanted.set(name, value);
  }
  return wanted;
}

function row(decision) {
  const why = whyText(decision);
  const similarity = decision.similarity == null ? '' : text('js.decisions.similarity', numberText(decision.similarity, 2), numberText(decision.threshold, 2));
  return element('tr', {},
    element('td', { 'data-label': headings[0], class: 'number' }, element('time', { datetime: decision.at }, dateTimeText(decision.at))),
    element('td', { 'data-label': headings[1] }, cameraText(decision)),
    element('td', { 'data-label': headings[2] }, element('span', {}, element('span', { class: `badge ${LOOKS[decision.outcome]}` }, text(`outcome.${decision.outcome}`)), why ? element('span', { class: 'small' }, why) : null)),
    element('td', { 'data-label': headings[3] }, decision.outcome === 'ACCEPTED' ? whoText(decision) : ''),
    element('td', { 'data-label': headings[4], class: 'number' }, similarity),
    element('td', { 'data-label': headings[5], class: 'number' }, decision.framesUsed == null ? '' : String(decision.framesUsed)));
}

const pager = new Pager(async page => {
  const wanted = conditions();
  if (byId('csv')) byId('csv').href = `${address('api/v1/decisions.csv')}?${wanted}`;
  wanted.set('page', page);
  const found = await api(`api/v1/decisions?${wanted}`);
  byId('count').textContent = (found.total === 1 ? text('js.decisions.one') : text('js.decisions.count', numberText(found.total))) + '.';
  return { rows: found.decisions.map(row), total: found.total, pageSize: found.pageSize };
});

function remember() {
  const kept = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
  history.replaceState(null, '', kept.size > 0 ? `?${kept}` : window.location.pathname);
}

function restore() {
  const kept = new URLSearchParams(window.location.search);
  for (const field of form.elements) if (field.name && kept.has(field.name)) field.value = kept.get(field.name);
}

async function suggestPeople() {
  const q = byId('person').value.trim();
  if (q === '' || idsOfPeople.has(q)) return;
  const { people } = await api(`api/v1/people?${new URLSearchParams({ q, page: 0 })}`);
  for (const person of people) idsOfPeople.set(person.name, person.id);
  byId('people').replaceChildren(...people.map(person => element('option', { value: person.name })));
}

async function listCameras() {
  const answer = await api('api/v1/cameras');
  for (const camera of Array.isArray(answer) ? answer : answer.cameras) {
    byId('camera').append(element('option', { value: camera.id }, camera.name));
  }
}

/** What only helps to fill in the form: decisions are shown without it too. */
async function ifAnswered(help) {
  try {
    await help();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
  }
}

const search = whenQuiet(async () => {
  await ifAnswered(suggestPeople);
  remember();
  await pager.show(0);
}, 300);

form.addEventListener('submit', event => event.preventDefault());
form.addEventListener('input', search);
form.addEventListener('reset', search);

byId('zone').textContent = text('js.decisions.zone', Intl.DateTimeFormat().resolvedOptions().timeZone);

await ifAnswered(listCameras);
restore();
await ifAnswered(suggestPeople);
await pager.show(0);
