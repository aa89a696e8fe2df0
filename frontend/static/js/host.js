// The host's page: a post is dragged onto the prompt that it answers. The form beside it does the same without a mouse.
import './app.js';
import './copy_anywhere.js';

let dragged = '';
const place = (target) => target.closest?.('.host-prompt[data-prompt]');
document.addEventListener('dragstart', ({ target, dataTransfer }) => {
  dragged = target.closest?.('[data-post]')?.dataset.post ?? '';
  if (dragged) dataTransfer.setData('text/plain', dragged);
});
document.addEventListener('dragend', () => {
  dragged = '';
  for (const one of document.querySelectorAll('.host-prompt.over')) one.classList.remove('over');
});
document.addEventListener('dragover', (event) => {
  const over = dragged && place(event.target);
  for (const one of document.querySelectorAll('.host-prompt.over')) if (one !== over) one.classList.remove('over');
  if (!over) return;
  event.preventDefault();
  over.classList.add('over');
});
document.addEventListener('drop', (event) => {
  const over = dragged && place(event.target);
  const form = over && document.querySelector(`[data-put="${dragged}"]`);
  if (!form) return;
  event.preventDefault();
  form.elements.prompt.value = over.dataset.prompt;
  form.querySelector('button').click();
});
