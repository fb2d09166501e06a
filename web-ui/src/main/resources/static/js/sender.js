// Sends frames at the pace that network and server can take: at most eight a second and two unanswered ones while a face
// is there, one a second as a probe while none is, so that a face the coarse finder misses is still found.

const WIDEST_PX = 960;
const QUALITY = 0.85;
const FACE_PERIOD_MS = 125;
const PROBE_PERIOD_MS = 1000;
const IN_FLIGHT = 2;
// An answer that has not come by then is taken for lost.
const PATIENCE_MS = 500;
// The coarse finder blinks: a face counts as there for this long.
const FACE_LINGERS_MS = 600;

export class FrameSender {
  #video;
  #socket;
  #timer = 0;
  #encoding = false;
  #unanswered = [];
  #lastSent = 0;
  #faceAt = -Infinity;
  #finderWorks = true;
  #mostBytes = 1_500_000;
  #canvas = document.createElement('canvas');
  #pen = this.#canvas.getContext('2d', { alpha: false });

  constructor(video, socket) {
    this.#video = video;
    this.#socket = socket;
  }

  start() {
    if (this.#timer === 0) this.#timer = setInterval(() => this.#tick(), 25);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#unanswered.length = 0;
  }

  get isRunning() {
    return this.#timer !== 0;
  }

  /** @param faces what the coarse finder says; null when it cannot tell */
  coarseFaces(faces) {
    this.#finderWorks = faces !== null;
    if (faces?.length > 0) this.#faceAt = performance.now();
  }

  /** The server has answered a frame; a face that it sees counts like one seen here. */
  answered(withFace) {
    this.#unanswered.shift();
    if (withFace) this.#faceAt = performance.now();
  }

  limit(mostBytes) {
    if (mostBytes > 0) this.#mostBytes = mostBytes;
  }

  #tick() {
    const now = performance.now();
    while (this.#unanswered.length > 0 && now - this.#unanswered[0] > PATIENCE_MS) this.#unanswered.shift();
    const faceThere = !this.#finderWorks || now - this.#faceAt < FACE_LINGERS_MS;
    if (
      this.#encoding || document.hidden || !this.#video.videoWidth || !this.#socket.isDrained
      || this.#unanswered.length >= IN_FLIGHT
      || now - this.#lastSent < (faceThere ? FACE_PERIOD_MS : PROBE_PERIOD_MS)
    ) return;
    this.#lastSent = now;
    this.#send();
  }

  async #send() {
    this.#encoding = true;
    try {
      const { videoWidth, videoHeight } = this.#video;
      const scale = Math.min(1, WIDEST_PX / videoWidth);
      const width = Math.round(videoWidth * scale);
      const height = Math.round(videoHeight * scale);
      if (this.#canvas.width !== width || this.#canvas.height !== height) {
        this.#canvas.width = width;
        this.#canvas.height = height;
      }
      this.#pen.drawImage(this.#video, 0, 0, width, height);
      const blob = await new Promise(done => this.#canvas.toBlob(done, 'image/jpeg', QUALITY));
      if (blob === null || blob.size > this.#mostBytes || this.#timer === 0) return;
      const jpeg = await blob.arrayBuffer();
      if (this.#timer !== 0 && this.#socket.send(jpeg)) this.#unanswered.push(performance.now());
    } finally {
      this.#encoding = false;
    }
  }
}
