// What a wall shows by the server's clock: a countdown, and that an announcement is over. The server takes both down in its
// log; until that line comes, or while the network is away, the page does what the line would say.
import { now } from './clock.js';

const two = (number) => String(number).padStart(2, '0');

export function left(until, at) {
  const seconds = Math.max(0, Math.ceil((until - at) / 1_000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function tick() {
  const at = now();
  for (const one of document.querySelectorAll('[data-countdown]')) {
    const said = left(Date.parse(one.dataset.countdown), at);
    if (one.textContent === said) continue;
    one.textContent = said;
    one.toggleAttribute('data-long', said.length > 5);
  }
  for (const one of document.querySelectorAll('[data-until]')) {
    const over = Date.parse(one.dataset.until) <= at;
    if (one.hasAttribute('data-over') !== over) one.toggleAttribute('data-over', over);
  }
}

tick();
setInterval(tick, 250);
new MutationObserver(tick).observe(document.body, { childList: true, attributes: true, attributeFilter: ['data-until'], subtree: true });
