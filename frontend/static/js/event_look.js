// What of an event's look stands outside of its pushed parts, its colours and the page's title, follows the frame.
const root = document.documentElement;
const frame = () => document.getElementById('frame');
let called = frame()?.dataset.event;
let titled = document.title;

export const title = () => titled;

function follow() {
  const { accent, brand, event } = frame()?.dataset ?? {};
  if (accent !== undefined && root.dataset.accent !== accent) root.dataset.accent = accent;
  if (brand !== undefined) dress(brand);
  if (event === undefined || event === called) return;
  if (titled.startsWith(called)) titled = event + titled.slice(called.length);
  document.title = titled;
  called = event;
}

// The sheet of before holds until the new one is there; one that could not be had is asked for again with the next news.
function dress(href) {
  const worn = () => [...document.querySelectorAll('link[data-brand]')];
  if (worn().some((link) => link.getAttribute('href') === href)) return;
  const others = worn();
  const undress = () => others.forEach((link) => link.remove());
  if (!href) return undress();
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.dataset.brand = '';
  link.href = href;
  link.addEventListener('load', undress);
  link.addEventListener('error', () => link.remove());
  document.head.append(link);
}
document.addEventListener('live:told', follow);
