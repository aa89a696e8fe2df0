// Draws the cards of the wall where `layout` says. A whole list that is pushed takes away what stands here on the cards
// (place, size of type), so whatever touches them, all of it is set again before the next frame.
import { layout } from './wall_layout.js';

const list = document.getElementById('posts');
const wall = document.querySelector('.wall');
const drawn = new Map(); // id of a card -> where it was drawn last
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const READABLE = 22 / 1080; // The smallest type, as a share of the wall's height: read from twenty metres.
const MOVE = { duration: 560, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' };
const COME = { duration: 420, easing: 'ease-out' };

const gap = () => list.clientWidth * 24 / 1394;
const cards = () => [...list.children].filter((card) => card.classList.contains('post'));
const at = (x, y) => `translate(${Math.round(x)}px, ${Math.round(y)}px)`;

function draw() {
  const present = cards();
  const room = list.clientHeight;
  wall.dataset.cards = Math.min(present.length, 2);
  present.forEach((card) => {
    resized.observe(card);
    fit(card, room);
  });
  const sizes = present.map((card) => ({ number: Number(card.dataset.number), height: card.offsetHeight }));
  const places = sizes.length === 1 ? alone(sizes[0], room) : layout(sizes, room, gap());
  const half = (list.clientWidth + gap()) / 2;
  const now = new Map();
  present.forEach((card, index) => {
    const place = places[index];
    const out = place === null;
    const to = out ? drawn.get(card.id)?.to ?? at(0, room) : at(place.column * half, place.top);
    now.set(card.id, { to, out });
    card.style.setProperty('transform', to);
    card.toggleAttribute('data-out', out);
  });
  if (list.dataset.placed !== undefined && !calm.matches) present.forEach((card) => move(card, drawn.get(card.id), now.get(card.id)));
  drawn.clear();
  for (const [id, place] of now) drawn.set(id, place);
  list.dataset.placed = '';
  watcher.takeRecords();
}

// The first one has the hall to itself, in its middle.
const alone = (card, room) => [card.height > room + 1 ? null : { column: 0, top: (room - card.height) / 2 }];

// From where it was to where it is; one that was not there comes from a little above.
function move(card, from, to) {
  if (to.out) return;
  if (!from || from.out) card.animate([{ opacity: 0, transform: `${to.to} translateY(-2vh)` }, { opacity: 1, transform: to.to }], COME);
  else if (from.to !== to.to) card.animate([{ transform: from.to }, { transform: to.to }], MOVE);
}

// A text too long for a whole column is set smaller, as far as it can be read at the back of the hall; past that it
// begins here and goes on on the phones. X asks that a post is shown whole or not at all.
function fit(card, room) {
  const text = card.querySelector(':scope > .text');
  if (!text) return;
  text.style.removeProperty('font-size');
  text.style.removeProperty('-webkit-line-clamp');
  card.toggleAttribute('data-begins', false);
  if (card.offsetHeight <= room) return;
  const least = READABLE * innerHeight;
  let size = parseFloat(getComputedStyle(text).fontSize);
  while (card.offsetHeight > room && size * 0.92 >= least) {
    size *= 0.92;
    text.style.setProperty('font-size', `${size}px`);
  }
  if (card.offsetHeight <= room || card.dataset.whole !== undefined) return;
  card.toggleAttribute('data-begins', true);
  const line = parseFloat(getComputedStyle(text).lineHeight);
  const rest = card.offsetHeight - text.offsetHeight;
  text.style.setProperty('-webkit-line-clamp', String(Math.max(1, Math.floor((room - rest) / line))));
}

// Several things of one message are drawn once, before the browser paints.
let asked = false;
function soon() {
  if (asked) return;
  asked = true;
  queueMicrotask(() => {
    asked = false;
    draw();
  });
}

const watcher = new MutationObserver(soon);
watcher.observe(list, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['style', 'data-out', 'data-begins', 'data-number'] });
new ResizeObserver(() => {
  list.toggleAttribute('data-placed', false);
  soon();
}).observe(list);
// Pictures without known size, and fonts that come late, change the height of a card that stands already.
const resized = new ResizeObserver(soon);
document.fonts?.ready.then(soon);
soon();
