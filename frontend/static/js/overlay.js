// Over a film: the question on stage set as large as it is whole, and one post after another below it.
import './app.js';
import { now } from './clock.js';
import './wall_screen.js';
import './wall_times.js';
import { turn } from './wall_turns.js';

const SIZES = [1, 0.9, 0.81, 0.73, 0.66, 0.6, 0.56];
const overlay = document.querySelector('.overlay');
const list = document.getElementById('posts');

// A question is set smaller as far as it can be read on a film; past that it begins here, or, where its network wants all
// or nothing, is read on the phones.
function fit() {
  const third = document.getElementById('onstage');
  third.removeAttribute('data-begins');
  const text = third.querySelector('.third-text');
  if (!text) return;
  text.style.removeProperty('-webkit-line-clamp');
  const fits = () => third.scrollHeight <= third.clientHeight + 1;
  for (const size of SIZES) {
    third.style.setProperty('--fit', size);
    if (fits()) return;
  }
  third.dataset.begins = third.dataset.whole === undefined ? '' : 'out';
  if (third.dataset.begins === 'out') return;
  const rest = third.scrollHeight - text.offsetHeight;
  const line = parseFloat(getComputedStyle(text).lineHeight);
  text.style.setProperty('-webkit-line-clamp', Math.max(1, Math.floor((third.clientHeight - rest) / line)));
}

// What stands in its line whole; whose turn it is follows from the server's time, as on a wall.
const whole = (post) => !post.hidden && post.scrollHeight <= post.clientHeight + 1 && post.scrollWidth <= post.clientWidth + 1;
function show() {
  const some = [...list.children].filter((one) => one.classList.contains('ticker-post'));
  const fitting = some.filter(whole);
  const stands = document.getElementById('frame').dataset.screen === 'paused';
  const { place } = stands ? { place: 0 } : turn(fitting.map((one) => ({ at: Number(one.dataset.at) })), now());
  for (const one of some) one.toggleAttribute('data-on', one === fitting[place]);
  list.toggleAttribute('data-on', fitting.length > 0);
  watcher.takeRecords();
}

function draw() {
  fit();
  show();
}
const watcher = new MutationObserver(draw);
watcher.observe(overlay, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['data-begins', 'data-on', 'data-screen', 'hidden', 'style'] });
new ResizeObserver(draw).observe(overlay);
document.fonts?.ready.then(draw);
setInterval(show, 1_000);
draw();
