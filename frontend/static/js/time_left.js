// What is left of the talk, for all who run it: the same end by the same clock, on stage, desk and remote; where desk and
// stage have agreed on another one, that.
import { now } from './clock.js';
import { counted } from './counted_words.js';

const SOON = 5; // Minutes, from which on it is amber.

export function tellTimeLeft() {
  const left = document.getElementById('left');
  function tick() {
    const ends = document.getElementById('backstage')?.dataset.until ?? document.getElementById('frame').dataset.ends;
    const minutes = ends ? Math.ceil((new Date(ends) - now()) / 60_000) : null;
    left.textContent = minutes === null ? '' : counted(minutes >= 0 ? left.dataset.left : left.dataset.over, Math.abs(minutes));
    left.classList.toggle('soon', minutes !== null && minutes >= 0 && minutes <= SOON);
    left.classList.toggle('over', minutes !== null && minutes < 0);
  }
  tick();
  setInterval(tick, 1_000);
  document.addEventListener('live:cursor', tick);
}
