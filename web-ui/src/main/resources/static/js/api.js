// REST of this server, with the session cookie and the token against forged requests.

import { address, hasText, reasonText, text } from './page.js';

/** The server said no, or nothing. The message is for people. */
export class Problem extends Error {
  constructor(status, message, reasons = []) {
    super(message);
    this.status = status;
    this.reasons = reasons;
  }
}

function csrfToken() {
  const cookie = document.cookie.split('; ').find(part => part.startsWith('XSRF-TOKEN='));
  return cookie ? decodeURIComponent(cookie.slice('XSRF-TOKEN='.length)) : '';
}

function words(status, body) {
  const reasons = body?.reasons ?? [];
  if (reasons.length > 0) return reasons.map(reasonText).join('. ') + '.';
  if (status === 401) return text('js.problem.session');
  if (status === 403) return text('js.problem.forbidden');
  if (status === 413) return text('js.problem.tooLarge');
  if (status === 429) return text('js.problem.busy');
  return body?.detail || body?.title || text('js.problem.other', status);
}

/**
 * @param path below the server's root
 * @param options method, and either json (any value) or form (a FormData)
 * @returns what the server answered, parsed; null for an empty answer
 * @throws Problem
 */
export async function api(path, { method = 'GET', json, form, signal } = {}) {
  const headers = { Accept: 'application/json, application/problem+json' };
  if (json !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET') headers['X-XSRF-TOKEN'] = csrfToken();
  let response;
  try {
    response = await fetch(address(path), {
      method, headers, signal, credentials: 'same-origin',
      body: json !== undefined ? JSON.stringify(json) : form,
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem(0, text('js.problem.away'));
  }
  const body = (response.headers.get('Content-Type') ?? '').includes('json')
    ? await response.json().catch(() => null)
    : null;
  if (!response.ok) throw new Problem(response.status, words(response.status, body), body?.reasons ?? []);
  return body;
}

/** What to do about these reasons; the first that has advice speaks. */
export function adviceFor(reasons) {
  const known = reasons.find(reason => hasText(`advice.${reason}`));
  return known ? text(`advice.${known}`) : '';
}
