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

// Dragged by its votes: the words stay to be marked. What is dragged is known by its number, as a push may put another
// element in its place meanwhile.
let dragged = null;
const under = (event) => {
  const question = event.target.closest?.('.desk-question');
  return question && dragged && question.id !== dragged ? question : null;
};
const numberOf = (id) => id.replace('question-', '');
const over = (question) => document.querySelectorAll('.desk-question.takes').forEach((one) => {
  if (one !== question) one.classList.remove('takes');
});

document.addEventListener('dragstart', (event) => {
  const question = event.target.closest?.('.desk-question .grip')?.closest('.desk-question');
  if (!question) return;
  dragged = question.id;
  event.dataTransfer.effectAllowed = 'link';
  event.dataTransfer.setData('text/plain', numberOf(dragged));
  event.dataTransfer.setDragImage(question, 20, 20);
});
document.addEventListener('dragover', (event) => {
  const question = under(event);
  over(question);
  if (!question) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'link';
  question.classList.add('takes');
});
document.addEventListener('drop', (event) => {
  const question = under(event);
  if (!question) return;
  event.preventDefault();
  htmx.ajax('POST', `/questions/${numberOf(dragged)}/merge`, { target: '#toasts', swap: 'none', values: { into: numberOf(question.id) } });
});
document.addEventListener('dragend', () => {
  dragged = null;
  over(null);
});
