// The desk is worked by keyboard: one post is current, a key acts on it, and the next one is current at once.
// Nothing waits for the server; if it refuses, the post comes back and a note says why.
const desk = document.querySelector('.desk');
const list = document.querySelector('.desk-list');
const search = document.getElementById('search');
const said = document.getElementById('said');
let current = null;
let place = 0;

const posts = () => [...list.querySelectorAll(':scope > .post:not([hidden], .leaving)')];

function choose(post, { focus = true } = {}) {
  list.querySelector('[aria-current="true"]')?.removeAttribute('aria-current');
  current = post?.id ?? null;
  if (!post) return;
  place = posts().indexOf(post);
  post.setAttribute('aria-current', 'true');
  if (focus) {
    post.focus({ preventScroll: true });
    post.scrollIntoView({ block: 'nearest' });
  }
}

const chosen = () => {
  const post = current && document.getElementById(current);
  return post && posts().includes(post) ? post : null;
};

function step(by) {
  const all = posts();
  if (!all.length) return;
  const at = all.indexOf(chosen());
  choose(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
}

// What is left after a decision: the post that moved up into the same place.
function goOn(post) {
  const all = posts();
  const at = all.indexOf(post);
  const next = all[at + 1] ?? all[at - 1] ?? null;
  post.classList.add('leaving');
  choose(next);
}

const inField = (target) => target.closest('input, textarea, select, dialog[open]');

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (inField(event.target)) {
    if (event.key === 'Escape' && event.target === search) { search.value = ''; filter(); search.blur(); }
    return;
  }
  const key = event.key;
  if (key === 'j' || key === 'ArrowDown') step(1);
  else if (key === 'k' || key === 'ArrowUp') step(-1);
  else if (key === '/') search.focus();
  else if (key === '?') document.getElementById('keys').showModal();
  else if (key === 'B') document.querySelector('#frame [data-key="B"]')?.click();
  else if (key === 'z') document.querySelector('.desk-head [data-key="z"]').click();
  else if ('arsqb'.includes(key) && key.length === 1) act(key);
  else return;
  event.preventDefault();
});

function act(key) {
  const post = chosen() ?? posts()[0];
  const button = post?.querySelector(`.acts [data-key="${key}"]`);
  if (!button) return;
  choose(post, { focus: false });
  button.click();
}

// htmx sends the form; the card steps back before the answer is there.
document.addEventListener('htmx:before:request', (event) => {
  const form = event.target.closest?.('.acts form');
  const post = form?.closest('.post');
  if (!post) return;
  // What does not move the post to another list leaves it where it is.
  const stays = form.action.endsWith('/trust') || (list.id === 'approved' && form.action.endsWith('/question'));
  if (!stays) goOn(post);
});

function comeBack(event) {
  const post = event.target.closest?.('.post');
  if (post) post.classList.remove('leaving');
}
document.addEventListener('htmx:after:request', (event) => {
  const status = event.detail.ctx?.response?.status ?? 0;
  if (status >= 400 || status === 0) comeBack(event);
});
document.addEventListener('htmx:error', (event) => {
  comeBack(event);
  note('The server cannot be reached. Nothing was lost; please try again.');
});

function note(text) {
  const toast = document.createElement('div');
  toast.className = 'toast refused';
  toast.append(Object.assign(document.createElement('p'), { textContent: text }));
  document.getElementById('toasts').append(toast);
}

// A current post that was taken away, by us or by somebody else, leaves its place to the next one.
list.addEventListener('place:done', () => keep());
new MutationObserver(() => keep()).observe(list, { childList: true });
function keep() {
  filter();
  if (chosen()) return;
  const all = posts();
  if (!all.length) return;
  const free = !document.activeElement || document.activeElement === document.body;
  choose(all[Math.min(place, all.length - 1)], { focus: free });
}

list.addEventListener('focusin', (event) => {
  const post = event.target.closest('.post');
  if (post && post.id !== current) choose(post, { focus: false });
});
list.addEventListener('click', (event) => {
  const post = event.target.closest('.post');
  if (post && !event.target.closest('a, button')) choose(post);
});

// Search looks through what is on the page: names, handles and words.
function filter() {
  const words = search.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const post of list.querySelectorAll(':scope > .post')) {
    const text = words.length ? post.textContent.toLocaleLowerCase() : '';
    post.hidden = !words.every((word) => text.includes(word));
    if (!post.hidden) found += 1;
  }
  document.querySelector('.desk-nothing').hidden = !words.length || found > 0;
}
search.addEventListener('input', filter);
search.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); choose(posts()[0]); } });

for (const button of document.querySelectorAll('[data-open]')) {
  button.addEventListener('click', () => document.getElementById(button.dataset.open).showModal());
}

// The microphone's form is emptied once its question is stored.
document.addEventListener('htmx:after:request', (event) => {
  if (event.target.id === 'microphone' && event.detail.ctx?.response?.status === 200) event.target.reset();
});

// How long ago, in words; the server's parts hold only times, so that they are the same for everybody.
function age() {
  for (const time of document.querySelectorAll('time[data-age]')) {
    const seconds = Math.max(0, (Date.now() - new Date(time.dateTime)) / 1000);
    const words = seconds < 60 ? `${Math.floor(seconds)} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
    const text = `${words} ago`;
    if (time.textContent !== text) time.textContent = text;
    time.closest('.desk-oldest')?.classList.toggle('late', seconds > 300);
  }
}
setInterval(age, 1_000);
age();

new MutationObserver(() => {
  const last = document.getElementById('toasts').lastElementChild;
  if (last) said.textContent = last.textContent.trim();
}).observe(document.getElementById('toasts'), { childList: true });

if (posts().length) choose(posts()[0], { focus: false });
desk.dataset.ready = '';
