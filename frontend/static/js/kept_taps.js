// What is tapped is kept, in order, until the server has it: without a network, too. Each tap has a name, under which it
// is done once, and says where its page stood in the log: what others decided since is not undone by it.
import { ask } from './our_answers.js';
import { counted } from './counted_words.js';

const { slug } = document.body.dataset;
const kept = `backchannel-taps-${slug}`;
const MOST = 200;
const GOOD_FOR = 1_800_000; // Milliseconds: what was tapped longer ago was about another talk.
const CAN_BE_UNDONE = /^\/questions\/\d+\/(stage|answer|dismissal|opening|star)$/;
const DELETES = '_method=DELETE';

const freshName = () => [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
let inMemory = []; // Where nothing can be kept.
function read() {
  try { return JSON.parse(localStorage.getItem(kept)) ?? inMemory; } catch { return inMemory; }
}
function write(taps) {
  inMemory = taps;
  try { localStorage.setItem(kept, JSON.stringify(taps)); } catch {
    try { localStorage.removeItem(kept); } catch { /* private mode */ } // What cannot be written anew must not be read.
  }
  tell(taps.length);
}
function tabletsName() {
  const name = `backchannel-tablet-${slug}`;
  try {
    if (!localStorage.getItem(name)) localStorage.setItem(name, freshName());
    return localStorage.getItem(name);
  } catch { return freshName(); }
}
const tablet = tabletsName();

function tell(waiting) {
  const box = document.getElementById('taps-waiting');
  box.hidden = waiting === 0;
  box.textContent = waiting ? counted(box.dataset.waiting, waiting) : '';
}
const settled = () => document.querySelectorAll('.pending').forEach((one) => one.classList.remove('pending'));

export function note(words, kind = 'refused') {
  const toast = Object.assign(document.createElement('div'), { className: `toast ${kind}` });
  toast.append(Object.assign(document.createElement('p'), { textContent: words }));
  document.getElementById('toasts').append(toast);
}

// An undo is of the last tap that waits still, by its own address: whatever else was settled meanwhile stays.
function meant(form, taps) {
  const url = new URL(form.action);
  if (!url.pathname.endsWith('/stage/undo')) return { url: url.href };
  const last = [...taps].reverse().find((tap) => !tap.of && CAN_BE_UNDONE.test(new URL(tap.url).pathname)
    && !taps.some((other) => other.of === tap.key));
  if (!last) return { url: url.href };
  const back = new URL(last.url);
  back.search = back.search.includes(DELETES) ? '' : DELETES;
  return { url: back.href, of: last.key };
}

// Takes the forms inside `page`, which says in its data-… what cannot be done; what a form is `about` looks pending until
// it is.
export function keepTaps(page, about, done = () => {}) {
  let busy = false;
  const words = document.querySelector(page).dataset;
  document.addEventListener('submit', (event) => {
    const form = event.target.closest(`${page} form`);
    if (!form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const taps = read();
    if (taps.length >= MOST) return note(words.full);
    ((event.submitter ?? form).closest(about) ?? form).classList.add('pending');
    const body = String(new URLSearchParams(new FormData(form, event.submitter)));
    write([...taps, { ...meant(form, taps), body, key: freshName(), after: document.body.dataset.cursor, at: Date.now() }]);
    done(form);
    flush();
  }, true);

  const refused = new Set();
  let told = []; // What was refused in one go is told in one note.
  async function send(tap) {
    const named = tap.key ? { Tap: `${tablet} ${tap.key} ${tap.after}` } : {};
    const headers = { Accept: 'application/json', ...named };
    const answer = await ask(tap.url, { method: 'POST', headers, body: new URLSearchParams(tap.body ?? '') });
    if (answer.status >= 500 || answer.status === 429) return false;
    if (!answer.ok) {
      refused.add(tap.key);
      told.push(answer.told.detail ?? answer.told.said ?? words.refused);
    }
    return true;
  }
  async function flush() {
    if (busy) return;
    busy = true;
    try {
      const old = ({ at }) => Date.now() - at > GOOD_FOR;
      if (read().some(old)) {
        write(read().filter((tap) => !old(tap)));
        settled();
        note(words.late);
      }
      for (let [tap] = read(); tap; [tap] = read()) {
        // What was not done need not be undone.
        if (!refused.has(tap.of) && !await send(tap)) break;
        write(read().filter((other) => (tap.key ? other.key !== tap.key : other.at !== tap.at)));
        if (!read().length) settled();
      }
    } catch { /* still away; the next sign of life sends the rest */ } finally {
      if (told.length) note(told.join('\n'));
      told = [];
      busy = false;
    }
  }
  document.addEventListener('live:state', ({ detail }) => { if (detail === 'up' || detail === 'slow') flush(); });
  addEventListener('online', flush);
  setInterval(() => { if (read().length) flush(); }, 3_000);
  tell(read().length);
  flush();
}
