// The boot file of every page. One module graph: htmx must not look at the page before hx-ws is registered.
import './vendor.js';
import './place.js';
import './live.js';
import './toasts.js';
