// What of an event's look stands outside of its pushed parts, the colour and the page's title, follows the frame.
const root = document.documentElement;
const frame = () => document.getElementById('frame');
let called = frame()?.dataset.event;
let titled = document.title;

export const title = () => titled;

function follow() {
  const { accent, event } = frame()?.dataset ?? {};
  if (accent !== undefined && root.dataset.accent !== accent) root.dataset.accent = accent;
  if (event === undefined || event === called) return;
  if (titled.startsWith(called)) titled = event + titled.slice(called.length);
  document.title = titled;
  called = event;
}
document.addEventListener('live:told', follow);
