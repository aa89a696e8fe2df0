// Draws the cards of the wall where `layout` says. A whole list that is pushed takes away what stands here on the cards
// (place, size of type), so a card that was touched is set again before the next frame, and only such a card.
import { now } from './clock.js';
import { layout } from './wall_layout.js';
import { moves, watch } from './wall_motion.js';
import { columns, gap, readable } from './wall_sizes.js';
import { turn, turned } from './wall_turns.js';

const list = document.getElementById('posts');
const wall = document.querySelector('.wall');
const heights = new WeakMap(); // card -> its height as it was set
const drawn = new Map(); // id of a card -> where it was drawn last
const earlier = document.querySelector('.wall-again');
let wasOne = false;
let wasCovered = false;
const MOVE = { duration: 480, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' };
const COME = { duration: 420, easing: 'ease-out' };

const cards = () => [...list.children].filter((card) => card.classList.contains('post'));
const at = (x, y) => `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
const forget = (card) => heights.delete(card);

function draw() {
  const stood = list.dataset.placed !== undefined;
  list.dataset.placed = ''; // Cards are measured as they will stand, not as a list that nobody has placed.
  const present = cards();
  if (covered(present)) return;
  if (wasCovered) present.forEach(forget);
  const room = list.clientHeight;
  const width = list.clientWidth;
  const many = columns(width);
  const { shown, places, again } = inTurn(present, room, many);
  for (const card of present) card.toggleAttribute('data-again', again.has(card));
  earlier.hidden = !again.size;
  const step = (width + gap()) / many;
  const drawing = new Map();
  present.forEach((card) => {
    const place = places[shown.indexOf(card)] ?? null;
    const out = place === null;
    const to = out ? drawn.get(card.id)?.to ?? at(0, room) : at(place.column * step, place.top);
    drawing.set(card.id, { to, out });
    if (card.style.transform !== to) card.style.setProperty('transform', to);
    if (card.hasAttribute('data-out') !== out) card.toggleAttribute('data-out', out);
  });
  if (stood && moves() && !wasCovered) {
    present.forEach((card) => move(card, drawn.get(card.id), drawing.get(card.id)));
    watch(MOVE.duration);
  }
  wasCovered = false;
  drawn.clear();
  for (const [id, place] of drawing) drawn.set(id, place);
  watcher.takeRecords();
  requestAnimationFrame(() => settle(room, width));
}

// What a scene or a question covers costs nothing: it is drawn before it is seen again.
function covered(present) {
  const scene = document.getElementById('scene');
  const covers = scene.dataset.place === 'stage' ? !document.getElementById('onstage').hidden : scene.dataset.place !== 'none';
  if (covers) {
    earlier.hidden = wasCovered = true;
    wall.dataset.cards = String(Math.min(present.length, 2));
  }
  return covers;
}

// Pushes that come between two frames are drawn one by one. What the last of them changed back, no observer tells: it
// compares frames.
function settle(room, width) {
  const differing = cards().filter((card) => heights.has(card) && Math.abs(card.offsetHeight - heights.get(card)) > 1);
  differing.forEach(forget);
  if (differing.length || room !== list.clientHeight || width !== list.clientWidth) soon();
}

// The cards that are drawn, their places, and which of them came back because nothing new is there.
function inTurn(present, room, many) {
  const one = onlyOne();
  if (one !== wasOne) present.forEach(forget);
  wasOne = one;
  if (one) return oneInTurn(present, room, many);
  const shown = choose(present, room, many);
  const place = (some) => {
    const sizes = some.map((card) => ({ number: Number(card.dataset.number), height: heights.get(card) }));
    return wall.dataset.cards === '1' ? alone(sizes[0], room) : layout(sizes, room, gap(), many);
  };
  const places = place(shown);
  const by = stands() ? 0 : turned(times(shown), now()) % (shown.length || 1);
  if (!by || !places.includes(null)) return { shown, places, again: new Set() };
  const rotated = [...shown.slice(by), ...shown.slice(0, by)];
  const found = place(rotated);
  const newest = new Set(shown.filter((_, index) => places[index]));
  return { shown: rotated, places: found, again: new Set(rotated.filter((card, index) => found[index] && !newest.has(card))) };
}

// One at a time. One that is shown whole or not at all, and is too long, leaves its turn to the next.
function oneInTurn(present, room, many) {
  const { place, again } = stands() ? { place: 0, again: false } : turn(times(present), now());
  const waiting = [...present.slice(place), ...present.slice(0, Math.max(0, place))];
  for (const card of waiting) {
    if (!choose([card], room, many).length) continue;
    return { shown: [card], places: alone({ height: heights.get(card) }, room), again: new Set(again ? [card] : []) };
  }
  arrange(0, many);
  return { shown: [], places: [], again: new Set() };
}

const onlyOne = () => document.getElementById('scene').dataset.layout === 'one';
const stands = () => document.getElementById('frame').dataset.screen === 'paused';
const times = (some) => some.map((card) => ({ at: Number(card.dataset.at) }));

// Which cards take part. One that is shown whole or not at all, and is too long for a column, does not; so it leaves
// the hall to a single other one, or, where there is none, to itself if it fits there, or to the invitation.
function choose(present, room, many) {
  const fits = (card) => heights.get(card) <= room + 1;
  measure(present, present.length, room, many);
  const whole = present.filter(fits);
  if (whole.length === present.length || whole.length > 1) return present;
  const only = whole[0] ?? present[0];
  if (present.length > 1) {
    forget(only);
    measure([only], 1, room, many);
  }
  const shown = fits(only) ? [only] : [];
  if (!shown.length) arrange(0, many);
  for (const card of present) if (!shown.includes(card)) forget(card);
  return shown;
}

function measure(some, count, room, many) {
  if (arrange(count, many)) some.forEach(forget);
  fit(some.filter((card) => !heights.has(card)), room);
}

// True if all cards have other room than before. The first one has the hall to itself.
function arrange(count, many) {
  const said = String(Math.min(count, 2));
  const same = wall.dataset.cards === said && list.style.getPropertyValue('--columns') === String(many);
  if (same) return false;
  wall.dataset.cards = said;
  list.style.setProperty('--columns', many);
  return true;
}

const alone = (card, room) => [{ column: 0, top: (room - card.height) / 2 }];

// From where it was to where it is; one that was not there comes from a little above.
function move(card, from, to) {
  if (to.out) return;
  if (!from || from.out) card.animate([{ opacity: 0, transform: `${to.to} translateY(-2vh)` }, { opacity: 1, transform: to.to }], COME);
  else if (from.to !== to.to) card.animate([{ transform: from.to }, { transform: to.to }], MOVE);
}

// All of them are cleared, then all are measured: one layout for however many came.
function fit(some, room) {
  for (const card of some) {
    const text = textOf(card);
    text?.style.removeProperty('font-size');
    for (const words of [text, quotedOf(card)]) words?.style.removeProperty('-webkit-line-clamp');
    if (card.dataset.begins !== undefined) card.removeAttribute('data-begins');
    resized.observe(card);
  }
  for (const card of some) heights.set(card, card.offsetHeight);
  for (const card of some) {
    if (heights.get(card) <= room) continue;
    shrink(card, room);
    heights.set(card, card.offsetHeight);
  }
}

const textOf = (card) => card.querySelector(':scope > .text, :scope > .as-posted > .text');
const quotedOf = (card) => card.querySelector(':scope > .quoted > .text, :scope > .as-posted > .quoted > .text');

// A text too long for a whole column is set smaller, as far as it can be read at the back of the hall; past that it
// begins here and goes on on the phones. Some networks ask that a post is shown whole or not at all.
function shrink(card, room) {
  const [text, quoted] = [textOf(card), quotedOf(card)];
  let size = text ? parseFloat(getComputedStyle(text).fontSize) : 0;
  while (card.offsetHeight > room && size > readable()) {
    size = Math.max(readable(), size * 0.92);
    text.style.setProperty('font-size', `${size}px`);
  }
  if (card.offsetHeight <= room || card.dataset.whole !== undefined) return;
  // What it quotes begins first, then it itself; last of all what hangs on it is left to the phones.
  for (const [begins, ofQuote, ofText] of [['', 4, 3], ['little', 1, 1], ['least', 1, 1]]) {
    card.dataset.begins = begins;
    clamp(card, quoted, room, ofQuote);
    clamp(card, text, room, ofText);
    if (card.offsetHeight <= room) return;
  }
}

function clamp(card, words, room, least) {
  if (!words?.offsetHeight || card.offsetHeight <= room) return;
  const line = parseFloat(getComputedStyle(words).lineHeight);
  const rest = card.offsetHeight - words.offsetHeight;
  words.style.setProperty('-webkit-line-clamp', String(Math.max(least, Math.floor((room - rest) / line))));
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

const MARKS = ['style', 'data-out', 'data-begins', 'data-number', 'data-at', 'data-again'];
const watcher = new MutationObserver((changes) => {
  for (const { target } of changes) forget(target.closest?.('.post') ?? target.parentElement?.closest('.post'));
  soon();
});
watcher.observe(list, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: MARKS });
new ResizeObserver(() => {
  list.removeAttribute('data-placed');
  cards().forEach(forget);
  soon();
}).observe(list);
// Pictures without known size, and fonts that come late, change the height of a card that stands already.
const resized = new ResizeObserver((changes) => {
  // One that was left out has no height: it may find room now.
  const differs = (card) => !heights.has(card) || Math.abs(card.offsetHeight - heights.get(card)) > 1;
  const changed = changes.map(({ target }) => target).filter(differs);
  changed.forEach(forget);
  if (changed.length) soon();
});
soon();
// Turns come with the time, and the layout with the scene.
let told = 0;
setInterval(() => {
  const some = times(cards());
  const says = onlyOne() ? turn(some, now()).place : turned(some, now());
  if (told === says) return;
  told = says;
  soon();
}, 1_000);
// What covers it is changed, or is replaced. What is set here tells nothing.
const shown = document.getElementById('shown');
new MutationObserver(soon).observe(shown, { childList: true });
new MutationObserver((changes) => {
  if (changes.some(({ target }) => target !== earlier)) soon();
}).observe(shown, { subtree: true, attributes: true, attributeFilter: ['data-layout', 'data-place', 'data-screen', 'hidden'] });
