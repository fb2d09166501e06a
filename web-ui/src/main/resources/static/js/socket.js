// The WebSocket to this server. It comes back by itself: 0.5 s after the first failure, doubling to 10 s, with jitter so
// that a hundred pages do not knock at the same moment.

import { address } from './page.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

export class LiveSocket {
  #purpose;
  #listener;
  #socket = null;
  #timer = 0;
  #failures = 0;
  #wanted = false;

  /**
   * @param purpose login, enrol or site
   * @param listener { connected(), away(), message(object) }
   */
  constructor(purpose, listener) {
    this.#purpose = purpose;
    this.#listener = listener;
    // What was away may be back when the machine wakes or the network returns: no waiting then.
    window.addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
  }

  open() {
    this.#wanted = true;
    if (this.#socket === null && this.#timer === 0) this.#connect();
  }

  close() {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#socket?.close();
    this.#socket = null;
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Whether the network has taken what was sent. */
  get isDrained() {
    return this.isOpen && this.#socket.bufferedAmount === 0;
  }

  /** An object as JSON, or a frame as ArrayBuffer; dropped when there is no connection. */
  send(message) {
    if (!this.isOpen) return false;
    this.#socket.send(message instanceof ArrayBuffer ? message : JSON.stringify(message));
    return true;
  }

  #connect() {
    const url = new URL(address(`ws?purpose=${this.#purpose}`), window.location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onopen = () => this.#listener.connected();
    socket.onmessage = event => {
      if (this.#socket !== socket) return;
      this.#failures = 0;
      if (typeof event.data === 'string') this.#listener.message(JSON.parse(event.data));
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      if (!this.#wanted) return;
      this.#listener.away();
      const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures++);
      this.#timer = setTimeout(() => this.#again(), longest * (0.5 + Math.random() / 2));
    };
  }

  #again() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#wanted && this.#socket === null) this.#connect();
  }

  #hurry() {
    if (this.#timer !== 0) this.#again();
  }
}
