// The live picture of the log-in and the enrolment page: camera, coarse finder, frames to the server, and what the
// server sees drawn over it, with one line of guidance that is shown at once and spoken when it stays.

import { byId, element, hasText, text } from './page.js';
import { CameraFailure, isAllowedAlready, openCamera } from './camera.js';
import { CoarseFinder } from './finder.js';
import { FrameSender } from './sender.js';
import { LiveSocket } from './socket.js';
import { drawFaces, fit } from './overlay.js';

const FRESH_MS = 700;
// Spoken guidance must have stood this long, or a screen reader would never stop.
const SPOKEN_AFTER_MS = 900;
// What the server says of a fault is not overwritten by the next guidance for this long.
const ERROR_STANDS_MS = 3000;
// What to say first when a face has several faults.
const URGENCY = ['SEVERAL_FACES', 'CUT_OFF', 'TOO_SMALL', 'TOO_DARK', 'TOO_BRIGHT', 'OCCLUDED', 'TURNED_AWAY', 'BLURRED'];

/** The fault to speak about, or null when all is well; may be given a pose in which turning away is wanted. */
function mostUrgent(answer, turningWanted) {
  if (answer.faces.length === 0) return answer.problems?.find(problem => hasText(`advice.${problem}`)) ?? 'NO_FACE';
  if (answer.faces.length > 1) return 'SEVERAL_FACES';
  const reasons = answer.faces[0].reasons ?? [];
  return URGENCY.find(reason => reasons.includes(reason) && !(turningWanted && reason === 'TURNED_AWAY')) ?? null;
}

export class LivePicture {
  #stage = byId('stage');
  #video = byId('video');
  #overlay = byId('overlay');
  #pen = this.#overlay.getContext('2d');
  #listener;
  #socket;
  #sender;
  #finder;
  #closeCamera = null;
  #answer = null;
  #answeredAt = -Infinity;
  #coarse = [];
  #coarseAt = -Infinity;
  #drawn = null;
  #spokenTimer = 0;
  #away = false;
  #turningWanted = false;
  #heldUntil = -Infinity;

