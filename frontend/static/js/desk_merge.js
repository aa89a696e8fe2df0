// Which other question is meant: asked for in a dialog, chosen by a digit or a click. Without it the link is a page.
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
