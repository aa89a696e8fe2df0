// The wall: its cards, the question on stage, the clock, and a screen that stays awake.
import './app.js';
import './wall_feed.js';
import { stayAwake } from './awake.js';
import { timeOfDay } from './words.js';

// The question on stage is shown whole, too, however long it is.
function fitStage() {
  const box = document.getElementById('onstage');
  const words = box?.querySelector('.onstage-text');
  if (!words) return;
  words.style.removeProperty('font-size');
  let size = parseFloat(getComputedStyle(words).fontSize);
  while (words.closest('.question').scrollHeight > box.clientHeight + 1 && size > 9) {
    size *= 0.94;
    words.style.setProperty('font-size', `${size}px`);
  }
}
new MutationObserver((changes) => {
  if (changes.some(({ target }) => target.id === 'onstage' || target.closest?.('#onstage') || target.matches?.('.wall'))) fitStage();
}).observe(document.querySelector('.wall'), { childList: true, subtree: true, characterData: true });
addEventListener('resize', fitStage);
document.fonts?.ready.then(fitStage);

// The time of day in the event's own zone.
const clock = document.getElementById('clock');
const tick = () => { clock.textContent = timeOfDay.format(Date.now()); };
tick();
setInterval(tick, 1_000);

stayAwake();
