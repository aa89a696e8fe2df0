// The tablet: holds still while it is read, keeps what was tapped while the network is away, and stays awake.
import './app.js';
import { stayAwake } from './stay_awake.js';
import { now } from './clock.js';
import { ask } from './our_answers.js';
import { keepFitting } from './stage_fit.js';
import { counted } from './counted_words.js';
import { timeOfDay } from './spoken_times.js';

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

// The clock, and what is left of the talk.
const clock = document.getElementById('clock');
const left = document.getElementById('left');
function tick() {
  clock.textContent = timeOfDay.format(now());
  const ends = document.getElementById('frame').dataset.ends;
  const minutes = ends ? Math.ceil((new Date(ends) - now()) / 60_000) : null;
  left.textContent = minutes === null ? '' : counted(minutes >= 0 ? left.dataset.left : left.dataset.over, Math.abs(minutes));
  left.classList.toggle('soon', minutes !== null && minutes >= 0 && minutes <= 5);
  left.classList.toggle('over', minutes !== null && minutes < 0);
}
tick();
setInterval(tick, 1_000);

// What is tapped without a network is kept, in order, and sent when it is back. Every move is idempotent.
const kept = `backchannel-taps-${document.body.dataset.slug}`;
const MOST = 50;
const GOOD_FOR = 1_800_000; // Milliseconds: what was tapped longer ago was about another talk.
const read = () => { try { return JSON.parse(localStorage.getItem(kept)) ?? []; } catch { return []; } };
const write = (taps) => { try { localStorage.setItem(kept, JSON.stringify(taps.slice(-MOST))); } catch { /* private mode */ } };
let busy = false;

document.addEventListener('submit', (event) => {
  const form = event.target.closest('.stage form');
  if (!form) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const about = form.closest('.question, .stage-onstage');
  about?.classList.add('pending');
  write([...read(), { url: form.action, at: Date.now() }]);
  flush();
}, true);

async function flush() {
  if (busy) return;
  busy = true;
  try {
    const old = ({ at }) => Date.now() - at > GOOD_FOR;
    if (read().some(old)) {
      write(read().filter((tap) => !old(tap)));
      for (const one of document.querySelectorAll('.pending')) one.classList.remove('pending');
      note(document.querySelector('.stage').dataset.late);
    }
    for (let taps = read(); taps.length; taps = read()) {
      const answer = await ask(taps[0].url, { method: 'POST' });
      if (answer.status >= 500 || answer.status === 429) break;
      write(read().slice(1));
      if (!answer.ok) note(answer.told.detail ?? document.querySelector('.stage').dataset.refused);
      if (!read().length) for (const one of document.querySelectorAll('.pending')) one.classList.remove('pending');
    }
  } catch { /* still away; the next sign of life sends the rest */ } finally {
    busy = false;
  }
}
function note(words) {
  const toast = Object.assign(document.createElement('div'), { className: 'toast refused' });
  toast.append(Object.assign(document.createElement('p'), { textContent: words }));
  document.getElementById('toasts').append(toast);
}
document.addEventListener('live:state', ({ detail }) => { if (detail === 'up' || detail === 'slow') flush(); });
addEventListener('online', flush);
setInterval(() => { if (read().length) flush(); }, 3_000);
flush();

stayAwake();
keepFitting();
pill();
