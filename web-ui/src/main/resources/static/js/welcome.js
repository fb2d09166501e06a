// Shows the time of the log-in as the visitor's clock has it.

import { timeText } from './page.js';

for (const time of document.querySelectorAll('time')) time.textContent = timeText(time.dateTime) || time.textContent;