  /**
   * @param purpose login or enrol
   * @param listener { message(object), connected(), calm(): what to say when nothing is wrong,
   *     otherWay(): an element that names another way when the camera fails, or null }
   */
  constructor(purpose, listener) {
    this.#listener = listener;
    this.#socket = new LiveSocket(purpose, {
      connected: () => {
        this.#away = false;
        listener.connected?.();
      },
      away: () => {
        this.#away = true;
        this.#answer = null;
        if (this.#sender.isRunning) this.say(text('js.live.away'));
      },
      message: message => this.#receive(message),
    });
    this.#sender = new FrameSender(this.#video, this.#socket);
    this.#finder = new CoarseFinder(this.#video, faces => {
      this.#sender.coarseFaces(faces);
      this.#coarse = faces ?? [];
      this.#coarseAt = performance.now();
    });
    byId('start').addEventListener('click', () => this.start());
    window.addEventListener('pagehide', () => this.close());
    const draw = () => {
      this.#draw();
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
  }

  /** Starts at once where the visitor has allowed the camera before; asks by a button elsewhere. */
  async startIfAllowed() {
    if (await isAllowedAlready()) await this.start();
  }

  async start() {
    if (this.#closeCamera !== null) {
      this.resume();
      return;
    }
    this.#show('asking');
    this.say(text('js.live.asking'));
    try {
      this.#closeCamera = await openCamera(this.#video, () => this.#fail('LOST'));
    } catch (failure) {
      this.#fail(failure instanceof CameraFailure ? failure.kind : 'OTHER');
      return;
    }
    this.#stage.style.setProperty('--ratio', String(this.#video.videoWidth / this.#video.videoHeight || 4 / 3));
    this.resume();
  }

  /** Looks and sends again. */
  resume() {
    this.#answer = null;
    this.#show('live');
    this.say(text(this.#away ? 'js.live.away' : 'js.live.look'));
    this.#socket.open();
    this.#finder.start();
    this.#sender.start();
  }

  /** Stops sending; the picture stays. */
  pause(state) {
    this.#sender.stop();
    this.#finder.stop();
    this.#answer = null;
    this.#coarse = [];
    this.#show(state);
    this.say('');
  }

  /** Begins a new conversation with the server, in which nothing is decided yet. */
  afresh() {
    this.#socket.close();
    this.start();
  }

  /** Switches the camera off and hangs up. */
  close() {
    this.pause('idle');
    this.#closeCamera?.();
    this.#closeCamera = null;
    this.#socket.close();
  }

  send(message) {
    return this.#socket.send(message);
  }

  get isSending() {
    return this.#sender.isRunning;
  }

  /** A pose other than straight is wanted: being turned away is then no fault. */
  wantTurned(wanted) {
    this.#turningWanted = wanted;
  }

  /** The line over the picture. */
  say(words) {
    const line = byId('guidance-text');
    if (line.textContent === words) return;
    line.textContent = words;
    clearTimeout(this.#spokenTimer);
    this.#spokenTimer = setTimeout(() => { byId('spoken').textContent = words; }, SPOKEN_AFTER_MS);
  }

  #show(state) {
    this.#stage.dataset.state = state;
    if (state !== 'problem') this.#stage.querySelector('.problem')?.remove();
  }

  #receive(message) {
    if (message.type === 'session') this.#sender.limit(message.maxFrameBytes);
    if (message.type === 'error') {
      this.say(message.message);
      this.#heldUntil = performance.now() + ERROR_STANDS_MS;
    }
    if (message.type === 'faces') {
      this.#sender.answered(message.faces.length > 0);
      if (!this.#sender.isRunning) return;
      this.#answer = message;
      this.#answeredAt = performance.now();
      const fault = mostUrgent(message, this.#turningWanted);
      this.#listener.message(message);
      if (performance.now() > this.#heldUntil) this.say(fault ? text(`advice.${fault}`) : this.#listener.calm());
      return;
    }
    this.#listener.message(message);
  }

  #fail(kind) {
    this.close();
    this.#show('problem');
    const again = element('button', { type: 'button', onclick: () => this.start() }, text('js.camera.again'));
    const other = this.#listener.otherWay?.();
    const said = element('div', { class: 'problem', role: 'alert' },
      element('h3', {}, text(`js.camera.${kind}.title`)),
      element('p', {}, text(`js.camera.${kind}.text`)),
      other ? element('p', {}, other) : null,
      element('div', { class: 'actions' }, again));
    byId('start').hidden = true;
    this.#stage.querySelector('.problem')?.remove();
    this.#stage.querySelector('.stage-cover').append(said);
  }

  /** What the server saw, gliding after the face; what the browser itself sees, faintly, until the server answers. */
  #draw() {
    const pen = this.#pen;
    if (this.#overlay.clientWidth === 0) return;
    fit(this.#overlay);
    const { width, height } = this.#overlay;
    pen.clearRect(0, 0, width, height);
    const now = performance.now();
    const unit = Math.max(2, width / 260);
    if (this.#answer && now - this.#answeredAt < FRESH_MS) {
      const { widthPx, heightPx, faces } = this.#answer;
      this.#drawn = glide(this.#drawn, faces);
      drawFaces(pen, this.#drawn, (x, y) => [width - (x / widthPx) * width, (y / heightPx) * height], unit);
    } else {
      this.#drawn = null;
      if (this.#sender.isRunning && now - this.#coarseAt < FRESH_MS) {
        const faint = this.#coarse.map(({ box }) => ({ box, faint: true }));
        drawFaces(pen, faint, (x, y) => [width - x * width, y * height], unit);
      }
    }
  }
}

const between = (from, to) => from + (to - from) * 0.35;

/** Moves each face a part of the way from where it was drawn last. */
function glide(before, faces) {
  return faces.map(face => {
    const last = before?.find(({ trackId }) => trackId === face.trackId);
    if (!last) return face;
    return {
      ...face,
      box: face.box.map((value, i) => between(last.box[i], value)),
      landmarks: face.landmarks?.map(([x, y], i) => {
        const point = last.landmarks?.[i];
        return point ? [between(point[0], x), between(point[1], y)] : [x, y];
      }),
    };
  });
}
