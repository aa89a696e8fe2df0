// What surrounds the feed fits whatever an event is called and whoever speaks: first everything is set smaller, as far
// as it can be read at the back of the hall; then what matters least leaves as a whole. The code and the address stay.
import { now } from './clock.js';
import { unit } from './wall_sizes.js';
import { timeOfDay } from './spoken_times.js';

const wall = document.querySelector('.wall');
const side = document.querySelector('.wall-side');
const clock = document.getElementById('clock');
const SIZES = [1, 0.93, 0.86, 0.79, 0.72, 0.65, 0.58];
const LEAVE = ['next', 'tags', 'clock', 'rest'];

// Letters stand out of a low line by a pixel, on a screen of 4K by two.
const fits = () => side.scrollHeight <= side.clientHeight + 2 * Math.max(1, unit());

function fit() {
  side.dataset.leaves = '';
  for (const size of SIZES) {
    side.style.setProperty('--fit', size);
    if (fits()) return;
  }
  for (const what of LEAVE) {
    side.dataset.leaves += ` ${what}`;
    if (fits()) return;
  }
}

// The holding slide, too, is set as large as all of it can be.
function fitSlide() {
  const slide = document.getElementById('holding');
  if (slide.hidden) return;
  for (let size = 1; size > 0.2; size *= 0.93) {
    wall.style.setProperty('--slide', size);
    const high = slide.lastElementChild.getBoundingClientRect().bottom - slide.firstElementChild.getBoundingClientRect().top;
    if (high <= slide.clientHeight * 0.86) return;
  }
}

// While the slide covers everything, nobody hears what is under it either.
function cover() {
  const blank = !document.getElementById('holding').hidden;
  const shown = document.getElementById('shown');
  if (shown.hasAttribute('inert') === blank) return;
  shown.toggleAttribute('inert', blank);
  if (blank) shown.setAttribute('aria-hidden', 'true');
  else shown.removeAttribute('aria-hidden');
}

// The time of day in the event's own zone.
function tick() {
  const time = timeOfDay.format(now());
  if (clock.textContent === time) return;
  clock.textContent = time;
  clock.toggleAttribute('data-long', time.length > 5);
}

tick();
setInterval(tick, 1_000);
// Another logo has another shape.
const seen = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['src', 'width', 'height', 'hidden'] };
new MutationObserver(fit).observe(side, seen);
// A line says when the server is away, and needs its room.
new MutationObserver(fit).observe(document.body, { attributes: true, attributeFilter: ['data-connection'] });
// The slide stands beside the frame, and is replaced when its words are.
new MutationObserver((changes) => {
  if (changes.some(({ target }) => target === wall || target.parentElement?.closest('#holding') || target.id === 'holding')) {
    fitSlide();
    cover();
  }
}).observe(wall, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['hidden'] });
const fitAll = () => {
  fit();
  fitSlide();
  cover();
};
new ResizeObserver(fitAll).observe(wall);
document.fonts?.ready.then(fitAll);
fitAll();
