// How long ago, and how many: the server's parts hold only times and numbers, so that they are the same for everybody.
import { now } from './clock.js';
import { title } from './event_look.js';
import { since } from './spoken_times.js';

const LATE = 300;
const more = document.querySelector('.desk-more');
const chosen = document.querySelector('.desk').dataset.list;
const limit = Number(document.querySelector('.desk-list').dataset.limit);

function tick() {
  for (const time of document.querySelectorAll('time[data-age]')) {
    const seconds = Math.max(0, (now() - new Date(time.dateTime)) / 1000);
    const text = since(seconds);
    if (time.textContent !== text) time.textContent = text;
    time.closest('.desk-oldest')?.classList.toggle('late', seconds > LATE);
  }
  for (const post of document.querySelectorAll('.desk-list > [data-shows-at]')) {
    const label = post.querySelector('.countdown-left');
    const left = Math.ceil((new Date(post.dataset.showsAt) - now()) / 1000);
    const text = left > 0 ? label.dataset.words.replace('{n}', left) : label.dataset.now;
    if (label.textContent !== text) label.textContent = text;
    post.classList.toggle('soon', left <= 10);
  }
  const count = (name) => Number(document.querySelector(`#counts [data-list="${name}"] strong`).textContent);
  const waiting = count('held');
  const fresh = waiting ? `(${waiting}) ${title()}` : title();
  if (document.title !== fresh) document.title = fresh;
  if (!more) return;
  more.hidden = count(chosen) <= limit;
  // One goes on after what stands last by now.
  const last = [...document.querySelectorAll('.desk-list > .post')].pop()?.dataset.order;
  const onward = more.querySelector('a');
  const asked = last ? `?list=${chosen}&after=${last}` : `?list=${chosen}`;
  if (onward.getAttribute('href') !== asked) onward.setAttribute('href', asked);
}

setInterval(tick, 1_000);
document.addEventListener('live:cursor', tick);
tick();
