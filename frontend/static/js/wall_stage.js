// The question on stage is shown whole, set smaller as far as it can be read at the back of the hall. Past that it begins
// here and goes on on the phones; what must not be shortened is read there.
import { watch } from './wall_motion.js';
import { readable } from './wall_sizes.js';

const COMES = 480; // Milliseconds, as in the sheet.
const wall = document.querySelector('.wall');
const box = () => document.getElementById('onstage');

function fit() {
  const stage = box();
  const words = stage?.querySelector('.onstage-text');
  if (!words) return;
  const card = words.closest('.question');
  const over = () => card.scrollHeight > card.clientHeight + 1 || card.offsetHeight > stage.clientHeight + 1;
  for (const set of ['font-size', '-webkit-line-clamp']) words.style.removeProperty(set);
  stage.removeAttribute('data-begins');
  let size = parseFloat(getComputedStyle(words).fontSize);
  while (over() && size > readable()) {
    size = Math.max(readable(), size * 0.94);
    words.style.setProperty('font-size', `${size}px`);
  }
  if (!over()) return;
  if (stage.dataset.whole !== undefined) {
    stage.dataset.begins = 'out';
    return;
  }
  stage.dataset.begins = '';
  const line = parseFloat(getComputedStyle(words).lineHeight);
  for (let lines = Math.floor(stage.clientHeight / line); lines > 1; lines -= 1) {
    words.style.setProperty('-webkit-line-clamp', lines);
    if (!over()) return;
  }
}

// A push takes away what stands here on the question, too; the part itself may be replaced.
const MARKS = ['style', 'data-begins', 'hidden'];
const watcher = new MutationObserver((changes) => {
  const ours = ({ target }) => target === wall || (target.nodeType === 1 ? target : target.parentElement)?.closest('#onstage');
  if (!changes.some(ours)) return;
  fit();
  watch(COMES);
  watcher.takeRecords();
});
watcher.observe(wall, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: MARKS });
addEventListener('resize', fit);
document.fonts?.ready.then(fit);
fit();
