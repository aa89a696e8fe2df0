// What was sent and is not known to be stored: kept on this phone, each entry under a name of its own, so that two tabs
// do not forget each other's. No slug and no key has a slash, so no event finds the words of another.
//
// An entry leaves only when the server has it, when its words go back into the box, when words that hold all of it go out
// from the same box, or when its author says so.
const { slug } = document.body.dataset;
const prefix = `backchannel-outbox/${slug}/`;
const before = `backchannel-outbox-${slug}-`;
const entries = new Map(); // key -> { text, name, kind, key, slug, inHand, asks?, refused? }

export const waiting = () => [...entries.values()];

export function put(entry) {
  entries.set(entry.key, { ...entry, slug });
  try { localStorage.setItem(prefix + entry.key, JSON.stringify({ ...entry, slug })); } catch { /* private mode */ }
}

export function drop(entry) {
  entries.delete(entry.key);
  try { localStorage.removeItem(prefix + entry.key); } catch { /* private mode */ }
}

export const same = (one, other) => one.text === other.text && one.name === other.name && one.kind === other.kind;

// Whether all the words of an entry stand in others, as words: "No" does not stand in "Nothing".
export function holds(box, entry) {
  const sought = entry.text.trim();
  if (entry.kind !== box.kind || (entry.name.trim() && entry.name !== box.name)) return false;
  for (let at = box.text.indexOf(sought); at >= 0; at = box.text.indexOf(sought, at + 1)) {
    const around = [box.text.slice(0, at).slice(-1) + sought[0], sought.slice(-1) + box.text.slice(at + sought.length, at + sought.length + 1)];
    if (!around.some((two) => /[\p{L}\p{M}\p{N}]{2}/u.test(two))) return true;
  }
  return false;
}

// Whether words may be others, changed: at least half of these still stands at the beginning and at the end. Only to ask.
export function isLike(box, entry) {
  const [a, b] = [entry.text.trim(), box.text.trim()];
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return a.length > 0 && (head + tail) * 2 >= a.length;
}

function read(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}
try {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(prefix) || one.startsWith(before))) {
    const entry = read(name);
    if (name === prefix + entry?.key && entry.slug === slug) entries.set(entry.key, entry);
    if (name !== before + entry?.key) continue; // Of a longer slug, or no entry.
    put({ ...entry, inHand: false });
    localStorage.removeItem(name);
  }
} catch { /* private mode */ }
