// The desk is worked by keyboard: one post is current, a key acts on it, and the next one is current at once.
// Nothing waits for the server; if it refuses, the post comes back and a note says why.
import './app.js';
import './desk_ages.js';
import './desk_microphone.js';
import { choose, chosen, goOn, keep, list, posts, step } from './desk_queue.js';
import './desk_found.js';
import { merge } from './desk_merge.js';
import { decideMarked, isBulk, mark, marked } from './desk_chosen.js';
import './desk_reveal.js';
import './desk_tell.js';
import './desk_wall_forms.js';
import { filter, search } from './desk_search.js';
import './desk_seat.js';
import { forget, undo } from './desk_undo.js';
import { tellTimeLeft } from './time_left.js';

tellTimeLeft();

const keys = document.getElementById('keys');
const keysOn = document.getElementById('keys-on');
const reasons = document.getElementById('reasons');
const DECIDE = 'arsqbvhnl';
// Blank, pause, show again, hold, trusted. F was the key of Pause once.
const RED = { b: 'B', p: 'P', f: 'P', l: 'L', h: 'H', t: 'T' };
const SCENES = 'woqnjscae';
const MANY = { a: 'approval', r: 'rejection', s: 'stash' };
const DECLINED = [...reasons.querySelectorAll('[data-declined]')].map((button) => button.dataset.declined);

const writing = (target) => target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select');
const away = (target) => writing(target) || target.closest('input[type="radio"], dialog[open]');

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysOn.checked) return;
  // The wall is blank at once whatever stands over the desk, unless somebody writes a B.
  const blanks = event.shiftKey && event.key.toLowerCase() === 'b';
  if (blanks ? writing(event.target) : away(event.target)) return;
  if (press(event.key.length === 1 ? event.key.toLowerCase() : event.key, event)) event.preventDefault();
});

// Capital letters by Caps Lock mean the same; a key that is held down moves, but decides only once.
function press(key, { shiftKey, repeat }) {
  if (shiftKey && RED[key]) return once(repeat, () => document.querySelector(`#frame [data-key="${RED[key]}"]`)?.click());
  if (shiftKey && key.length === 1 && SCENES.includes(key)) {
    return once(repeat, () => document.querySelector(`.desk-scenes [data-key="${key.toUpperCase()}"]`)?.click());
  }
  if (shiftKey && key === 'z') return once(repeat, () => document.querySelector('.desk-head [data-key="Z"]').click());
  if (key === '?') return once(repeat, () => keys.showModal());
  if (key === '/') return once(repeat, () => search.focus());
  // On many keyboards a star is a capital.
  if (key === '*') return once(repeat, () => act(key));
  if (shiftKey && key.length === 1) return false;
  if (key === 'j' || key === 'ArrowDown') return move(1);
  if (key === 'k' || key === 'ArrowUp') return move(-1);
  if (key === 'z') return once(repeat, undo);
  if (key === 'm') return once(repeat, () => merge(chosen()));
  if (key === 'x') return once(repeat, () => mark(chosen() ?? posts()[0]));
  if (key === 'w') return once(repeat, () => reasons.showModal());
  if (DECLINED[Number(key) - 1]) return once(repeat, () => decline(DECLINED[Number(key) - 1]));
  if (key.length === 1 && DECIDE.includes(key)) return once(repeat, () => act(key));
  return false;
}
function once(repeat, todo) {
  if (!repeat) todo();
  return true;
}
function move(by) {
  forget();
  step(by);
  return true;
}
function act(key) {
  forget();
  if (MANY[key] && marked().length) return decideMarked(MANY[key]);
  const post = chosen() ?? posts()[0];
  const button = post?.querySelector(`.acts [data-key="${key}"]`);
  if (!button) return;
  choose(post, { focus: false });
  button.click();
}

// A rejection whose author is told why.
function decline(reason) {
  forget();
  if (marked().length) return decideMarked('rejection', reason);
  const post = chosen() ?? posts()[0];
  const form = post?.querySelector('.acts form[action$="/rejection"]');
  if (!form) return;
  form.elements.declined_as.value = reason;
  choose(post, { focus: false });
  form.querySelector('button').click();
}
for (const button of reasons.querySelectorAll('[data-declined]')) {
  button.addEventListener('click', () => {
    reasons.close();
    decline(button.dataset.declined);
  });
}
reasons.addEventListener('keydown', (event) => {
  const reason = DECLINED[Number(event.key) - 1];
  if (!reason) return;
  event.preventDefault();
  reasons.close();
  decline(reason);
});
list.addEventListener('click', (event) => {
  if (!event.target.closest('.why-button')) return;
  choose(event.target.closest('.post'), { focus: false });
  reasons.showModal();
});

// htmx sends the form; the card steps back before the answer is there. A block takes all of its author's with it.
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  if (isBulk(ctx.sourceElement)) {
    ctx.leaving = marked();
    return goOn(ctx.leaving);
  }
  const form = ctx.sourceElement.closest?.('.acts form');
  const post = form?.closest('.post');
  if (!post) return;
  const path = form.getAttribute('action');
  // What does not move the post to another list leaves it where it is.
  if (/\/(trust|stop|name|spotlight|star)$/.test(path) || (list.id === 'approved' && path.endsWith('/question'))) return;
  if (path.includes('_method=DELETE') || (list.id === 'rejected' && path.endsWith('/block'))) return;
  ctx.leaving = path.endsWith('/block') ? posts().filter((other) => other.dataset.author === post.dataset.author) : [post];
  goOn(ctx.leaving);
});
const comeBack = (ctx) => { for (const post of ctx.leaving ?? []) post.classList.remove('leaving'); };
document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => { if (ctx.response.status >= 400) comeBack(ctx); });
document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
  // What the page asks by itself, again and again, it may miss.
  if (!ctx?.request || ctx.sourceElement.getAttribute?.('hx-trigger')?.includes('every')) return;
  comeBack(ctx);
  document.getElementById('toasts').append(document.getElementById('unreachable').content.cloneNode(true));
});

function tidy() {
  filter();
  keep();
}
list.addEventListener('place:done', tidy);
new MutationObserver(tidy).observe(list, { childList: true });
// A snapshot morphs the list in place: what only this page knows is put on again.
document.addEventListener('live:cursor', tidy);

for (const button of document.querySelectorAll('[data-open]')) {
  button.addEventListener('click', () => document.getElementById(button.dataset.open).showModal());
}

// Whether single keys act is remembered by this browser.
const remembered = 'backchannel-single-keys';
try { keysOn.checked = localStorage.getItem(remembered) !== 'off'; } catch { /* private mode */ }
keysOn.addEventListener('change', () => {
  try { localStorage.setItem(remembered, keysOn.checked ? 'on' : 'off'); } catch { /* private mode */ }
});

filter();
if (posts().length) choose(posts()[0], { focus: false });
document.querySelector('.desk').dataset.ready = '';
