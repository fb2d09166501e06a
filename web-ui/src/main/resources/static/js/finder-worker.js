// Finds faces coarsely, off the page's own thread. A classic worker, because pico.js is an old-fashioned script that
// ends in `module.exports` and makes its own globals.

self.module = {};
importScripts('vendor/pico/pico.js');
const pico = self.module.exports;

// Smaller faces than this share of the picture's shorter side could not be recognised anyway.
const SMALLEST_SHARE = 0.16;
// Sum of pico's scores over the overlapping hits of the remembered frames. Low on purpose: a false hit costs one
// frame that the server answers with NO_FACE, a miss would keep somebody waiting.
const LEAST_SCORE = 12;
const OVERLAP = 0.2;

let classify = null;
const remember = pico.instantiate_detection_memory(3);

fetch('vendor/pico/facefinder.bin')
  .then(response => response.arrayBuffer())
  .then(cascade => {
    classify = pico.unpack_cascade(new Int8Array(cascade));
    postMessage({ ready: true });
  })
  .catch(() => postMessage({ failed: true }));

function grey(rgba, pixels) {
  for (let i = 0, p = 0; i < pixels.length; i++, p += 4) {
    pixels[i] = (2 * rgba[p] + 7 * rgba[p + 1] + rgba[p + 2]) / 10;
  }
  return pixels;
}

let pixels = new Uint8Array(0);

onmessage = event => {
  const { rgba, width, height } = event.data;
  if (classify === null) {
    postMessage({ faces: null });
    return;
  }
  if (pixels.length !== width * height) pixels = new Uint8Array(width * height);
  const shorter = Math.min(width, height);
  const hits = pico.run_cascade(
    { pixels: grey(new Uint8ClampedArray(rgba), pixels), nrows: height, ncols: width, ldim: width },
    classify,
    { shiftfactor: 0.1, scalefactor: 1.1, minsize: SMALLEST_SHARE * shorter, maxsize: shorter },
  );
  const faces = pico.cluster_detections(remember(hits), OVERLAP)
    .filter(([, , , score]) => score > LEAST_SCORE)
    // Fractions of the picture: centre and half of the side.
    .map(([row, column, side, score]) => ({
      score,
      box: [(column - side / 2) / width, (row - side / 2) / height, (column + side / 2) / width, (row + side / 2) / height],
    }));
  postMessage({ faces });
};
