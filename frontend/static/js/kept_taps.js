// What is tapped is kept, in order, until the server has it: without a network, too. Each tap has a name, under which it
// is done once, and says where its page stood in the log: what others decided since is not undone by it.
import { ask } from './our_answers.js';
import { counted } from './counted_words.js';
import { add, alone, drop, freshName, put, stay, tablet, waiting } from './taps_queue.js';

const MOST = 200;
const GOOD_FOR = 1_800_000; // Milliseconds: what was tapped longer ago was about another talk.
const TRIES = 3; // So often a tap may meet a fault of the server; then the others go on without it.
const HAS_AN_OPPOSITE = /^\/questions\/\d+\/(stage|answer|dismissal|opening|star)$/;
const DELETES = '_method=DELETE';

function tell() {
  const number = waiting().length;
  const box = document.getElementById('taps-waiting');
  box.hidden = number === 0;
  box.textContent = number ? counted(box.dataset.waiting, number) : '';
  if (!number) document.querySelectorAll('.pending').forEach((one) => one.classList.remove('pending'));
}

export function note(words, kind = 'refused') {
  const toast = Object.assign(document.createElement('div'), { className: `toast ${kind}` });
  toast.append(Object.assign(document.createElement('p'), { textContent: words }));
  document.getElementById('toasts').append(toast);
}

const filled = (form, button) => String(new URLSearchParams(button ? new FormData(form, button) : new FormData(form)));

// An undo is of the last tap that waits still, whatever it was, by its own name: never of what was done before it. What
// has not left this tablet is just forgotten.
const isUndo = (url) => url.pathname.endsWith('/stage/undo');
function meant(form, taps) {
  const url = new URL(form.action);
  if (!isUndo(url)) return { url: url.href };
  const last = [...taps].reverse().find((tap) => !tap.of && !isUndo(new URL(tap.url)) && !taps.some((other) => other.of === tap.key));
  if (!last) return { url: url.href };
  const back = new URL(last.url);
  if (HAS_AN_OPPOSITE.test(back.pathname)) {
    back.search = back.search.includes(DELETES) ? '' : DELETES;
    return { url: back.href, of: last.key };
  }
  return last.sent ? { url: url.href, of: last.key, body: `of=${last.key}` } : { forgets: last };
}

// Takes the forms inside `page`, which says in its data-… what cannot be done; what a form is `about` looks pending until
// it is.
export function keepTaps(page, about, done = () => {}) {
  let busy = false;
  const words = document.querySelector(page).dataset;
  const pend = (pressed) => (pressed.closest(about) ?? pressed.closest('form')).classList.add('pending');
  document.addEventListener('submit', (event) => {
    const form = event.target.closest(`${page} form`);
    if (!form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const taps = waiting();
    const { forgets, ...tap } = meant(form, taps);
    if (forgets) {
      drop(forgets);
      return tell();
    }
    if (taps.length >= MOST) return note(words.full);
    pend(event.submitter ?? form);
    add({ body: filled(form, event.submitter), ...tap, key: freshName(), after: document.body.dataset.cursor, at: Date.now() });
    tell();
    done(form);
    flush();
  }, true);

  const refused = new Set();
  let told = []; // What was refused in one go is told in one note.
  async function send(tap) {
    const ago = Math.max(0, Math.round((Date.now() - tap.at) / 1_000));
    const headers = { Accept: 'application/json', Tap: `${tablet} ${tap.key} ${tap.after}`, 'Tap-Waited': `${ago}` };
    const sent = { ...tap, sent: true };
    put(sent);
    const answer = await ask(tap.url, { method: 'POST', headers, body: new URLSearchParams(tap.body ?? '') });
    if (answer.status === 503 || answer.status === 429) return false;
    const tries = (tap.tries ?? 0) + 1;
    if (answer.status >= 500 && tries < TRIES) {
      put({ ...sent, tries });
      return false;
    }
    if (!answer.ok) {
      refused.add(tap.key);
      told.push(answer.told.detail ?? answer.told.said ?? words.refused);
    }
    return true;
  }
  async function sendAll() {
    const late = waiting().filter(({ at }) => Date.now() - at > GOOD_FOR);
    if (late.length) {
      late.forEach(drop);
      tell();
      note(words.late);
    }
    for (let [tap] = waiting(); tap; [tap] = waiting()) {
      stay();
      // What was not done need not be undone.
      if (!(tap.of && refused.has(tap.of)) && !await send(tap)) break;
      drop(tap);
      tell();
    }
  }
  async function flush() {
    if (busy || !waiting().length) return;
    busy = true;
    try { await alone(sendAll); } catch { /* still away; the next sign of life sends the rest */ } finally {
      if (told.length) note(told.join('\n'));
      told = [];
      busy = false;
    }
  }
  document.addEventListener('live:state', ({ detail }) => { if (detail === 'up' || detail === 'slow') flush(); });
  addEventListener('online', flush);
  addEventListener('storage', tell); // Another page of this browser has tapped, or sent.
  setInterval(flush, 3_000);
  // What waits since before this page was loaded looks so, too.
  const stand = waiting().filter((tap) => !waiting().some(({ of }) => of === tap.key));
  for (const form of document.querySelectorAll(`${page} form`)) {
    if (stand.some(({ url, body }) => url === form.action && body === filled(form))) pend(form);
  }
  tell();
  flush();
}
