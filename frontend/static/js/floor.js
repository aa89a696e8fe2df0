// The floor: what was typed is sent once, votes answer at once, and one's own posts tell how they fare.
import './app.js';
import { ask } from './our_answers.js';
import './floor_own.js';
import './floor_on_stage.js';
import './floor_sending.js';

const form = document.getElementById('send');

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
    const answer = await ask(vote.action, { method: takeBack ? 'DELETE' : 'POST' });
    if (answer.ok) return;
    told = answer.told.detail ?? told;
  } catch { /* said below */ }
  takeBack ? voted.add(id) : voted.delete(id);
  press();
  note(told);
});
function note(words) {
  const toast = Object.assign(document.createElement('div'), { className: 'toast' });
  toast.append(Object.assign(document.createElement('p'), { textContent: words }));
  document.getElementById('toasts').append(toast);
}
// A withdrawal that had no answer of ours took nothing back.
document.addEventListener('htmx:error', ({ detail: { ctx } }) => { if (ctx?.request) note(form.dataset.unreached); });
document.addEventListener('floor:own', () => {
  voted = known();
  press();
});
// Pictures of lists that nobody has come to are not asked for: a hall opens this page at once.
const comes = new IntersectionObserver((lists) => {
  for (const { isIntersecting, target } of lists) if (isIntersecting) target.parentNode.dataset.near = '';
});
document.querySelectorAll('#questions, #posts').forEach((list) => comes.observe(list));
document.getElementById('questions').addEventListener('place:done', press);
new MutationObserver(press).observe(document.getElementById('questions'), { childList: true });

press();
