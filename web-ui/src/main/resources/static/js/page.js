// What every script of a page needs: texts in the visitor's language, elements, times.

const texts = JSON.parse(document.body.dataset.texts || '{}');
const base = document.body.dataset.base || '/';
// The page's language, in the visitor's own variety of it: times and numbers as written there.
const language = navigator.languages.find(each => each.startsWith(document.documentElement.lang.slice(0, 2))) ?? document.documentElement.lang;

/** The text of a key with {0}, {1}… replaced; the key itself where there is none, so that a gap is seen. */
export function text(key, ...values) {
  const found = texts[key];
  if (found === undefined) return key;
  return found.replace(/\{(\d)\}/g, (_, index) => String(values[index] ?? ''));
}

/** Whether the bundle has such a text. */
export const hasText = key => key in texts;

/** Why something came out as it did, in words; unknown names are shown as they are. */
export const reasonText = reason => (hasText(`reason.${reason}`) ? text(`reason.${reason}`) : reason);

/** An address on this server. */
export const address = path => base + path.replace(/^\//, '');

export const byId = id => document.getElementById(id);

/**
 * An element with properties and children. Text is always set as text, never as markup: names come from strangers.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') made.className = value;
    else if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/** Shows the text in the element, or hides the element where there is none. */
export function show(target, message) {
  target.hidden = !message;
  target.textContent = message || '';
}

let toastTimer = 0;

/** A short notice at the foot of the page, spoken too. */
export function toast(target, message) {
  show(target, message);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => show(target, ''), 5000);
}

const timeOfDay = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

/** Local time of an ISO-8601 instant; with the day when that is not today. */
export function timeText(instant) {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  return at.toDateString() === new Date().toDateString() ? timeOfDay.format(at) : dayAndTime.format(at);
}

export function dateTimeText(instant) {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? '' : dayAndTime.format(at);
}

export function dateText(instant) {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? '' : day.format(at);
}

/** A number as the visitor writes it. */
export const numberText = (value, digits = 0) =>
  new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
