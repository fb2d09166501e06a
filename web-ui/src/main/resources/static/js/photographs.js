// Choosing photographs: by the file dialog, by dropping, by pasting; each can be taken out again.

import { byId, element, show, text } from './page.js';

const MOST = 10;
const MOST_MB = 25;

/** @returns what is chosen, and how to forget it */
export function choosePhotographs() {
  const drop = byId('drop');
  const input = byId('files');
  const list = byId('chosen');
  const error = byId('photos-error');
  let chosen = [];

  function add(files) {
    const faults = [];
    for (const file of files) {
      const known = chosen.some(({ file: other }) => other.name === file.name && other.size === file.size && other.lastModified === file.lastModified);
      if (known) continue;
      if (file.type && !file.type.startsWith('image/')) faults.push(text('js.enrol.notPicture', file.name));
      else if (file.size > MOST_MB * 1_000_000) faults.push(text('js.enrol.tooLarge', file.name, MOST_MB));
      else if (chosen.length >= MOST) faults.push(text('js.enrol.tooMany', MOST));
      else chosen.push({ file, url: URL.createObjectURL(file) });
    }
    show(error, [...new Set(faults)].join(' '));
    draw();
  }

  function remove(photograph) {
    URL.revokeObjectURL(photograph.url);
    chosen = chosen.filter(other => other !== photograph);
    draw();
    input.focus();
  }

  function draw() {
    byId('send').disabled = chosen.length === 0;
    list.replaceChildren(...chosen.map(photograph =>
      element('li', {},
        element('img', { src: photograph.url, alt: '' }),
        element('span', { class: 'name small' }, photograph.file.name),
        element('button', { type: 'button', 'aria-label': text('js.enrol.remove', photograph.file.name), onclick: () => remove(photograph) }, '×'))));
  }

  input.addEventListener('change', () => {
    add(input.files);
    // So that the same file can be chosen again after it was taken out.
    input.value = '';
  });
  for (const kind of ['dragenter', 'dragover']) {
    drop.addEventListener(kind, event => {
      event.preventDefault();
      drop.classList.add('over');
    });
  }
  for (const kind of ['dragleave', 'drop']) drop.addEventListener(kind, () => drop.classList.remove('over'));
  drop.addEventListener('drop', event => {
    event.preventDefault();
    add(event.dataTransfer.files);
  });
  document.addEventListener('paste', event => {
    if (drop.checkVisibility?.() && event.clipboardData.files.length > 0) add(event.clipboardData.files);
  });

  return {
    files: () => chosen.map(({ file }) => file),
    clear: () => {
      chosen.forEach(({ url }) => URL.revokeObjectURL(url));
      chosen = [];
      draw();
    },
  };
}
