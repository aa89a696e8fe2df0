// Which other question is meant: asked for in a dialog, chosen by a digit or a click, or shown by dragging one onto the
// other. Without it the link is a page.
import htmx from './vendor.js';

const merging = document.getElementById('merging');

document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  if (ctx.target === merging && !merging.open) merging.showModal();
});
document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
  if (merging.contains(ctx.sourceElement)) merging.close();
});
merging.addEventListener('keydown', (event) => {
  const button = merging.querySelectorAll('.merge-list button')[Number(event.key) - 1];
  if (!button || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  button.click();
});

// The question that has the focus, else that of the current post, else the first of the list.
export function merge(post) {
  const focused = document.activeElement?.closest('.desk-question');
  const own = post?.dataset.question && document.getElementById(`question-${post.dataset.question}`);
  const question = focused ?? (own || document.querySelector('.desk-questions .desk-question'));
  question?.querySelector('[data-key="m"]')?.click();
}

// Dragged by its votes, with a mouse, a pen or a finger: the words stay to be marked. What is dragged is known by its
// number, as a push may put another element in its place meanwhile.
const EDGE = 40; // Pixels from the end of the list, within which it moves on.
let dragged = null;
const numberOf = (id) => id.replace('question-', '');
function under({ clientX, clientY }) {
  const question = document.elementFromPoint(clientX, clientY)?.closest('.desk-question');
  return question && question.id !== dragged ? question : null;
}
function show(target) {
  for (const one of document.querySelectorAll('.desk-question')) {
    one.classList.toggle('dragged', one.id === dragged);
    one.classList.toggle('takes', one === target);
  }
}
function end() {
  dragged = null;
  show(null);
}

document.addEventListener('pointerdown', (event) => {
  const grip = event.button === 0 && event.isPrimary && event.target.closest('.desk-question .grip');
  if (!grip) return;
  event.preventDefault();
  dragged = grip.closest('.desk-question').id;
  show(null);
});
document.addEventListener('pointermove', (event) => {
  if (!dragged) return;
  const list = document.getElementById(dragged)?.parentElement;
  const around = list?.getBoundingClientRect();
  if (around && event.clientY < around.top + EDGE) list.scrollBy(0, -EDGE / 4);
  if (around && event.clientY > around.bottom - EDGE) list.scrollBy(0, EDGE / 4);
  show(under(event));
});
document.addEventListener('pointerup', (event) => {
  const target = dragged && under(event);
  const number = dragged && numberOf(dragged);
  end();
  if (!target) return;
  const values = { into: numberOf(target.id) };
  htmx.ajax('POST', `/questions/${number}/merge`, { target: '#toasts', swap: 'none', values });
});
document.addEventListener('pointercancel', end);
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') end(); });
