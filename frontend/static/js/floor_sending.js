// The box and what was sent from it. "Sent" is said of the words that our server has stored; what is typed meanwhile
// stays in the box; nothing is sent again under somebody's fingers.
import { drop, holds, isLike, put, same, waiting } from './floor_outbox.js';
import { ask } from './our_answers.js';
import { counted } from './counted_words.js';

const form = document.getElementById('send');
const { text, name, key } = form.elements;
const said = document.getElementById('send-said');
const list = document.getElementById('waiting');
const words = form.dataset;
const kept = `backchannel-draft-${document.body.dataset.slug}`;
const address = `/e/${document.body.dataset.slug}/posts`;
const QUIET = 4_000; // Milliseconds without a key, after which nobody is typing.
const MOST = 20_000;
let underway = null;
let timer = 0;
let pause = 1_000;
let typed = -QUIET;

const box = () => ({ text: text.value, name: name.value, kind: form.elements.kind.value });
// Whom it asks is told with the words: they may leave this phone in another room, or when another talk runs.
const frame = () => document.getElementById('frame').dataset;
const where = () => ({ room: form.elements.room?.value ?? '', talk: frame().talk ?? '', prompt: frame().prompt ?? '' });
const isUnderway = (entry) => entry.key === underway?.key;
const inBox = (entry) => same(entry, box());
const isTyping = () => performance.now() - typed < QUIET;
const freshKey = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const short = (entry) => (entry.text.length > 60 ? `${entry.text.slice(0, 60)}…` : entry.text);

function say(about, kind = '') {
  const note = Object.assign(document.createElement('p'), { className: `notice ${kind}`, textContent: about });
  said.replaceChildren(...(about ? [note] : []));
}

// The key goes with the words: other words never travel under a key that was sent.
function keep() {
  const entry = waiting().find(inBox);
  if (entry) key.value = entry.key;
  else if (waiting().some((other) => other.key === key.value)) key.value = freshKey();
  const draft = JSON.stringify({ ...box(), key: key.value, waiting: Boolean(entry) });
  // This tab's own for its reload, the last one of all for a tab that is opened anew.
  for (const store of ['sessionStorage', 'localStorage']) {
    try { globalThis[store].setItem(kept, draft); } catch { /* private mode */ }
  }
  render();
}

// What waits and is not what the box shows.
function render() {
  const others = waiting().filter((entry) => !inBox(entry));
  list.hidden = others.length === 0;
  list.replaceChildren(...others.map((entry) => {
    const item = document.getElementById('waiting-item').content.cloneNode(true);
    const state = item.querySelector('.own-state');
    state.textContent = entry.refused ?? (entry.asks ? words.asks : words.waits);
    // A sentence is no label.
    if (entry.refused || entry.asks) state.className = 'own-state notice warn';
    item.querySelector('.own-text').textContent = entry.text;
    for (const [name, act] of Object.entries({ takeBack, sendToo, dropIt })) {
      const button = item.querySelector(`[data-act="${name}"]`);
      button.hidden = name !== 'takeBack' && !entry.asks;
      button.addEventListener('click', () => act(entry));
    }
    return item;
  }));
}

// Back into the box, before what is there.
function takeBack(entry) {
  if (isUnderway(entry)) return;
  drop(entry);
  text.value = [entry.text, text.value].filter((one) => one.trim()).join('\n\n');
  typedNow();
  text.focus();
}

// What was asked: are these another question, or the one that was changed since?
function sendToo(entry) {
  put({ ...entry, inHand: false, asks: false });
  keep();
  send();
}
function dropIt(entry) {
  drop(entry);
  keep();
}

// Words that had no answer and stand in the box still, typed on or changed, are not sent as they were. They are in hand
// as long as they have not left it.
const isHeld = (entry) => !isUnderway(entry) && !inBox(entry) && (holds(box(), entry) || (entry.inHand && isLike(box(), entry)));
function handOver() {
  for (const entry of waiting()) {
    if (entry.inHand && !isUnderway(entry) && !inBox(entry) && !isHeld(entry)) put({ ...entry, inHand: false });
  }
}
// All of them stand in what goes out now; or somebody has to say whether they go out too.
function replace() {
  for (const entry of waiting().filter(isHeld)) {
    if (entry.inHand && holds(box(), entry)) drop(entry);
    else put({ ...entry, asks: true });
  }
}

