"""A browser of 2021: Chromium without what Safari 14 and Chrome 90 do not have."""

import re

from playwright.sync_api import BrowserContext, Route

from app.views.bundles import joined
from app.views.static_files import FRONTEND

MISSING = """
for (const [holder, names] of [
  [AbortSignal, ['timeout', 'any']], [globalThis, ['structuredClone', 'scheduler']], [Object, ['hasOwn', 'groupBy']],
  [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
  [String.prototype, ['at', 'isWellFormed']], [Array, ['fromAsync']], [Promise, ['withResolvers', 'try']],
  [Crypto.prototype, ['randomUUID']], [HTMLFormElement.prototype, ['requestSubmit']],
  [HTMLDialogElement.prototype, ['showModal', 'show', 'close']], [Document, ['parseHTMLUnsafe', 'parseHTML']],
  [Document.prototype, ['startViewTransition', 'moveBefore']], [Element.prototype, ['moveBefore', 'checkVisibility']],
  [DocumentFragment.prototype, ['moveBefore']], [SubmitEvent.prototype, ['submitter']], [Intl, ['Segmenter']],
  [Navigator.prototype, ['wakeLock']],
]) for (const name of names) if (holder) delete holder[name];

const supports = CSS.supports.bind(CSS);
CSS.supports = (...asked) => (asked.join().includes(':has') || asked.join().includes('oklch') ? false : supports(...asked));
for (const kind of [Element.prototype, Document.prototype, DocumentFragment.prototype]) {
  for (const name of ['querySelector', 'querySelectorAll', 'matches', 'closest']) {
    const real = kind[name];
    if (!real) continue;
    kind[name] = function (selector) {
      if (String(selector).includes(':has(')) throw new SyntaxError(`${selector} is not a valid selector`);
      return real.call(this, selector);
    };
  }
}
globalThis.FormData = class extends FormData {
  constructor(form) { super(form); } // Which button it was sent with was not asked before Chrome 112 and Safari 15.4.
};
const entries = performance.getEntriesByType.bind(performance);
performance.getEntriesByType = (kind) => (kind === 'navigation' ? [] : entries(kind));
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (name, listener, options) {
  const known = options && typeof options === 'object' ? { ...options, signal: undefined } : options;
  if (known && typeof known === 'object') delete known.signal;
  return listen.call(this, name, listener, known);
};
"""

UNKNOWN = (
    ("@layer", "@stratum"),
    ("oklch(", "perceived("),
    (":has(", ":holds("),
    ("dvh", "dvx"),
    ("@starting-style", "@first"),
)
"""What style sheets may say, as one says it to whom it means nothing."""

_TOO_NEW = re.compile(
    r"\bAbortSignal\.(?:timeout|any)|\bstructuredClone\b|\.at\(-|\.findLast|\.(?:toSorted|toReversed|toSpliced)\(|"
    r"\bObject\.(?:hasOwn|groupBy)\b|\brandomUUID\b|\.requestSubmit\(|\(\?<[=!]|:has\(|"
    r"(?<![\w.$])#[A-Za-z_]\w*\s*[(=;]|\bthis\.#|\bstatic\s*\{|^await |\bPromise\.withResolvers\b"
)
_ASKED_FIRST = ("CSS?.supports", "'selector(:has(*))'")


def too_new(script: str) -> list[str]:
    """What Safari 14 cannot read or does not have, unless the same line asks first whether it is there."""
    return [
        found[0]
        for line in script.splitlines()
        if not any(asked in line for asked in _ASKED_FIRST) and not line.lstrip().startswith("//")
        for found in _TOO_NEW.finditer(line)
    ]


def grow_old(context: BrowserContext) -> None:
    context.add_init_script(MISSING)
    context.route("**/*.css", _as_read)


def _as_read(route: Route) -> None:
    path = "css/" + route.request.url.partition("/css/")[2]
    text = joined(path, lambda part: (FRONTEND / "static" / part).read_text())
    for new, nothing in UNKNOWN:
        text = text.replace(new, nothing)
    route.fulfill(body=text, content_type="text/css")


LOOKS = """() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const drawn = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      known.set(colour, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const plain = ['display', 'fontSize', 'fontWeight', 'position', 'paddingTop', 'paddingLeft', 'marginTop', 'borderTopWidth',
    'borderTopLeftRadius'];
  return [...document.querySelectorAll('body, body *')].filter((one) => one.offsetParent && !one.closest('#looking')).map((one) => {
    const style = getComputedStyle(one);
    const { width, height } = one.getBoundingClientRect();
    return {
      place: String(one.id || one.className?.baseVal || one.className || one.tagName),
      looks: [Math.round(width), Math.round(height), ...plain.map((kind) => style[kind])].join(' '),
      colours: [style.color, style.backgroundColor, style.borderTopColor].flatMap(drawn),
    };
  });
}"""
"""All that is to be seen, but for who else is there: how large, how set, in which colours as a screen shows them."""
