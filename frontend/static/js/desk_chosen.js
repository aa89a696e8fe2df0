// Several posts at once: `x` chooses, and what is chosen gets one verdict.
import { list, posts } from './desk_queue.js';
import { counted } from './counted_words.js';

const form = document.getElementById('bulk');
const count = document.getElementById('bulk-count');
const boxes = () => [...list.querySelectorAll(':scope > .post:not(.leaving) input[name="post"]:checked')];

export const marked = () => boxes().map((box) => box.closest('.post'));

export function mark(post) {
  const box = post?.querySelector('input[name="post"]');
  if (!box) return;
  box.checked = !box.checked;
  tell();
}

export function decideMarked(verdict, declined = '') {
  form.elements.declined_as.value = declined;
  form.querySelector(`[data-bulk="${verdict}"]`).click();
}

export function tell() {
  const chosen = boxes().length;
  form.hidden = chosen === 0;
  count.textContent = counted(count.dataset.forms, chosen);
}

export const isBulk = (element) => element.form === form || element === form;

function none() {
  for (const box of boxes()) box.checked = false;
  tell();
}
document.getElementById('bulk-none').addEventListener('click', none);
list.addEventListener('change', tell);
list.addEventListener('place:done', tell);
new MutationObserver(tell).observe(list, { childList: true });
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !form.hidden && !document.querySelector('dialog[open]')) none();
});
// A browser that comes back may remember checked boxes.
if (posts().length) tell();