function press() {
  if (!text.value.trim()) return;
  replace();
  const again = waiting().find(inBox);
  keep();
  put({ ...where(), ...again, ...box(), key: again ? again.key : key.value, inHand: true });
  keep();
  send();
}

async function send() {
  clearTimeout(timer);
  timer = 0;
  if (underway) return;
  for (let entry = next(); entry; entry = next()) {
    underway = entry;
    say(words.sending);
    render();
    let answer = null;
    try {
      const { text: its, name: by, kind, key: under, room = '', talk = '', prompt = '' } = entry;
      const told = { text: its, name: by, kind, key: under, ...(room && { room }), ...(talk && { talk }), ...(prompt && { prompt }) };
      answer = await ask(address, { method: 'POST', body: new URLSearchParams(told) });
    } catch { /* no answer of ours */ }
    underway = null;
    if (!answer) return later(words.away);
    if (answer.status >= 500) return later(words.busy, answer.wait);
    if (answer.status === 429) return later(words.soon, answer.wait);
    if (answer.ok) stored(entry, answer.told);
    else refused(entry, answer.told.detail ?? words.unsent);
  }
}
const next = () => waiting().find((entry) => !entry.refused && !entry.asks && !isHeld(entry));

function stored(entry, told) {
  pause = 1_000;
  drop(entry);
  if (text.value === entry.text) {
    text.value = '';
    key.value = told.fresh_key;
  }
  say(text.value.trim() ? words.sentBefore.replace('{words}', short(entry)) : words.sent);
  keep();
  count();
  form.dispatchEvent(new CustomEvent('floor:sent'));
}

// What is in the box stays there; what is not waits, with the reason, to be taken back into it.
function refused(entry, why) {
  if (inBox(entry)) drop(entry);
  else put({ ...entry, refused: why });
  say(why, 'bad');
  keep();
}

// Words that can be sent no more as they were meant, to be taken into the box.
export function setAside(about, why) {
  put({ ...box(), text: about, key: freshKey(), refused: why });
  keep();
}

function later(why, wait = 0) {
  say(why, 'warn');
  keep();
  clearTimeout(timer);
  timer = setTimeout(again, Math.max(wait, pause) + Math.random() * 500);
  pause = Math.min(pause * 2, MOST);
}

function again() {
  if (underway || !waiting().length) return;
  clearTimeout(timer);
  timer = 0;
  if (isTyping()) {
    timer = setTimeout(again, 1_000);
    return;
  }
  const changed = waiting().filter(isHeld);
  for (const entry of changed) if (!holds(box(), entry)) put({ ...entry, asks: true });
  keep();
  if (next()) send();
  else if (changed.length) say(words.changed, 'warn');
}

function count() {
  const left = Number(words.longest) - text.value.length;
  form.querySelector('.floor-count').textContent = left < 100 ? counted(words.left, left) : '';
}
function typedNow() {
  typed = performance.now();
  handOver();
  keep();
  if (!timer && next()) timer = setTimeout(again, QUIET);
  count();
}

function recall() {
  let found = null;
  try { found = JSON.parse(sessionStorage.getItem(kept) ?? localStorage.getItem(kept)); } catch { /* broken or private */ }
  if (found) {
    name.value = name.value || found.name;
    if (!text.value && found.text) {
      text.value = found.text;
      form.elements.kind.value = found.kind;
      key.value = found.key;
      if (found.waiting) put({ ...box(), key: found.key, inHand: true });
    }
  }
  handOver();
  keep();
  count();
  again();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  press();
});
form.addEventListener('input', typedNow);
addEventListener('online', again);
document.addEventListener('live:state', ({ detail }) => { if (detail === 'up' || detail === 'slow') again(); });
recall();
