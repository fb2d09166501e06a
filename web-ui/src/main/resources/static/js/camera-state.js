// How a camera's state reads and looks.

import { text, timeText } from './page.js';

const LOOKS = { LIVE: 'good', CONNECTING: 'warn', AWAY: 'bad', ENDED: '', OFF: '' };

/** Writes state into a badge: "live", "away since 12:01:30". */
export function showState(badge, { state, since, enabled }) {
  const shown = enabled === false ? 'OFF' : state ?? 'CONNECTING';
  badge.className = `badge ${LOOKS[shown] ?? ''}`;
  badge.textContent = shown === 'AWAY' && since ? text('js.state.AWAY.since', timeText(since)) : text(`js.state.${shown}`);
}
