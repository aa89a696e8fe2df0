// The boot file of every page. One module graph: htmx must not look at the page before hx-ws is registered.
import './old_browsers.js';
import './vendor.js';
import './our_answers.js';
import './place_in_list.js';
import './live.js';
import './event_look.js';
import './polling.js';
import './toasts.js';

// A picture that cannot be had leaves its place to the initial, or to the words.
document.addEventListener('error', (event) => {
  if (event.target.matches?.('.avatar img')) event.target.remove();
  if (event.target.matches?.('.photo img')) event.target.closest('.photo').classList.add('missing');
}, true);
for (const image of document.querySelectorAll('.avatar img')) {
  if (image.complete && image.naturalWidth === 0) image.remove();
}
