// The site page: every camera's picture, and decisions as they come.

import { byId, element, numberText, text, timeText } from './page.js';
import { api } from './api.js';
import { CameraCard } from './camera-card.js';
import { cameraText, whoText, whyText } from './decision-text.js';
import { LiveSocket } from './socket.js';

const MOST_SHOWN = 200;

const cards = new Map();
const feed = byId('feed');
const cameraFilter = byId('filter-camera');
const outcomeFilter = byId('filter-outcome');
let held = null;

// ---- Cameras ----

function card(id) {
  let found = cards.get(id);
  if (!found) {
    found = new CameraCard(id);
    cards.set(id, found);
    byId('cameras').append(found.node);
    cameraFilter.append(element('option', { value: id }, id));
    byId('no-cameras').hidden = true;
  }
  return found;
}

function camera(news) {
  if (news.state === 'REMOVED') {
    cards.get(news.id)?.remove();
    cards.delete(news.id);
    [...cameraFilter.options].find(option => option.value === news.id)?.remove();
    byId('no-cameras').hidden = cards.size > 0;
    return;
  }
  const updated = card(news.id);
  updated.update(news);
  [...cameraFilter.options].find(option => option.value === news.id).textContent = updated.name;
}

async function loadCameras() {
  const answer = await api('api/v1/cameras');
  const listed = Array.isArray(answer) ? answer : answer.cameras;
  listed.forEach(camera);
  for (const id of [...cards.keys()]) if (!listed.some(each => each.id === id)) camera({ id, state: 'REMOVED' });
  byId('no-cameras').hidden = cards.size > 0;
}

// ---- Decisions ----

const isWanted = item =>
  (outcomeFilter.value === '' || item.dataset.outcome === outcomeFilter.value) && (cameraFilter.value === '' || item.dataset.camera === cameraFilter.value);

function filter() {
  for (const item of feed.children) item.hidden = !isWanted(item);
  byId('feed-empty').hidden = [...feed.children].some(item => !item.hidden);
}

/** Newest first; a track that is judged anew replaces what was said of it before. */
function add(decision) {
  const track = `${decision.camera} ${decision.trackId}`;
  if (decision.trackId) [...feed.children].find(item => item.dataset.track === track)?.remove();
  const why = whyText(decision);
  feed.prepend(element('li', { class: decision.outcome, 'data-track': track, 'data-outcome': decision.outcome, 'data-camera': decision.camera },
    element('span', { class: 'who' }, whoText(decision)),
    element('time', { class: 'when', datetime: decision.at }, timeText(decision.at)),
    element('span', { class: 'why' }, [cameraText(decision), why, decision.similarity != null ? numberText(decision.similarity, 2) : ''].filter(Boolean).join(' · '))));
  while (feed.children.length > MOST_SHOWN) feed.lastElementChild.remove();
}

function decided(decision) {
  cards.get(decision.camera)?.decided(decision);
  if (held !== null) {
    held.push(decision);
    if (held.length > MOST_SHOWN) held.shift();
    pause.textContent = text('js.site.paused', held.length);
    return;
  }
  add(decision);
  filter();
  if (decision.outcome === 'ACCEPTED') byId('announce').textContent = text('js.site.said', whoText(decision), cameraText(decision));
}

const pause = byId('pause');
pause.addEventListener('click', () => {
  if (held === null) {
    held = [];
    pause.textContent = text('js.site.resume');
  } else {
    held.forEach(add);
    held = null;
    pause.textContent = text('js.site.pause');
    filter();
  }
  pause.setAttribute('aria-pressed', String(held !== null));
});
cameraFilter.addEventListener('change', filter);
outcomeFilter.addEventListener('change', filter);

// ---- Connection ----

const badge = byId('connection');

function connection(state, look) {
  badge.className = `badge ${look}`;
  badge.textContent = text(`js.connection.${state}`);
}

async function load() {
  await loadCameras();
  const { decisions } = await api('api/v1/decisions?page=0');
  feed.replaceChildren();
  [...decisions].reverse().forEach(decision => {
    cards.get(decision.camera)?.decided(decision);
    add(decision);
  });
  filter();
}

connection('connecting', 'warn');
new LiveSocket('site', {
  connected: () => {
    connection('live', 'good');
    load().catch(problem => {
      badge.className = 'badge bad';
      badge.textContent = problem.message;
    });
  },
  away: () => connection('away', 'bad'),
  message: message => {
    if (message.type === 'camera') camera(message);
    if (message.type === 'faces') cards.get(message.camera)?.faces(message);
    if (message.type === 'decision') decided(message);
  },
}).open();
