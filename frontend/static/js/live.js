// The page's one socket: where it stands, whether it lives, and how it comes back.
const body = document.body;
const silence = () => Number(body.dataset.silence ?? 25_000);
let heard = Date.now();

const state = (value) => {
  if (body.dataset.connection === value) return;
  body.dataset.connection = value;
  document.dispatchEvent(new CustomEvent('live:state', { detail: value }));
};

// A socket comes back where the page stands, so it is told only what it missed.
const resume = (connection) => {
  const url = new URL(connection.url, location.href.replace(/^http/, 'ws'));
  url.searchParams.set('after', body.dataset.cursor);
  connection.url = url.href;
};

document.addEventListener('htmx:ws:before:connection', ({ detail }) => resume(detail.connection));
document.addEventListener('htmx:ws:after:connection', () => {
  heard = Date.now();
  state('up');
});
document.addEventListener('htmx:ws:close', ({ detail }) => state(detail.code === 4401 ? 'off' : 'down'));

document.addEventListener('htmx:ws:before:message:incoming', ({ detail }) => {
  heard = Date.now();
  state('up');
  detail.waitUntil(detail.message.json().then((message) => {
    detail.message.cursor = message.cursor ?? message.tick;
  }));
});
// The cursor moves only after the swap: if the page dies in between, the message is asked for again.
document.addEventListener('htmx:ws:after:message:incoming', ({ detail }) => {
  if (detail.message.cursor === undefined) return;
  body.dataset.cursor = detail.message.cursor;
  resume(detail.connection);
  document.dispatchEvent(new CustomEvent('live:cursor', { detail: detail.message.cursor }));
});

// Half-open networks tell nobody. The server ticks every ten seconds; a page that heard nothing for longer opens a
// new socket, by putting a copy of its element in place of the old one.
setInterval(() => {
  if (Date.now() - heard < silence() || body.dataset.connection === 'off') return;
  heard = Date.now();
  state('down');
  reconnect();
}, 1_000);

export function reconnect() {
  const old = document.getElementById('live');
  if (!old) return;
  const fresh = old.cloneNode(true);
  fresh.removeAttribute('data-htmx-powered');
  old.replaceWith(fresh);
  globalThis.htmx.process(fresh);
}

addEventListener('online', reconnect);
// hx-ws closes for good when a page is put into the back/forward cache.
addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
