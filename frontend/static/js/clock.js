// The time as our server has it; a tablet's own clock may be wrong by hours. The page says it, and so does each message.
// What is heard was said a moment before, so of all that was heard lately the one that puts the clock furthest is right.
const LATELY = 120_000;
let heard = [];
let ahead = 0;

export function hear(said, at = performance.now()) {
  heard = [...heard.filter((one) => at - one.at < LATELY), { at, ahead: said - at }];
  ahead = Math.max(...heard.map((one) => one.ahead));
}

export const now = () => performance.now() + ahead;

const began = () => performance.getEntriesByType?.('navigation')[0]?.responseStart
  || performance.timing.responseStart - performance.timing.navigationStart;
// A page that this tablet kept says by how much the tablet's clock was behind.
const { now: said, ahead: behind } = document.body.dataset;
hear(Number(said ?? Date.now() + Number(behind ?? 0)), said ? Math.max(0, began()) : performance.now());
