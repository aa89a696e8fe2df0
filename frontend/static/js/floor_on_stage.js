// A question of one's own is on stage: the phone says so at once, and shakes if its owner wants that.
import { mine } from './floor_own.js';

const said = document.getElementById('own-now');
const wish = document.getElementById('shake');
const { slug } = document.body.dataset;
const kept = `backchannel-shake/${slug}`;
let told = null;

const own = () => [...document.querySelectorAll('#mine .own[data-question]')].flatMap((one) => one.dataset.question.split(' '));

function look() {
  const now = document.getElementById('onstage').dataset.question ?? '';
  const mineNow = now !== '' && own().includes(now);
  said.hidden = !mineNow;
  wish.closest('.own-shake').hidden = !navigator.vibrate || own().length === 0;
  if (mineNow && told !== null && told !== now) {
    if (wish.checked) navigator.vibrate?.([300, 150, 300]);
    mine();
  } else if (told && told !== now && own().includes(told)) mine();
  told = now;
}

try { wish.checked = localStorage.getItem(kept) === 'on'; } catch { /* private mode */ }
wish.addEventListener('change', () => {
  if (wish.checked) navigator.vibrate?.(100);
  try { localStorage.setItem(kept, wish.checked ? 'on' : 'off'); } catch { /* private mode */ }
});
document.addEventListener('live:cursor', look);
document.addEventListener('floor:own', look);
look();
