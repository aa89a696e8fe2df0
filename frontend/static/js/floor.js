// The floor: what was typed is sent once, votes answer at once, and one's own posts tell how they fare.
import './app.js';
import htmx from './vendor.js';
import { ask } from './our_answers.js';
import './floor_sending.js';

const form = document.getElementById('send');
const address = `/e/${document.body.dataset.slug}`;

// What this phone sent and voted for: the only part that knows its viewer, so it is fetched, not pushed.
let fetching = 0;
async function mine() {
  clearTimeout(fetching);
  // What is being corrected, or asked about, is not taken out of somebody's hands.
  if (document.querySelector('#mine details[open]')) return;
  try {
    const answer = await ask(`${address}/mine`, { kind: 'html' });
    if (!answer.ok) return;
    const target = document.getElementById('mine');
    await htmx.swap({ sourceElement: document.body, target, swap: 'outerMorph', text: answer.told, transition: false });
    voted = known();
    press();
  } catch { /* the next change asks again */ }
}
// Ten thousand phones hear of every post; only those whose own posts came or went have anything to ask.
const shownOwn = () => [...document.querySelectorAll('#mine .own[data-post]')].map((own) => Boolean(document.getElementById(`post-${own.dataset.post}`))).join();
let shown = shownOwn();
document.addEventListener('live:cursor', () => {
  const now = shownOwn();
  if (now === shown) return;
  shown = now;
  clearTimeout(fetching);
  fetching = setTimeout(mine, 300 + Math.random() * 700);
});
// What is declined, and how a question fares, is told to nobody else: a phone that waits asks, less and less often.
const OFTEN = 8_000;
const SELDOM = 60_000;
let patience = OFTEN;
function askAgain() {
  const waits = document.querySelector('#mine .own:is([data-state="held"], [data-state="open"], [data-state="on_stage"])');
  if (waits && !document.hidden) mine();
  patience = waits ? Math.min(patience * 1.5, SELDOM) : OFTEN;
  setTimeout(askAgain, patience * (0.8 + Math.random() * 0.4));
}
setTimeout(askAgain, OFTEN);
form.addEventListener('floor:sent', () => {
  patience = OFTEN;
  mine();
});

// Votes. The button shows the wish at once; the number is the server's.
const known = () => new Set((document.getElementById('mine').dataset.voted ?? '').split(' ').filter(Boolean));
let voted = known();
function press() {
  for (const question of document.querySelectorAll('#questions > .question')) {
    const id = question.id.slice('question-'.length);
    const button = question.querySelector('.vote');
    const pressed = String(voted.has(id));
    if (button.getAttribute('aria-pressed') !== pressed) button.setAttribute('aria-pressed', pressed);
  }
}
document.addEventListener('submit', async (event) => {
  const vote = event.target.closest('.vote-form');
  if (!vote) return;
  event.preventDefault();
  const id = vote.closest('.question').id.slice('question-'.length);
  const takeBack = voted.has(id);
  takeBack ? voted.delete(id) : voted.add(id);
  press();
  let told = form.dataset.novote;
  try {
    const answer = await ask(vote.action, { method: takeBack ? 'DELETE' : 'POST' });
    if (answer.ok) return;
    told = answer.told.detail ?? told;
  } catch { /* said below */ }
  takeBack ? voted.add(id) : voted.delete(id);
  press();
  note(told);
});
function note(words) {
  const toast = Object.assign(document.createElement('div'), { className: 'toast' });
  toast.append(Object.assign(document.createElement('p'), { textContent: words }));
  document.getElementById('toasts').append(toast);
}
// A withdrawal that had no answer of ours took nothing back.
document.addEventListener('htmx:error', ({ detail: { ctx } }) => { if (ctx?.request) note(form.dataset.unreached); });
document.getElementById('questions').addEventListener('place:done', press);
new MutationObserver(press).observe(document.getElementById('questions'), { childList: true });

press();
