// The boot file of every page. One module graph: htmx must not look at the page before hx-ws is registered.
import './old_browsers.js';
import './vendor.js';
import './our_answers.js';
import './place_in_list.js';
import './live.js';
import './event_look.js';
import './polling.js';
import './toasts.js';

// A picture that cannot be had leaves its place to the initial, or to the words. One may have failed before we looked,
// and a push takes the mark away.
const lacks = (image) => (image.closest('.avatar') ? image.remove() : image.closest('.photo')?.classList.add('missing'));
const look = () => {
  for (const image of document.querySelectorAll('.avatar img, .photo:not(.missing) img')) {
    if (image.complete && !image.naturalWidth && image.currentSrc) lacks(image);
  }
};
document.addEventListener('error', ({ target }) => target.tagName === 'IMG' && lacks(target), true);
new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributeFilter: ['class'] });
look();
