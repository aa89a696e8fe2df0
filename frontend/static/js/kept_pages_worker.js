// Served at an address of its own, for one tablet's page each: stage or remote. Where a reload finds no network, the last
// page that was had there stands again, as `kept_page.js` has kept it; nothing else is kept or answered here.
const GOOD_FOR = 43_200_000; // Milliseconds: half a day. What is older is no page of this talk.
const PATIENCE = 8_000;
const REFUSED = [401, 403, 404, 410];
const nameOf = (url) => `backchannel-kept ${url.pathname}`;
const isOurs = (answer) => answer.headers.get('Backchannel') === '1';

addEventListener('install', () => skipWaiting());
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode !== 'navigate') {
    if (['style', 'script', 'font'].includes(request.destination)) event.respondWith(part(request, url));
  } else if (!url.search) event.respondWith(page(request, url)); // A link with a key is for whoever it opens the page to.
});

const pass = (wait) => new Promise((done) => { setTimeout(done, wait); });

async function page(request, url) {
  const asked = fetch(request);
  const answer = await Promise.race([asked.catch(() => null), pass(PATIENCE)]);
  if (!answer) return (await kept(url)) ?? asked;
  // Its link holds no more, or leads elsewhere: then the page is not for this tablet any more, with or without a network.
  if (answer.type === 'opaqueredirect' || (isOurs(answer) && REFUSED.includes(answer.status))) await caches.delete(nameOf(url));
  else if (answer.status >= 500 || !isOurs(answer)) return (await kept(url)) ?? answer;
  return answer;
}

async function kept(url) {
  const found = await caches.match(url.pathname, { cacheName: nameOf(url), ignoreVary: true });
  const at = Number(found?.headers.get('Kept-At') ?? 0);
  if (found && Math.abs(Date.now() - at) < GOOD_FOR) return found;
  await caches.delete(nameOf(url));
  return undefined;
}

// What is named after its content is the same wherever it comes from; all else is asked for first.
async function part(request, url) {
  const found = () => caches.match(request, { ignoreVary: true });
  if (url.pathname.startsWith('/static/')) return (await found()) ?? fetch(request);
  try { return await fetch(request); } catch { return (await found()) ?? Response.error(); }
}
