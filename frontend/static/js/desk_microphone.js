// Questions that are asked aloud: the form is emptied of the words that are stored, and of no others. What is sent again,
// because its answer was lost, goes under the key that it had; what is typed survives a reload.
const form = document.getElementById('microphone');
const { text, name, key } = form.elements;
const kept = `backchannel-microphone/${document.body.dataset.slug}`;
const freshKey = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function keep() {
  try { sessionStorage.setItem(kept, JSON.stringify({ text: text.value, name: name.value, key: key.value })); } catch { /* private mode */ }
}
form.addEventListener('input', keep);

document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  if (ctx.sourceElement === form) ctx.spoken = [text.value, name.value];
});
document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
  if (ctx.sourceElement !== form || ctx.response.status !== 200) return;
  if (text.value === ctx.spoken[0]) text.value = '';
  if (name.value === ctx.spoken[1]) name.value = '';
  key.value = freshKey();
  keep();
});

key.value = freshKey();
try {
  const found = JSON.parse(sessionStorage.getItem(kept));
  if (found?.text) [text.value, name.value, key.value] = [found.text, found.name, found.key];
} catch { /* broken or private */ }
