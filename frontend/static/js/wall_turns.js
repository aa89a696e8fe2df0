// Whose turn it is on a feed: a pure function of its cards and of the server's time. So a page that was pushed to and a page
// that was just loaded show the same at the same moment, also after a restart or behind a network that is cut, and what is
// withdrawn meanwhile leaves the list, and with it its turn, by the log as always. `cards` are newest first, each { at }:
// when it was let onto the wall.
export const QUIET = 90_000; // So long nothing came: then earlier posts come back.
export const PACE = 20_000; // One more each time.
export const DWELL = 9_000; // One at a time, each has the hall at least so long, however many wait.

// How many of the newest cards have made room for earlier ones; none while there is news.
export function turned(cards, at) {
  const rests = at - Math.max(...cards.map((card) => card.at)) - QUIET;
  return cards.length && rests >= 0 ? 1 + Math.floor(rests / PACE) : 0;
}

// One at a time: the place of the card that has the hall, and whether it comes back.
export function turn(cards, at) {
  let begins = -Infinity;
  let place = cards.length - 1;
  for (let index = cards.length - 1; index >= 0; index -= 1) {
    begins = Math.max(cards[index].at, begins + DWELL);
    if (begins > at) return { place, again: false };
    place = index;
  }
  const rests = at - begins - QUIET;
  if (rests < 0 || cards.length < 2) return { place: 0, again: false };
  return { place: (1 + Math.floor(rests / PACE)) % cards.length, again: true };
}
