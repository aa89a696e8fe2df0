// The floor: a draft that survives everything and is sent once, votes that answer at once, and one's own posts.
import './app.js';
import htmx from './vendor.js';
import { counted } from './words.js';

const body = document.body;
const form = document.getElementById('send');
const text = form.elements.text;
const status = document.getElementById('send-said');
const kept = `backchannel-draft-${body.dataset.slug}`;
const address = `/e/${body.dataset.slug}`;

const say = (words, kind = '') => {
  status.replaceChildren();
  if (!words) return;
  const note = Object.assign(document.createElement('p'), { className: `notice ${kind}`, textContent: words });
  status.append(note);
};

// The draft is kept on this phone, with the key under which the server stores it once, however often it is sent.
const draft = () => ({ text: text.value, name: form.elements.name.value, kind: form.elements.kind.value, key: form.elements.key.value });
const keep = (waiting = false) => { try { localStorage.setItem(kept, JSON.stringify({ ...draft(), waiting })); } catch { /* private mode */ } };
const forget = () => { try { localStorage.removeItem(kept); } catch { /* private mode */ } };

function recall() {
  let found = null;
  try { found = JSON.parse(localStorage.getItem(kept)); } catch { /* broken or private */ }
  if (!found) return;
  form.elements.name.value ||= found.name;
  if (text.value || !found.text) return;
  text.value = found.text;
  form.elements.kind.value = found.kind;
  form.elements.key.value = found.key;
  if (found.waiting) send();
}

function count() {
  const left = Number(form.dataset.longest) - text.value.length;
  form.querySelector('.floor-count').textContent = left < 100 ? counted(form.dataset.left, left) : '';
}

let sending = null;
let pause = 1_000;

async function send() {
  clearTimeout(sending);
  sending = null;
  if (!text.value.trim()) return;
  keep(true);
  say(form.dataset.sending);
  let answer;
  try {
    answer = await fetch(`${address}/posts`, {
      method: 'POST', body: new URLSearchParams(draft()), headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(10_000),
    });
  } catch {
    return later(form.dataset.away);
  }
  if (answer.status >= 500) return later(form.dataset.busy);
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    keep(false);
    return say(told.detail ?? form.dataset.unsent, 'bad');
  }
  pause = 1_000;
  forget();
  text.value = '';
  form.elements.key.value = told.fresh_key;
  keep(false);
  count();
  say(form.dataset.sent);
  patience = OFTEN;
  mine();
}

function later(words) {
  say(words, 'warn');
  sending = setTimeout(send, pause + Math.random() * 500);
  pause = Math.min(pause * 2, 20_000);
}

form.addEventListener('submit', (event) => { event.preventDefault(); send(); });
form.addEventListener('input', () => { keep(false); count(); });
addEventListener('online', () => { if (sending) send(); });
document.addEventListener('live:state', ({ detail }) => { if (detail === 'up' && sending) send(); });

// What this phone sent and voted for: the only part that knows its viewer, so it is fetched, not pushed.
let fetching = 0;
async function mine() {
  clearTimeout(fetching);
  try {
    const answer = await fetch(`${address}/mine`, { headers: { 'HX-Request': 'true' } });
    if (!answer.ok) return;
    await htmx.swap({ sourceElement: body, target: document.getElementById('mine'), swap: 'outerMorph', text: await answer.text(), transition: false });
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
    const answer = await fetch(vote.action, { method: takeBack ? 'DELETE' : 'POST', headers: { Accept: 'application/json' } });
    if (answer.ok) return;
    told = (await answer.json()).detail ?? told;
  } catch { /* said below */ }
  takeBack ? voted.add(id) : voted.delete(id);
  press();
  const toast = Object.assign(document.createElement('div'), { className: 'toast' });
  toast.append(Object.assign(document.createElement('p'), { textContent: told }));
  document.getElementById('toasts').append(toast);
});
document.getElementById('questions').addEventListener('place:done', press);
new MutationObserver(press).observe(document.getElementById('questions'), { childList: true });

recall();
press();
count();
