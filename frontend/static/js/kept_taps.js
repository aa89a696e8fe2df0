// What is tapped without a network is kept, in order, and sent when it is back. Every move is idempotent.
import { ask } from './our_answers.js';

const kept = `backchannel-taps-${document.body.dataset.slug}`;
const MOST = 50;
const GOOD_FOR = 1_800_000; // Milliseconds: what was tapped longer ago was about another talk.
const read = () => { try { return JSON.parse(localStorage.getItem(kept)) ?? []; } catch { return []; } };
const write = (taps) => { try { localStorage.setItem(kept, JSON.stringify(taps.slice(-MOST))); } catch { /* private mode */ } };
const settled = () => document.querySelectorAll('.pending').forEach((one) => one.classList.remove('pending'));

export function note(words, kind = 'refused') {
  const toast = Object.assign(document.createElement('div'), { className: `toast ${kind}` });
  toast.append(Object.assign(document.createElement('p'), { textContent: words }));
  document.getElementById('toasts').append(toast);
}

// Takes the forms inside `page`, which says in data-late and data-refused what cannot be done; what a form is `about`
// looks pending until it is.
export function keepTaps(page, about, done = () => {}) {
  let busy = false;
  document.addEventListener('submit', (event) => {
    const form = event.target.closest(`${page} form`);
    if (!form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ((event.submitter ?? form).closest(about) ?? form).classList.add('pending');
    const sent = new FormData(form, event.submitter);
    write([...read(), { url: form.action, body: String(new URLSearchParams(sent)), at: Date.now() }]);
    done(form);
    flush();
  }, true);

  const words = document.querySelector(page).dataset;
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
      for (let taps = read(); taps.length; taps = read()) {
        const answer = await ask(taps[0].url, { method: 'POST', body: new URLSearchParams(taps[0].body ?? '') });
        if (answer.status >= 500 || answer.status === 429) break;
        write(read().slice(1));
        if (!answer.ok) note(answer.told.detail ?? answer.told.said ?? words.refused);
        if (!read().length) settled();
      }
    } catch { /* still away; the next sign of life sends the rest */ } finally {
      busy = false;
    }
  }
  document.addEventListener('live:state', ({ detail }) => { if (detail === 'up' || detail === 'slow') flush(); });
  addEventListener('online', flush);
  setInterval(() => { if (read().length) flush(); }, 3_000);
  flush();
}
