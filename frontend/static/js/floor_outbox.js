// What was sent and is not known to be stored: kept on this phone, each entry under a name of its own, so that two tabs
// do not forget each other's.
const prefix = `backchannel-outbox-${document.body.dataset.slug}-`;
const entries = new Map(); // key -> { text, name, kind, key, refused? }

export const waiting = () => [...entries.values()];

export function put(entry) {
  entries.set(entry.key, entry);
  try { localStorage.setItem(prefix + entry.key, JSON.stringify(entry)); } catch { /* private mode */ }
}

export function drop(entry) {
  entries.delete(entry.key);
  try { localStorage.removeItem(prefix + entry.key); } catch { /* private mode */ }
}

export const same = (one, other) => one.text === other.text && one.name === other.name && one.kind === other.kind;

// Whether words are another version of others: at least half of these still stands at the beginning and at the end.
export function isVersion(words, before) {
  const [a, b] = [before.trim(), words.trim()];
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return a.length > 0 && (head + tail) * 2 >= a.length;
}

try {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
    const entry = JSON.parse(localStorage.getItem(name));
    entries.set(entry.key, entry);
  }
} catch { /* broken or private */ }
