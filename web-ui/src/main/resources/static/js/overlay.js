// Draws what was found over a picture: boxes with open corners, landmarks, names.

const GOOD = '#5fe0a0';
const POOR = '#ffc861';
const KNOWN = '#8fb2ff';

/** Makes the canvas as fine as the screen. */
export function fit(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
}

/** Only the corners of a box, so that the face stays visible. */
function corners(pen, x1, y1, x2, y2) {
  const arm = Math.min(x2 - x1, y2 - y1) * 0.24;
  const bend = arm * 0.4;
  pen.beginPath();
  for (const [x, y, sideways, down] of [[x1, y1, 1, 1], [x2, y1, -1, 1], [x2, y2, -1, -1], [x1, y2, 1, -1]]) {
    pen.moveTo(x, y + down * arm);
    pen.lineTo(x, y + down * bend);
    pen.quadraticCurveTo(x, y, x + sideways * bend, y);
    pen.lineTo(x + sideways * arm, y);
  }
  pen.stroke();
}

/**
 * @param place maps a point of the picture to the canvas: (x, y) -> [x, y]
 * @param faces boxes [x1,y1,x2,y2] in the picture, with landmarks, reasons and name where known
 * @param unit line width in pixels of the canvas
 */
export function drawFaces(pen, faces, place, unit) {
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  for (const face of faces) {
    const [ax, ay] = place(face.box[0], face.box[1]);
    const [bx, by] = place(face.box[2], face.box[3]);
    const colour = face.name ? KNOWN : face.reasons?.length > 0 ? POOR : GOOD;
    pen.globalAlpha = face.faint ? 0.45 : 1;
    pen.lineWidth = unit;
    pen.strokeStyle = colour;
    corners(pen, Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
    pen.fillStyle = colour;
    for (const [x, y] of face.landmarks ?? []) {
      const [px, py] = place(x, y);
      pen.beginPath();
      pen.arc(px, py, unit * 0.9, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.globalAlpha = 1;
    if (face.label) label(pen, face.label, (ax + bx) / 2, Math.min(ay, by), Math.max(ay, by), unit, colour);
  }
}

function label(pen, words, centre, top, bottom, unit, colour) {
  const size = unit * 6.5;
  pen.font = `600 ${size}px system-ui, sans-serif`;
  const width = pen.measureText(words).width + size;
  const height = size * 1.5;
  const x = Math.min(Math.max(centre - width / 2, 0), Math.max(0, pen.canvas.width - width));
  const y = top - height - unit * 2 > 0 ? top - height - unit * 2 : Math.min(bottom + unit * 2, pen.canvas.height - height);
  pen.fillStyle = 'rgb(10 16 26 / 82%)';
  pen.beginPath();
  pen.roundRect(x, y, width, height, height / 2);
  pen.fill();
  pen.fillStyle = colour;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillText(words, x + size / 2, y + height / 2);
}
