// What the person is asked to do before a log-in: shown large with a moving sign, spoken, with the time that is left.
// Whether it was done, the matcher judges; the page shows how far the server sees it.

import { byId, element, hasText, text } from './page.js';

const TICK_MS = 200;
// Said aloud once, when so little is left.
const HURRY_MS = 5000;

export class ChallengePanel {
  #panel = byId('challenge');
  #ends = 0;
  #time = 1;
  #timer = 0;
  #hurried = false;
  #speak;

  /** @param speak says words to a screen reader at once */
  constructor(speak) {
    this.#speak = speak;
  }

  get isShown() {
    return !this.#panel.hidden;
  }

  /** What the message asks for, in words. */
  get words() {
    return byId('challenge-text').textContent;
  }

  /** @param message of the server: acts, done, wanted, leftMs, timeMs, why */
  show({ acts, done, wanted, leftMs, timeMs, why }) {
    this.#ends = performance.now() + leftMs;
    this.#time = timeMs;
    this.#panel.hidden = false;
    this.#panel.dataset.wanted = wanted;
    byId('challenge-text').textContent = text(`js.challenge.${wanted}`);
    const cause = `js.challenge.why.${why}`;
    byId('challenge-why').textContent = hasText(cause) ? text(cause) : '';
    byId('challenge-acts').replaceChildren(...acts.map((act, i) => element('li',
      { class: i < done ? 'taken' : i === done ? 'wanted' : null, 'aria-current': i === done ? 'step' : null },
      text(`js.challenge.short.${act}`))));
    this.#speak(text('js.challenge.spoken', text(`js.challenge.${wanted}`), Math.min(done + 1, acts.length), acts.length));
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#tick();
  }

  hide() {
    clearInterval(this.#timer);
    this.#hurried = false;
    this.#panel.hidden = true;
  }

  #tick() {
    const left = Math.max(0, this.#ends - performance.now());
    const bar = byId('challenge-left');
    bar.style.width = `${(100 * left) / this.#time}%`;
    bar.textContent = text('js.challenge.left', Math.ceil(left / 1000));
    bar.classList.toggle('short', left < HURRY_MS);
    if (left < HURRY_MS && !this.#hurried && this.#panel.dataset.wanted !== 'DONE') {
      this.#hurried = true;
      this.#speak(text('js.challenge.left', Math.ceil(left / 1000)));
    }
  }
}
