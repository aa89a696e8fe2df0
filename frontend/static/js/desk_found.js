// What a search found is looked up again when something changed; the lists that are pushed are the whole ones.
import htmx from './vendor.js';

const desk = document.querySelector('.desk');
const AT_MOST_EVERY = 1_500;
let due = 0;

if (desk.dataset.found !== undefined) {
  document.addEventListener('live:told', () => {
    if (due) return;
    due = setTimeout(() => {
      due = 0;
      htmx.ajax('GET', location.href, { target: '#found', swap: 'outerMorph' });
    }, AT_MOST_EVERY);
  });
}
for (const select of document.querySelectorAll('.desk-filters select')) {
  select.addEventListener('change', () => document.querySelector('.desk-filters button[form="find"]').click());
}
