// The queue: which post is current, which ones are on their way out, and where one goes on.
export const list = document.querySelector('.desk-list');
let current = null;
let place = 0;
let inside = false;

export const posts = () => [...list.querySelectorAll(':scope > .post:not([hidden], .leaving)')];

export const chosen = () => {
  const post = current && document.getElementById(current);
  return post && posts().includes(post) ? post : null;
};

export function choose(post, { focus = true } = {}) {
  for (const other of list.querySelectorAll(':scope > [aria-current]')) other.removeAttribute('aria-current');
  current = post?.id ?? null;
  if (!post) return;
  place = posts().indexOf(post);
  post.setAttribute('aria-current', 'true');
  list.dispatchEvent(new CustomEvent('desk:chosen'));
  if (!focus) return;
  post.focus({ preventScroll: true });
  post.scrollIntoView({ block: post.offsetHeight > list.clientHeight ? 'start' : 'nearest' });
}

export function step(by) {
  const all = posts();
  if (!all.length) return;
  const at = all.indexOf(chosen());
  choose(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
}

// Posts that were just decided step back at once, and the next one that stays is current.
export function goOn(leaving) {
  const all = posts();
  const before = chosen();
  const at = all.indexOf(before ?? leaving[0]);
  for (const post of leaving) post.classList.add('leaving');
  if (before && !leaving.includes(before)) return;
  // What somebody else looks at is left to them, as long as there is anything else.
  const stays = all.slice(at).filter((post) => !leaving.includes(post));
  const next = stays.find((post) => !post.dataset.looking) ?? stays[0] ?? posts().pop() ?? null;
  choose(next);
  if (!next) queueMicrotask(() => document.querySelector('.desk-empty').focus({ preventScroll: true }));
}

// A current post that was taken away, by us or by somebody else, leaves its place to the next one; one that was
// replaced keeps the focus.
export function keep() {
  const free = !document.activeElement || document.activeElement === document.body || document.activeElement.matches('.desk-empty');
  const post = chosen();
  if (post) {
    if (post.getAttribute('aria-current') !== 'true') post.setAttribute('aria-current', 'true');
    if (free && inside) post.focus({ preventScroll: true });
    return;
  }
  const all = posts();
  if (all.length) choose(all[Math.min(place, all.length - 1)], { focus: free && inside });
}

document.addEventListener('focusin', (event) => {
  inside = list.contains(event.target) || event.target.matches('.desk-empty');
  const post = event.target.closest('.desk-list > .post');
  if (post && post.id !== current) choose(post, { focus: false });
});
list.addEventListener('click', (event) => {
  const post = event.target.closest('.post');
  if (post && !event.target.closest('a, button') && !String(getSelection())) choose(post);
});
