// The front page works by plain forms; its address is made from its name while nobody has typed one.
import './copy.js';

const name = document.getElementById('name');
const slug = document.getElementById('slug');

const addressOf = (text) => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase()
  .replace(/[^a-z0-9]+/g, '-').slice(0, 40).replace(/^-+|-+$/g, '');

if (name && slug) {
  let own = slug.value !== '' && slug.value !== addressOf(name.value);
  slug.addEventListener('input', () => { own = slug.value !== ''; });
  name.addEventListener('input', () => { if (!own) slug.value = addressOf(name.value); });
}
