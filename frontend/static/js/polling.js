// Where no socket opens, the page asks for the same messages over HTTP, at the same address: often while something
// happens, less often while nothing does, seldom while there is no answer.
import { ended, isGone, socket, state, take } from './live.js';
import { ask } from './our_answers.js';

const OFTEN = 2_500;
const SELDOM = 8_000;
const AWAY = 20_000;
const { slug, view } = document.body.dataset;
const followed = document.getElementById('live')?.dataset.follows; // The screen, or that of one room.
let timer = 0;
let pause = OFTEN;
let asking = false;

// A socket that was lost has time to come back: ten thousand phones must not ask beside it.
const lost = () => (view === 'floor' ? 5_000 + Math.random() * 4_000 : 4_000);
function plan(wait) {
  if (timer || ended() || !document.getElementById('live')) return;
  timer = setTimeout(poll, wait * (0.85 + Math.random() * 0.3));
}

document.addEventListener('live:socket', ({ detail: open }) => {
  if (!open) return plan(lost());
  clearTimeout(timer);
  timer = 0;
  pause = OFTEN;
});
addEventListener('online', () => {
  clearTimeout(timer);
  timer = 0;
  plan(500);
});
// What somebody presses is answered: the network is there, so this page catches up now.
document.addEventListener('ours:answered', () => {
  if (socket.open || asking || document.body.dataset.connection !== 'down') return;
  clearTimeout(timer);
  timer = 0;
  pause = OFTEN;
  plan(100);
});
plan(lost());

async function poll() {
  const asked = Number(document.body.dataset.cursor);
  asking = true;
  try {
    if (socket.open || (view === 'floor' && document.hidden)) return;
    const answer = await ask(`/live/${slug}/${followed}?after=${asked}`);
    if (socket.open) return;
    if (answer.status === 403) return state('off');
    if (answer.status === 404) return isGone();
    if (!answer.ok) throw new Error(answer.status);
    for (const message of answer.told) await take(message, asked);
    if (socket.open) return;
    pause = answer.told.some((message) => message.content !== undefined) ? OFTEN : Math.min(pause * 1.25, SELDOM);
    state('slow');
  } catch {
    if (!socket.open) state('down');
    pause = Math.min(pause * 2, AWAY);
  } finally {
    asking = false;
    timer = 0;
    if (!socket.open) plan(pause);
  }
}
