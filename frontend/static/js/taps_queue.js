// What was tapped and is not known to be done: kept on this tablet, each tap under a name of its own, so that two pages of
// one browser neither forget each other's nor send them side by side.
const { slug } = document.body.dataset;
const prefix = `backchannel-tap/${slug}/`;
const before = `backchannel-taps-${slug}`;
const lease = `backchannel-tap-lease/${slug}`;
const LEASE = 15_000; // Milliseconds: longer than one answer may take.
const unkept = new Map(); // What cannot be written, by its key: in private mode, or where there is no room.

export const freshName = () => [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const page = freshName();

function read(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}
function stored() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix)).map(read).filter((tap) => tap?.key && tap.url);
  } catch { return []; }
}

// In the order in which they were tapped.
export const waiting = () => [...stored(), ...unkept.values()].sort((a, b) => a.n - b.n || (a.key < b.key ? -1 : 1));

export function put(tap) {
  unkept.delete(tap.key);
  try { localStorage.setItem(prefix + tap.key, JSON.stringify(tap)); } catch {
    drop(tap); // What cannot be written anew must not be read.
    unkept.set(tap.key, tap);
  }
}
export function add(tap) {
  const taps = waiting();
  put({ ...tap, n: taps.length ? taps[taps.length - 1].n + 1 : 1 });
}
export function drop(tap) {
  unkept.delete(tap.key);
  try { localStorage.removeItem(prefix + tap.key); } catch { /* private mode */ }
}

function tabletsName() {
  const name = `backchannel-tablet-${slug}`;
  try {
    if (!localStorage.getItem(name)) localStorage.setItem(name, freshName());
    return localStorage.getItem(name);
  } catch { return freshName(); }
}
export const tablet = tabletsName();

// One page of a browser sends at a time. A page that was put to sleep while it did must not hold up all others for ever:
// what is sent twice has a name, and is done once.
let denied = 0; // Since when.
export async function alone(act) {
  if (navigator.locks) return byLock(act);
  const held = read(lease);
  if (held && held.by !== page && held.until > Date.now() && held.until < Date.now() + 2 * LEASE) return undefined;
  stay();
  try { return await act(); } finally {
    try { localStorage.removeItem(lease); } catch { /* private mode */ }
  }
}
export function stay() {
  if (navigator.locks) return;
  try { localStorage.setItem(lease, JSON.stringify({ by: page, until: Date.now() + LEASE })); } catch { /* private mode */ }
}
async function byLock(act) {
  const steal = denied > 0 && performance.now() - denied > LEASE;
  try {
    await navigator.locks.request(prefix, steal ? { steal } : { ifAvailable: true }, (lock) => {
      denied = lock ? 0 : denied || performance.now();
      return lock ? act() : undefined;
    });
  } catch (error) {
    if (error.name !== 'AbortError') throw error; // Another page took over.
  }
}

// Those that an older version of this page kept, all under one name. What has no name gets one, and knows of nothing.
const old = read(before);
if (Array.isArray(old)) {
  for (const tap of old.filter((one) => one?.url)) add({ after: 0, ...tap, key: tap.key ?? freshName() });
  try { localStorage.removeItem(before); } catch { /* private mode */ }
}
