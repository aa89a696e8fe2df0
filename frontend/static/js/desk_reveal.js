// What looks personal is covered. A moderator may look, on this page only; the server writes down that they did.
import { list } from './desk_queue.js';
import { ask } from './our_answers.js';

const seen = new Map();

document.addEventListener('submit', async (event) => {
  const form = event.target.closest('.acts form.reveal');
  if (!form) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const post = form.closest('.post');
  try {
    const answer = await ask(form.action, { method: 'POST' });
    if (!answer.ok) return;
    seen.set(post.id, { version: post.dataset.version, fields: answer.told.fields });
    uncover();
  } catch { /* it stays covered */ }
}, true);

// A card that is replaced is covered again; what was revealed here stays so, unless its author has changed it.
function uncover() {
  for (const [id, { version, fields }] of seen) {
    const post = document.getElementById(id);
    if (!post || post.dataset.masked === undefined || post.dataset.version !== version || post.dataset.revealed !== undefined) continue;
    for (const field of post.querySelectorAll('[data-field]')) fill(field, [...(fields[field.dataset.field] ?? '')]);
    post.dataset.revealed = '';
    post.querySelector('form.reveal')?.remove();
  }
}
// The marks stay where they are: covering keeps the length of every word.
function fill(field, letters) {
  let place = 0;
  for (const piece of field.childNodes) {
    const length = [...piece.textContent].length;
    piece.textContent = letters.slice(place, place + length).join('');
    place += length;
  }
}
list.addEventListener('place:done', uncover);
document.addEventListener('live:cursor', uncover);
