// Asks the worker ten times a second whether a face is there. It only saves network and server: the server judges.

const WIDTH_PX = 320;
const PERIOD_MS = 100;

export class CoarseFinder {
  #video;
  #found;
  #worker;
  #timer = 0;
  #busy = false;
  #canvas = document.createElement('canvas');
  #pen = this.#canvas.getContext('2d', { willReadFrequently: true });

  /** @param found called with the faces, or with null when nobody can tell (then frames are sent anyway) */
  constructor(video, found) {
    this.#video = video;
    this.#found = found;
    this.#worker = new Worker(new URL('finder-worker.js', import.meta.url));
    this.#worker.onmessage = event => {
      if (event.data.failed) this.#giveUp();
      else if ('faces' in event.data) {
        this.#busy = false;
        if (this.#timer !== 0) this.#found(event.data.faces);
      }
    };
    this.#worker.onerror = event => {
      event.preventDefault();
      this.#giveUp();
    };
  }

  start() {
    if (this.#timer === 0 && this.#worker) this.#timer = setInterval(() => this.#look(), PERIOD_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
  }

  #look() {
    const { videoWidth, videoHeight } = this.#video;
    if (this.#busy || !videoWidth || document.hidden) return;
    const height = Math.round((WIDTH_PX * videoHeight) / videoWidth);
    if (this.#canvas.width !== WIDTH_PX || this.#canvas.height !== height) {
      this.#canvas.width = WIDTH_PX;
      this.#canvas.height = height;
    }
    this.#pen.drawImage(this.#video, 0, 0, WIDTH_PX, height);
    const rgba = this.#pen.getImageData(0, 0, WIDTH_PX, height).data.buffer;
    this.#busy = true;
    this.#worker.postMessage({ rgba, width: WIDTH_PX, height }, [rgba]);
  }

  #giveUp() {
    this.stop();
    this.#worker?.terminate();
    this.#worker = null;
    this.#found(null);
  }
}
