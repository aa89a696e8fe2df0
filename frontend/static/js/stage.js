// The tablet: holds still while it is read, keeps what was tapped while the network is away, and stays awake.
import './app.js';
import { stayAwake } from './stay_awake.js';
import { now } from './clock.js';
import { keepTaps } from './kept_taps.js';
import { keepThisPage } from './kept_page.js';
import { keepFitting } from './stage_fit.js';
import { counted } from './counted_words.js';
import { timeOfDay } from './spoken_times.js';
import { tellTimeLeft } from './time_left.js';

const list = document.getElementById('questions');
const fresh = document.getElementById('fresh');

// New and moved questions wait behind a pill; one tap shows them in their order.
const rows = () => [...list.querySelectorAll(':scope > .question')];
function pill() {
  const waiting = rows().filter((row) => row.hidden).length;
  const shown = rows().filter((row) => !row.hidden);
  const sorted = [...shown].sort((a, b) => (a.dataset.order < b.dataset.order ? 1 : -1));
  const moved = shown.filter((row, at) => row !== sorted[at]).length;
  const words = [waiting && counted(fresh.dataset.new, waiting), moved && counted(fresh.dataset.moved, moved)].filter(Boolean);
  fresh.hidden = words.length === 0;
  fresh.textContent = words.join(', ');
  // An empty list has nothing that could be read: there is no reason to wait.
  if (waiting && shown.length === 0) show();
}
function show() {
  for (const row of rows().sort((a, b) => (a.dataset.order < b.dataset.order ? 1 : -1))) {
    if (row.hidden) row.classList.add('arriving');
    row.hidden = false;
    list.append(row);
  }
  pill();
}
fresh.addEventListener('click', show);
list.addEventListener('place:done', pill);
new MutationObserver(pill).observe(list, { childList: true });

const clock = document.getElementById('clock');
const tick = () => { clock.textContent = timeOfDay.format(now()); };
tick();
setInterval(tick, 1_000);
tellTimeLeft();

keepTaps('.stage', '.question, .stage-onstage, .stage-next');

stayAwake();
keepThisPage();
keepFitting();
pill();
