// Both are imported here, statically: htmx's ES build puts itself on `window`, where its extension looks for it.
import htmx from '../vendor/htmx.esm.min.js';
import '../vendor/hx-ws.min.js';

export default htmx;
