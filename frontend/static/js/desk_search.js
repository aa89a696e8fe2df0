// Search looks through what is on the page: names, handles and words; not through the labels of our own buttons.
import { choose, list, posts } from './desk_queue.js';

export const search = document.getElementById('search');
const nothing = document.querySelector('.desk-nothing');
const SEARCHED = '.name, .handle, .text, .quoted';

export function filter() {
  const words = search.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const post of list.querySelectorAll(':scope > .post')) {
    const text = words.length ? [...post.querySelectorAll(SEARCHED)].map((part) => part.textContent).join(' ').toLocaleLowerCase() : '';
    const hidden = !words.every((word) => text.includes(word));
    if (post.hidden !== hidden) post.hidden = hidden;
    if (!hidden) found += 1;
  }
  nothing.hidden = !words.length || found > 0;
}

search.addEventListener('input', filter);
search.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  // Typing looks through this page; if nothing here fits, Enter asks the server, which knows the whole list.
  if (event.key === 'Enter' && posts().length) {
    event.preventDefault();
    choose(posts()[0]);
  } else if (event.key === 'Escape') {
    search.value = '';
    filter();
    const first = list.querySelector('[aria-current="true"]') ?? posts()[0];
    if (first) choose(first);
    else search.blur();
  }
});
