// A list that is fetched page by page: shows rows, or that there are none, or what went wrong.

import { byId, numberText, show, text } from './page.js';
import { Problem } from './api.js';

const DEFAULT_PAGE_SIZE = 50;

export class Pager {
  #fetchPage;
  #page = 0;
  #size = DEFAULT_PAGE_SIZE;
  #asked = 0;

  /** @param fetchPage async page -> { rows, total, pageSize? } */
  constructor(fetchPage) {
    this.#fetchPage = fetchPage;
    byId('previous').addEventListener('click', () => this.show(this.#page - 1));
    byId('next').addEventListener('click', () => this.show(this.#page + 1));
  }

  get page() {
    return this.#page;
  }

  /** Fetches and shows a page; of two that overlap, the later asked one stays. */
  async show(page = this.#page) {
    const asked = ++this.#asked;
    let found;
    try {
      found = await this.#fetchPage(page);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (asked === this.#asked) show(byId('problem'), problem.message);
      return;
    }
    if (asked !== this.#asked) return;
    show(byId('problem'), '');
    const { rows, total, pageSize } = found;
    this.#page = page;
    this.#size = pageSize ?? Math.max(this.#size, rows.length);
    const pages = Math.max(1, Math.ceil(total / this.#size));
    if (rows.length === 0 && page > 0) {
      await this.show(Math.min(page - 1, pages - 1));
      return;
    }
    byId('rows').replaceChildren(...rows);
    byId('table').hidden = rows.length === 0;
    byId('empty').hidden = rows.length > 0;
    byId('pages').hidden = pages < 2;
    byId('page').textContent = text('js.page', numberText(page + 1), numberText(pages));
    byId('previous').disabled = page === 0;
    byId('next').disabled = page + 1 >= pages;
  }
}

/** Calls once the visitor has stopped typing. */
export function whenQuiet(action, ms = 250) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, ms);
  };
}
