// One camera on the site page: its latest picture with what was found in it.

import { address, element, numberText, text } from './page.js';
import { showState } from './camera-state.js';
import { drawFaces } from './overlay.js';

// Pictures are asked for after the news that one was looked at, at most this often.
const PERIOD_MS = 250;
// How long a picture waits for what was found in it; a frame that was skipped has no answer.
const PATIENCE_MS = 1500;
const REMEMBERED_ANSWERS = 12;
const REMEMBERED_TRACKS = 200;

export class CameraCard {
  #id;
  #canvas = element('canvas', { role: 'img' });
  #waiting = element('p', {}, text('js.site.waiting'));
  #heading = element('h3');
  #badge = element('span', { class: 'badge' });
  #foot = element('p', { class: 'camera-foot' });
  #camera = {};
  #answers = [];
  #names = new Map();
  #fetching = false;
  // A picture whose faces are not known yet.
  #pending = null;
  #due = 0;
  #timer = 0;
  #visible = true;

  constructor(id) {
    this.#id = id;
    this.node = element('article', { class: 'camera', 'data-camera': id },
      element('div', { class: 'camera-picture' }, this.#canvas, this.#waiting),
      element('div', { class: 'camera-line' }, this.#heading, this.#badge),
      this.#foot);
    this.watcher = new IntersectionObserver(([entry]) => {
      this.#visible = entry.isIntersecting;
      if (this.#visible && this.#answers.length > 0) this.#ask();
    });
    this.watcher.observe(this.node);
  }

  /** Takes what is new about the camera; what is not mentioned stays. */
  update(news) {
    for (const [name, value] of Object.entries(news)) if (value !== undefined && value !== null) this.#camera[name] = value;
    if ('message' in news) this.#camera.message = news.message;
    this.#heading.textContent = this.#camera.name ?? this.#id;
    this.node.dataset.state = this.#camera.enabled === false ? 'OFF' : this.#camera.state ?? 'CONNECTING';
    showState(this.#badge, this.#camera);
    this.#describe();
  }

  get name() {
    return this.#camera.name ?? this.#id;
  }

  /** The detector's answer to one frame of this camera. */
  faces(answer) {
    this.#answers.push(answer);
    if (this.#answers.length > REMEMBERED_ANSWERS) this.#answers.shift();
    if (this.#pending && (answer.sequence >= this.#pending.sequence || performance.now() > this.#pending.until)) this.#drawPending();
    this.#ask();
  }

  /** Who a track turned out to be. */
  decided(decision) {
    this.#names.delete(decision.trackId);
    this.#names.set(decision.trackId, decision.outcome === 'ACCEPTED' ? decision.person?.name : null);
    if (this.#names.size > REMEMBERED_TRACKS) this.#names.delete(this.#names.keys().next().value);
  }

  remove() {
    clearTimeout(this.#timer);
    this.watcher.disconnect();
    this.#pending?.bitmap.close();
    this.#pending = null;
    this.node.remove();
  }

  #describe() {
    const { framesPerSecond, lagMs, message, state } = this.#camera;
    const latest = this.#answers.at(-1);
    const parts = [];
    if (state === 'LIVE' || state === undefined) {
      if (framesPerSecond > 0) parts.push(text('js.site.fps', numberText(framesPerSecond, 1)));
      if (lagMs >= 0 && lagMs !== null) parts.push(text('js.site.lag', numberText(lagMs)));
      if (latest) parts.push(latest.faces.length === 1 ? text('js.site.face') : text('js.site.faces', latest.faces.length));
    }
    if (message) parts.push(message);
    this.#foot.replaceChildren(...parts.map(part => element('span', {}, part)));
  }

  #ask() {
    if (this.#fetching || this.#pending || this.#timer !== 0 || !this.#visible || document.hidden) return;
    const wait = this.#due - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = 0;
        this.#ask();
      }, wait);
      return;
    }
    this.#due = performance.now() + PERIOD_MS;
    this.#picture();
  }

  async #picture() {
    this.#fetching = true;
    try {
      const response = await fetch(address(`api/v1/cameras/${encodeURIComponent(this.#id)}/picture.jpg`), { cache: 'no-store', credentials: 'same-origin' });
      if (!response.ok) return;
      const sequence = Number(response.headers.get('X-Frame-Sequence') ?? Number.NaN);
      this.#pending = { sequence, until: performance.now() + PATIENCE_MS, bitmap: await createImageBitmap(await response.blob()) };
      if (!(this.#answers.at(-1)?.sequence < sequence)) this.#drawPending();
    } catch {
      // The server is away or the picture was cut short: the next one comes with the next news.
    } finally {
      this.#fetching = false;
    }
  }

  /** Draws the picture with what was found in this very frame, or in the one nearest to it. */
  #drawPending() {
    const { sequence, bitmap } = this.#pending;
    this.#pending = null;
    this.#draw(bitmap, this.#answers.find(answer => answer.sequence >= sequence) ?? this.#answers.at(-1));
    bitmap.close();
  }

  #draw(bitmap, answer) {
    if (this.#canvas.width !== bitmap.width || this.#canvas.height !== bitmap.height) {
      this.#canvas.width = bitmap.width;
      this.#canvas.height = bitmap.height;
    }
    const pen = this.#canvas.getContext('2d');
    pen.drawImage(bitmap, 0, 0);
    this.#waiting.hidden = true;
    this.#describe();
    if (!answer) return;
    const labelled = answer.faces.map(face => {
      const name = this.#names.get(face.trackId);
      return { ...face, name, label: name ?? (this.#names.has(face.trackId) ? text('js.unknown') : null) };
    });
    const sideways = bitmap.width / answer.widthPx;
    const down = bitmap.height / answer.heightPx;
    // Lines and names are equally large on the screen whatever the camera's resolution.
    const shownScale = Math.min(this.#canvas.clientWidth / bitmap.width, this.#canvas.clientHeight / bitmap.height) || 1;
    drawFaces(pen, labelled, (x, y) => [x * sideways, y * down], 2 / shownScale);
    this.#canvas.setAttribute('aria-label', [this.name, ...labelled.map(face => face.label).filter(Boolean)].join(', '));
  }
}
