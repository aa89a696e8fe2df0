// The remote: every tap is kept until the server has it, in order, and the phone stays awake.
import './app.js';
import { keepTaps, note } from './kept_taps.js';
import { keepThisPage } from './kept_page.js';
import { stayAwake } from './stay_awake.js';
import { tellTimeLeft } from './time_left.js';

const said = document.querySelector('.remote').dataset.said;
keepTaps('.remote', '.remote-post, .remote-onstage, .backstage-word', (form) => {
  if (form.id !== 'announce') return;
  form.reset();
  note(said, '');
});
tellTimeLeft();
keepThisPage();
stayAwake();
