// A scene is shown whole: everything on it is set as large together as it finds room with no word broken, and else smaller,
// as far as it can be read at the back of the hall; then what matters least leaves as a whole; then a text keeps its first
// lines, or, where its network wants all or nothing, is read on the phones. What stands on it is text that was pushed: it is measured again whenever that changes.
import { watch } from './wall_motion.js';
import { unit } from './wall_sizes.js';

const scene = () => document.getElementById('scene');
const wall = document.querySelector('.wall');
// Few words are set larger than planned.
const WITH_WHOLE_WORDS = [1.6, 1.45, 1.3, 1.15, 1, 0.92, 0.84, 0.77, 0.7, 0.64, 0.58];
const SIZES = [1, 0.92, 0.84, 0.77, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4, 0.34, 0.28];
const COMES = 480; // Milliseconds, as in the sheet.
const SET = ['style', 'data-gone', 'data-clamped', 'data-begins', 'data-unbroken'];
const LONGEST_SHORT_WORD = 12;
const LINES = '.sponsors bdi, .scene-title, .scene-after, .scene-label, .asked-words, .programme li p, .joining-address, .spotlight > .text';

function fit() {
  const box = scene();
  const body = box?.querySelector('.scene-body');
  if (!body) return;
  clear(box);
  const pieces = [...body.querySelectorAll('.spotlight, .sponsors > li')];
  // Letters stand out of a low line by a pixel or two.
  const air = 2 * Math.max(1, unit());
  const wider = (one, by) => one.scrollHeight > one.clientHeight + by || one.scrollWidth > one.clientWidth + by;
  const over = () => wider(body, 1) || pieces.some((one) => wider(one, air)) || body.offsetHeight > box.clientHeight + 1;
  const lines = [...body.querySelectorAll(LINES)];
  box.dataset.unbroken = '';
  for (const size of WITH_WHOLE_WORDS) {
    box.style.setProperty('--fit', size);
    if (!over() && !lines.some((one) => one.scrollWidth > one.clientWidth + air)) return;
  }
  delete box.dataset.unbroken;
  // A word that is longer than any line is broken, but no short one because of it.
  for (const whole of [true, false]) {
    for (const size of SIZES) {
      box.style.setProperty('--fit', size);
      if (!over() && !(whole && breaks(body))) return;
    }
  }
  const leaving = [...body.querySelectorAll('[data-leaves]')].sort((a, b) => b.dataset.leaves - a.dataset.leaves);
  const last = [...body.querySelectorAll('.asked > li')].slice(1).reverse();
  for (const one of [...leaving, ...last]) {
    one.dataset.gone = '';
    if (!over()) return;
  }
  const post = body.querySelector('.spotlight');
  if (post?.dataset.whole !== undefined) {
    post.dataset.begins = 'out';
    return;
  }
  if (post) post.dataset.begins = '';
  const text = body.querySelector('.spotlight > .text, .asked .text, .scene-title');
  if (!text) return;
  text.dataset.clamped = '';
  const line = parseFloat(getComputedStyle(text).lineHeight);
  for (let lines = Math.floor(box.clientHeight / line); lines > 1; lines -= 1) {
    text.style.setProperty('-webkit-line-clamp', lines);
    if (!over()) return;
  }
}

function breaks(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const { 0: word, index } of node.data.matchAll(/[^\s\-/·]+/g)) {
      if (word.length > LONGEST_SHORT_WORD) continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) return true;
    }
  }
  return false;
}

function clear(box) {
  for (const name of SET) {
    box.removeAttribute(name);
    for (const one of box.querySelectorAll(`[${name}]`)) one.removeAttribute(name);
  }
}

// A push takes away what stands here, too; the part itself may be replaced.
const watcher = new MutationObserver((changes) => {
  const ours = ({ target }) => target === wall || (target.nodeType === 1 ? target : target.parentElement)?.closest('#scene, #band');
  if (!changes.some(ours)) return;
  fit();
  watch(COMES);
  watcher.takeRecords();
});
watcher.observe(wall, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: [...SET, 'data-scene'] });
new ResizeObserver(fit).observe(wall);
document.fonts?.ready.then(fit);
fit();
