// A series: times where the reader is, and the box to practise in. What is written there goes nowhere.
import './local_times.js';

const box = document.getElementById('practice');
const button = document.getElementById('practise');
const list = document.getElementById('practised');
if (button) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const words = box.value.trim();
    if (!words) return box.focus();
    const post = document.createElement('li');
    post.className = 'how-post is-mine';
    const me = document.createElement('strong');
    me.textContent = list.dataset.me;
    const said = document.createElement('span');
    said.textContent = [words, list.dataset.tag].filter(Boolean).join(' ');
    post.append(me, ' ', said);
    list.replaceChildren(post);
  });
}
