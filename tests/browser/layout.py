"""What a page does wrong with its texts: one is cut, or lies over another, or the page is wider than its window."""

from playwright.sync_api import Page

FINDS = """
() => {
  // What is not yet drawn, because nobody has scrolled to it, is looked at as it will be.
  const whole = new CSSStyleSheet();
  whole.replaceSync('* { content-visibility: visible !important; }');
  document.adoptedStyleSheets.push(whole);
  const clips = (style) => ['hidden', 'clip', 'auto', 'scroll'].includes(style.overflowX) || style.overflowY !== 'visible';
  const name = (element) => element.tagName.toLowerCase() + (element.id ? '#' + element.id : '')
    + [...element.classList].map((one) => '.' + one).join('');
  const ARROW = 16;
  const skipped = '.visually-hidden, [hidden], .toasts, dialog:not([open]), template, script, style, [data-out], noscript';

  // Where a text is seen: its lines, without what an ancestor cuts off.
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(skipped) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let lines = [...range.getClientRects()].map(({ left, top, right, bottom }) => ({ left, top, right, bottom }));
    let layer = '';
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (['absolute', 'fixed', 'sticky'].includes(style.position)) layer = layer || name(up);
      if (!clips(style) || style.display === 'inline') continue;
      const box = up.getBoundingClientRect();
      lines = lines.map((line) => ({
        left: Math.max(line.left, box.left), right: Math.min(line.right, box.right),
        top: Math.max(line.top, box.top), bottom: Math.min(line.bottom, box.bottom),
      })).filter((line) => line.right - line.left > 1 && line.bottom - line.top > 1);
    }
    texts.push({ node, element, layer, lines, words: node.data.trim().slice(0, 40) });
  }

  const found = [];
  if (document.scrollingElement.scrollWidth > innerWidth + 1) found.push(`the page is ${document.scrollingElement.scrollWidth} wide`);
  for (const { element, words } of texts) {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      const hides = ['hidden', 'clip'].includes(style.overflowX) && box.scrollWidth > box.clientWidth + 1;
      const sinks = ['hidden', 'clip'].includes(style.overflowY) && box.scrollHeight > box.clientHeight + 1;
      if ((hides || sinks) && style.display !== 'inline') { found.push(`cut in ${name(box)}: ${words}`); break; }
    }
    const button = element.closest('.button, .pill, button, select, th, td, kbd');
    if (!button) continue;
    const room = button.getBoundingClientRect();
    for (const line of texts.find((one) => one.element === element).lines) {
      if (line.right > room.right + 1 || line.left < room.left - 1) found.push(`out of ${name(button)}: ${words}`);
    }
  }
  // From the top down, so that each is held against those beside it only.
  const placed = texts.map((one, place) => ({
    ...one, place, top: Math.min(...one.lines.map((line) => line.top)), bottom: Math.max(...one.lines.map((line) => line.bottom)),
  })).filter((one) => one.lines.length).sort((a, b) => a.top - b.top);
  for (const [at, upper] of placed.entries()) {
    for (let next = at + 1; next < placed.length && placed[next].top < upper.bottom; next += 1) {
      const [one, other] = [upper, placed[next]].sort((a, b) => a.place - b.place);
      if (one.layer !== other.layer || one.element.contains(other.element) || other.element.contains(one.element)) continue;
      for (const a of one.lines) for (const b of other.lines) {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 2 && high > 6) found.push(`${name(one.element)} (${one.words}) over ${name(other.element)} (${other.words})`);
      }
    }
  }
  // What scrolls sideways is meant to only where the keyboard can do it, too.
  for (const box of document.querySelectorAll('body *')) {
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1;
    if (scrolls && box.checkVisibility() && !box.matches('textarea, pre, [role="region"][tabindex]')) found.push(`too wide: ${name(box)}`);
  }
  const pen = document.createElement('canvas').getContext('2d');
  for (const select of document.querySelectorAll('select')) {
    const style = getComputedStyle(select);
    pen.font = style.font;
    const words = select.selectedOptions[0]?.text ?? '';
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - ARROW;
    if (select.checkVisibility() && pen.measureText(words).width > room + 1) found.push(`cut in ${name(select)}: ${words}`);
  }
  document.adoptedStyleSheets.pop();
  return [...new Set(found)];
}
"""


def faults(page: Page) -> list[str]:
    found: list[str] = page.evaluate(FINDS)
    return found
