// Places the cards of the wall: two columns, newest on top. A card keeps its column for as long as it lives, so
// nothing jumps: when one arrives, its column glides down; what no longer fits leaves as a whole, never cut.
const list = document.getElementById('posts');
const columns = [[], []];
let width = 0;

const gap = () => list.clientWidth * 24 / 1394;
const cards = () => [...list.querySelectorAll(':scope > .post')];

// A new card goes to the column whose newest card is the older one, unless the other is clearly shorter.
function choose(heights) {
  const [a, b] = heights;
  if (Math.abs(a - b) > list.clientHeight * 0.35) return a < b ? 0 : 1;
  const newest = (column) => column[0]?.dataset.order ?? '';
  return newest(columns[0]) <= newest(columns[1]) ? 0 : 1;
}

const height = (column) => column.reduce((sum, card) => sum + card.offsetHeight + gap(), 0);

function settle() {
  const present = cards();
  for (const column of columns) {
    column.splice(0, column.length, ...column.map((card) => document.getElementById(card.id)).filter(Boolean));
  }
  const known = new Set(columns.flat());
  // Oldest first, so that a full page builds up just as it would have live.
  for (const card of present.filter((one) => !known.has(one)).reverse()) {
    if (!list.dataset.placed) card.dataset.unplaced = '';
    const column = columns[choose(columns.map(height))];
    column.push(card);
    column.sort((one, other) => (one.dataset.order < other.dataset.order ? 1 : -1));
    card.dataset.unplaced = '';
  }
  list.dataset.placed = '';
  draw();
}

// A card that is out anyway may change columns unseen, if there is room for it at the end of the other one.
function fill(ends) {
  const room = list.clientHeight;
  const out = cards().filter((card) => card.hasAttribute('data-out'));
  for (const card of out) {
    const side = ends.findIndex((end) => end > 0 && end + card.offsetHeight <= room + 1);
    if (side < 0 || columns[side].includes(card)) continue;
    columns[1 - side].splice(columns[1 - side].indexOf(card), 1);
    columns[side].push(card);
    card.dataset.unplaced = '';
    return true;
  }
  return false;
}

function draw() {
  const room = list.clientHeight;
  const ends = [0, 0];
  columns.forEach((column, side) => {
    let top = 0;
    let shown = 0;
    const left = side * (list.clientWidth + gap()) / 2;
    for (const card of column) {
      fit(card, room);
      const end = top + card.offsetHeight;
      if (card.dataset.unplaced !== undefined) {
        card.style.setProperty('transform', `translate(${left}px, ${top - gap() * 2}px)`);
        card.getBoundingClientRect();
        delete card.dataset.unplaced;
      }
      card.style.setProperty('transform', `translate(${left}px, ${top}px)`);
      // What does not fit steps out as a whole, and an older, shorter card may take the room that is left.
      const out = end > room + 1 && shown > 0;
      card.toggleAttribute('data-out', out);
      if (out) continue;
      shown += 1;
      top = end + gap();
    }
    ends[side] = top;
  });
  if (fill(ends)) draw();
}

// A text too long even for a whole column is set smaller until it fits; it is never cut.
function fit(card, room) {
  const text = card.querySelector(':scope > .text');
  if (!text || card.offsetHeight <= room) return;
  let size = parseFloat(getComputedStyle(text).fontSize);
  while (card.offsetHeight > room && size > 9) {
    size *= 0.92;
    text.style.setProperty('font-size', `${size}px`);
  }
}

function forget() {
  columns.forEach((column) => column.splice(0));
  for (const card of cards()) card.querySelector(':scope > .text')?.style.removeProperty('font-size');
  settle();
}

let due = 0;
const soon = () => {
  cancelAnimationFrame(due);
  due = requestAnimationFrame(settle);
};

new MutationObserver(soon).observe(list, { childList: true });
new ResizeObserver(() => {
  if (Math.abs(list.clientWidth - width) < 2) return soon();
  width = list.clientWidth;
  forget();
}).observe(list);
// Pictures without known size change the height of their card when they come.
list.addEventListener('load', soon, true);
document.fonts?.ready.then(forget);

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
const face = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: document.body.dataset.zone });
const tick = () => { clock.textContent = face.format(Date.now()); };
tick();
setInterval(tick, 1_000);
