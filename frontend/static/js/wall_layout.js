// Where the cards of a wall stand: a pure function of the cards, so that a page that was pushed to and a page that was
// just loaded show the same picture.
//
// `cards` are newest first, each { number, height }; heights, `room` and `gap` in pixels. A card has a number for life,
// the next one with each approval, and its column by that number: so newer cards push older ones down and never aside.
// Gives for each card { column, top }, or null for one that finds no room: a card is shown whole or not at all.
export function layout(cards, room, gap, columns = 2) {
  const lanes = lanesOf(cards, columns);
  const ends = new Array(columns).fill(0);
  const places = new Array(cards.length).fill(null);
  const put = (index, column) => {
    const end = ends[column] + cards[index].height;
    if (end > room + 1) return false;
    places[index] = { column, top: ends[column] };
    ends[column] = end + gap;
    return true;
  };
  cards.forEach((_, index) => put(index, lanes[index]));
  // Room that is left at the end of a column goes to older cards of the other one, the newest of them first.
  cards.forEach((_, index) => {
    if (places[index]) return;
    const shortest = ends.indexOf(Math.min(...ends));
    put(index, shortest);
  });
  return places;
}

// By number; by turns where the numbers would leave a column empty (cards between were taken down).
function lanesOf(cards, columns) {
  const lanes = cards.map((card) => card.number % columns);
  if (cards.length < columns || new Set(lanes).size === columns) return lanes;
  return cards.map((_, index) => (cards.length - 1 - index) % columns);
}
