// Undo: `z` takes back the last thing, a note's own button takes back what that note is about, at the address that the
// server named. What comes back into the list is current again.
import { choose, list, posts } from './desk_queue.js';

const button = document.querySelector('.desk-head [data-key="z"]');
const decided = [];
let expected = null;
let wanted = 0;
let underway = 0;

export const forget = () => { expected = null; };

// Decisions travel side by side; an undo waits for them, or it would take back the one before.
export function undo() {
  wanted += 1;
  next();
}
function next() {
  if (!wanted || underway) return;
  wanted -= 1;
  button.click();
}
const ours = ({ ctx }) => ctx.request.method !== 'GET';
document.addEventListener('htmx:before:request', ({ detail }) => {
  if (!ours(detail)) return;
  underway += 1;
  const { ctx } = detail;
  if (ctx.sourceElement === button.form) expected = decided.pop()?.post ?? null;
  else if (ctx.request.method === 'POST') decided.push(ctx.decided = { post: ctx.sourceElement.closest('.desk-list > .post')?.id });
});
document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
  if (ctx.response.status >= 400) refused(ctx);
});
document.addEventListener('htmx:error', ({ detail: { ctx } }) => { if (ctx) refused(ctx); });
function refused(ctx) {
  const at = decided.indexOf(ctx.decided);
  if (at >= 0) decided.splice(at, 1);
}
document.addEventListener('htmx:finally:request', ({ detail }) => {
  if (!ours(detail)) return;
  underway = Math.max(0, underway - 1);
  setTimeout(next);
});

document.addEventListener('submit', (event) => {
  const form = event.target.closest('#toasts form');
  if (!form) return;
  expected = form.dataset.about;
  const at = decided.map((one) => one.post).lastIndexOf(expected);
  if (at >= 0) decided.splice(at, 1);
  list.focus({ preventScroll: true });
}, true);

list.addEventListener('place:done', () => {
  const post = expected && document.getElementById(expected);
  if (!post || !posts().includes(post)) return;
  expected = null;
  choose(post);
});
