// What this phone sent and voted for: the only part that knows its viewer, so it is fetched, not pushed. What is being
// corrected, or asked about, stays in somebody's hands whatever comes, and a correction survives a reload.
import htmx from './vendor.js';
import { setAside } from './floor_sending.js';
import { ask } from './our_answers.js';

const { slug } = document.body.dataset;
const form = document.getElementById('send');
const kept = `backchannel-correction/${slug}/`;
const corrections = new Map(); // post -> the words as somebody is typing them
const OFTEN = 8_000;
const SELDOM = 60_000;
let fetching = 0;
let patience = OFTEN;

export async function mine() {
  clearTimeout(fetching);
  try {
    const answer = await ask(`/e/${slug}/mine`, { kind: 'html' });
    if (!answer.ok) return;
    const target = document.getElementById('mine');
    await htmx.swap({ sourceElement: document.body, target, swap: 'outerMorph', text: answer.told, transition: false });
    restore();
    document.dispatchEvent(new CustomEvent('floor:own'));
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
function askAgain() {
  const waits = document.querySelector('#mine .own:is([data-state="held"], [data-state="open"], [data-state="on_stage"], [data-state="answered"]:not([data-replied]))');
  if (waits && !document.hidden) mine();
  patience = waits ? Math.min(patience * 1.5, SELDOM) : OFTEN;
  setTimeout(askAgain, patience * (0.8 + Math.random() * 0.4));
}
setTimeout(askAgain, OFTEN);
form.addEventListener('floor:sent', () => {
  patience = OFTEN;
  mine();
});

// What is open stays open: the server knows of nobody's fingers.
htmx.registerExtension('floor-own', {
  htmx_before_morph_attr: (element, { attrName, newValue }) => !(attrName === 'open' && newValue === null && element.closest('#mine')),
});

const postOf = (element) => element.closest('.own').dataset.post;
const box = (post) => document.getElementById(`words-${post}`);

function keep(post, words) {
  corrections.set(post, words);
  try { localStorage.setItem(kept + post, words); } catch { /* private mode */ }
}
function forget(post) {
  corrections.delete(post);
  try { localStorage.removeItem(kept + post); } catch { /* private mode */ }
}
document.addEventListener('input', ({ target }) => {
  if (target.closest('#mine .own-correct')) keep(postOf(target), target.value);
});

// Words whose post waits no more go where its author finds them.
function restore() {
  for (const [post, words] of corrections) {
    const text = box(post);
    if (!text) {
      forget(post);
      setAside(words, form.dataset.decided);
    } else if (text.value !== words) text.value = words;
  }
}

// An answer of the server to a button of one's own: what was done is closed, and forgotten.
document.addEventListener('htmx:before:swap', ({ detail: { ctx } }) => {
  const acts = ctx.sourceElement?.closest?.('#mine details');
  if (!acts || ctx.response?.status !== 200) return;
  acts.open = false;
  forget(postOf(acts));
});
document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  if (ctx.target?.id === 'mine' || ctx.sourceElement?.closest?.('#mine')) restore();
});

try {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(kept))) {
    corrections.set(name.slice(kept.length), localStorage.getItem(name));
  }
} catch { /* private mode */ }
restore();
for (const post of corrections.keys()) box(post).closest('details').open = true;
