// The boot file of every page. One module graph: htmx must not look at the page before hx-ws is registered.
import './old.js';
import './vendor.js';
import './ours.js';
import './place.js';
import './live.js';
import './look.js';
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
