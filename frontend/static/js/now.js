// The wall as a page to read: what is new is told in batches, and the letters have the size that one likes.
import './app.js';
import { counted } from './counted_words.js';

const EVERY = 8_000;
const WHOLE = 3;
const said = document.getElementById('said');
const posts = document.getElementById('posts');

// News. A screen reader hears what came since it was told last, a few posts whole and the others as a number: somebody
// who listens is not talked to without end.
const told = new Set([...posts.children].map(({ id }) => id));
let news = [];
let soon = 0;
const words = (post) => [post.querySelector('.name'), post.querySelector('.text')]
  .map((part) => part?.textContent.trim().replace(/\s+/g, ' ')).filter(Boolean).join(': ');
function tell() {
  soon = 0;
  const here = news.splice(0).map((id) => document.getElementById(id)).filter(Boolean);
  if (document.getElementById('frame').dataset.screen === 'blank' || !here.length) return;
  const lines = here.slice(0, WHOLE).map(words);
  if (here.length > WHOLE) lines.push(counted(said.dataset.more, here.length - WHOLE));
  say(lines);
}
function say(lines) {
  said.replaceChildren(...lines.map((line) => Object.assign(document.createElement('p'), { textContent: line })));
}
new MutationObserver(() => {
  for (const { id } of [...posts.children].reverse()) {
    if (told.has(id)) continue;
    told.add(id);
    news.push(id);
  }
  if (news.length && !soon) soon = setTimeout(tell, EVERY);
}).observe(posts, { childList: true });

// What is asked on stage is said at once: everybody else sees it now, too.
const asked = () => document.querySelector('#onstage .onstage-words')?.textContent.trim() ?? '';
let onStage = asked();
new MutationObserver(() => {
  if (asked() === onStage) return;
  onStage = asked();
  if (onStage) say([`${said.dataset.stage}: ${onStage}`]);
}).observe(document.getElementById('main'), { childList: true, subtree: true });

// The size of the letters, kept by this browser.
const SIZES = [100, 115, 130, 150, 175, 200, 250];
const kept = () => { try { return localStorage.getItem('letters'); } catch { return null; } };
function resize(step) {
  const at = Math.max(0, SIZES.indexOf(Number(document.documentElement.dataset.letters ?? kept() ?? 100)));
  const size = SIZES[Math.min(Math.max(at + step, 0), SIZES.length - 1)];
  document.documentElement.dataset.letters = size;
  try { localStorage.setItem('letters', size); } catch { /* then for this page only */ }
}
resize(0);
const sizes = document.querySelector('.now-sizes');
sizes.hidden = false;
sizes.addEventListener('click', ({ target }) => target.dataset.size && resize(Number(target.dataset.size)));
