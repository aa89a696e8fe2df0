// Where the page stands, whether it lives, and its one socket: how it comes back.
import { hear } from './clock.js';
import htmx from './vendor.js';

const body = document.body;
const silence = () => Number(body.dataset.silence ?? 25_000);
let heard = performance.now();
let resumed = -1;
export const socket = { open: false };

export function state(value) {
  if (body.dataset.connection === value) return;
  body.dataset.connection = value;
  document.dispatchEvent(new CustomEvent('live:state', { detail: value }));
}

// Neither a link that was revoked nor what was deleted comes back. Of the latter nobody is asked any more.
export const ended = () => ['off', 'gone'].includes(body.dataset.connection);
export function isGone() {
  state('gone');
  socketIs(false);
  document.getElementById('live')?.remove();
}

function socketIs(open) {
  socket.open = open;
  document.dispatchEvent(new CustomEvent('live:socket', { detail: open }));
}

// What the page knows already, because it was asked for meanwhile, is not put in again: it may look otherwise by now. A
// cursor before the one that was asked for is news: that server was set back to a copy of its database.
const known = (cursor, asked) => cursor <= Number(body.dataset.cursor) && cursor > asked;

function stand(message) {
  body.dataset.cursor = message.cursor ?? message.tick;
  document.dispatchEvent(new CustomEvent('live:cursor', { detail: body.dataset.cursor }));
  if (message.content !== undefined) document.dispatchEvent(new CustomEvent('live:told'));
}

// A message that came by another way than the socket. The cursor moves only after the swap: if the page dies in
// between, the message is asked for again.
export async function take(message, asked) {
  if (message.now) hear(message.now);
  if (message.content !== undefined) {
    if (known(message.cursor, asked)) return;
    const live = document.getElementById('live');
    await htmx.swap({ sourceElement: live, target: live, swap: 'none swapEmpty:false', text: message.content, transition: false });
  }
  stand(message);
}

// A socket comes back where the page stands, so it is told only what it missed.
const resume = (connection) => {
  const url = new URL(connection.url, location.href.replace(/^http/, 'ws'));
  url.searchParams.set('after', body.dataset.cursor);
  connection.url = url.href;
};

document.addEventListener('htmx:ws:before:connection', ({ detail }) => {
  resume(detail.connection);
  resumed = Number(body.dataset.cursor);
});
document.addEventListener('htmx:ws:after:connection', () => {
  heard = performance.now();
  socketIs(true);
  state('up');
});
document.addEventListener('htmx:ws:close', ({ detail }) => {
  heard = performance.now();
  if (detail.code === 4404 || body.dataset.connection === 'gone') return isGone();
  if (detail.code === 4401) state('off');
  else if (body.dataset.connection !== 'slow') state('down');
  socketIs(false);
});

document.addEventListener('htmx:ws:before:message:incoming', ({ detail }) => {
  heard = performance.now();
  state('up');
  detail.waitUntil(detail.message.json().then((message) => {
    detail.message.told = message;
    if (message.now) hear(message.now);
    if (message.content !== undefined && known(message.cursor, resumed)) detail.cancelled = true;
  }));
});
document.addEventListener('htmx:ws:after:message:incoming', ({ detail }) => {
  if (!detail.message.told) return;
  stand(detail.message.told);
  resume(detail.connection);
});

// Half-open networks tell nobody. The server ticks every ten seconds; a page that heard nothing for longer opens a
// new socket, by putting a copy of its element in place of the old one. Nor does anybody answer a goodbye there, and a
// browser waits a minute for that: a socket that is not closed after a moment is taken as gone.
const CLOSES = 3_000;
let closing = 0; // since when
const says = () => document.getElementById('live')?._htmx?.ws?.connection?.socket?.readyState;
const rests = () => document.hidden && body.dataset.view === 'floor'; // A phone in a pocket needs no socket.

function look() {
  if (ended() || !document.getElementById('live')) return;
  const now = performance.now();
  closing = says() === WebSocket.CLOSING ? closing || now : 0;
  const hangs = closing && now - closing >= CLOSES;
  if (rests() || (!hangs && now - heard < silence())) return;
  heard = now;
  closing = 0;
  if (body.dataset.connection !== 'slow') state('down');
  socketIs(false);
  reconnect();
}
setInterval(look, 1_000);
document.addEventListener('visibilitychange', look);

export function reconnect() {
  const old = document.getElementById('live');
  if (!old) return; // A page that is not followed.
  const fresh = old.cloneNode(true);
  fresh.removeAttribute('data-htmx-powered');
  old.replaceWith(fresh);
  htmx.process(fresh);
}

addEventListener('online', reconnect);
// hx-ws closes for good when a page is put into the back/forward cache.
addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
