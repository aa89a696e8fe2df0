// Who sits at the desks, and who looks at what. Each page says every few seconds that somebody is there, and at once
// which post is current; a claim is a courtesy, so nothing waits for it.
import { chosen, list } from './desk_queue.js';
import { ask } from './our_answers.js';

const BEAT = 10_000;
const IDLE = 5 * 60_000;
const SOON = 150;
const words = document.getElementById('seats').dataset;
const path = `/e/${document.body.dataset.slug}/seat`;
const tab = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
let said = '';
let due = 0;
let active = Date.now();

const attentive = () => document.visibilityState === 'visible' && Date.now() - active < IDLE;
const about = () => chosen()?.id.slice('post-'.length) ?? '';

async function say() {
  clearTimeout(due);
  due = 0;
  if (!attentive()) return;
  said = about();
  const body = new URLSearchParams({ tab });
  if (said) body.set('post', said);
  try {
    await ask(path, { method: 'POST', body });
  } catch { /* the next beat says it again */ }
}

// Going through the queue quickly claims only what one stops at.
export function looksAt() {
  if (about() !== said && !due) due = setTimeout(say, SOON);
}
list.addEventListener('desk:chosen', looksAt);

for (const kind of ['pointermove', 'pointerdown', 'keydown', 'scroll']) {
  addEventListener(kind, () => {
    const idle = !attentive();
    active = Date.now();
    if (idle) say();
  }, { passive: true, capture: true });
}
document.addEventListener('visibilitychange', say);
addEventListener('pagehide', () => navigator.sendBeacon(path, new URLSearchParams({ tab, gone: 'true' })));
setInterval(say, BEAT);

// The server's part says who looks at what; a desk that falls silent is cleared by the server.
export function showLooks() {
  const looks = new Map();
  for (const seat of document.querySelectorAll('#looking > li')) {
    const mine = seat.dataset.tab === tab;
    seat.classList.toggle('you', mine);
    if (!mine && seat.dataset.post) looks.set(`post-${seat.dataset.post}`, seat.querySelector('bdi').textContent);
  }
  for (const post of list.querySelectorAll(':scope > .post')) {
    const name = looks.get(post.id);
    if ((post.dataset.looking ?? '') === (name ?? '')) continue;
    const label = post.querySelector('.looked');
    label.hidden = !name;
    label.textContent = name ? words.looks.replace('{name}', name) : '';
    if (name) post.dataset.looking = name;
    else delete post.dataset.looking;
  }
}
setInterval(showLooks, 1_000);
list.addEventListener('place:done', showLooks);
document.addEventListener('live:cursor', showLooks);
showLooks();
say();
