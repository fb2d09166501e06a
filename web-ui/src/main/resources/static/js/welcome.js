// Shows the time of the log-in as the visitor's clock has it; takes consent back after asking.

import { byId, show, timeText } from './page.js';
import { api, Problem } from './api.js';

for (const time of document.querySelectorAll('time')) time.textContent = timeText(time.dateTime) || time.textContent;

const dialog = byId('withdrawal');

byId('withdraw').addEventListener('click', () => {
  show(byId('withdrawal-error'), '');
  dialog.showModal();
});

byId('withdraw-yes').addEventListener('click', async () => {
  const yes = byId('withdraw-yes');
  yes.disabled = true;
  try {
    await api('api/v1/session/consent', { method: 'DELETE' });
    dialog.close();
    byId('welcome').hidden = true;
    byId('withdrawn').hidden = false;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show(byId('withdrawal-error'), problem.message);
  } finally {
    yes.disabled = false;
  }
});
