// Keeps the page that a tablet shows, as the server has it, so that a reload without a network finds list, order and
// notes. Browsers keep pages only where they come by https.
import { now } from './clock.js';

const often = () => Number(document.body.dataset.keeps ?? 20_000); // Milliseconds between two times that it is kept anew.
const page = location.pathname;
const name = `backchannel-kept ${page}`;
let registration = null;
let keptAt = -Infinity;
let timer = 0;
let keeping = false; // One at a time: an older page that comes later must not lie over a newer one.
let again = false;

const partsOf = (text) => [...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('link[rel="stylesheet"], script[src]')]
  .map((one) => new URL(one.getAttribute('href') ?? one.getAttribute('src'), location.href).href);
const loaded = () => performance.getEntriesByType('resource').map((one) => one.name).filter((one) => one.endsWith('.woff2'));

async function keep() {
  keptAt = performance.now();
  const answer = await fetch(page, { headers: { Accept: 'text/html' } });
  if (answer.headers.get('Backchannel') !== '1') return undefined;
  if (answer.status === 403 || answer.redirected) return forget();
  if (!answer.ok) return undefined;
  // Its clock would stand where it was kept: it goes by the tablet's own, as far ahead as that is wrong.
  const text = (await answer.text()).replace(/ data-now="\d*"/, ` data-ahead="${Math.round(now() - Date.now())}"`);
  const parts = [...partsOf(text), ...loaded()];
  const cache = await caches.open(name);
  const known = (await cache.keys()).map((one) => one.url);
  for (const part of new Set(parts)) if (!known.includes(part)) await cache.add(part);
  const headers = new Headers(answer.headers);
  for (const one of ['Content-Encoding', 'Content-Length', 'Set-Cookie']) headers.delete(one);
  headers.set('Kept-At', `${Date.now()}`);
  await cache.put(page, new Response(text, { headers }));
  for (const one of known) if (!parts.includes(one) && new URL(one).pathname !== page) await cache.delete(one);
  document.body.toggleAttribute('data-kept', true);
  return undefined;
}

// The link holds no more: nothing of the page stays.
async function forget() {
  clearTimeout(timer);
  timer = -1;
  document.body.toggleAttribute('data-kept', false);
  await caches.delete(name);
  await registration?.unregister();
}

async function keepNow() {
  timer = 0;
  keeping = true;
  try { await keep(); } catch { /* no network, or no room */ }
  keeping = false;
  if (again) { again = false; soon(); }
}

function soon() {
  if (keeping) { again = true; return; }
  if (timer) return;
  timer = setTimeout(keepNow, Math.max(0, often() - (performance.now() - keptAt)));
}

export async function keepThisPage() {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  try {
    registration = await navigator.serviceWorker.register(`/e/${document.body.dataset.slug}/kept-pages.js`, { scope: page });
  } catch { return; } // Without a network, or where it is forbidden.
  document.addEventListener('live:told', soon);
  document.addEventListener('live:state', ({ detail }) => { if (detail === 'off') forget(); });
  soon();
}
