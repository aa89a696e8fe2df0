"""What a wall does wrong as a picture: something lies over another, is cut, set too small, or outside the margins."""

from playwright.sync_api import Page

LAYOUTS = [
    (1920, 1080),
    (3840, 2160),
    (1280, 720),
    (1440, 900),
    (1024, 768),
    (1280, 1024),
    (1080, 1920),
    (2560, 1080),
]
MARGIN = 0.05
LEAST = 28 / 1080
"""The smallest type, as a share of the shorter side; its capitals are a 54th of it."""
STILL = """() => (document.getElementById('posts').dataset.placed !== undefined || document.querySelector('.wall').dataset.cards === '0')
  && document.fonts.status === 'loaded' && document.getAnimations().every((one) => one.playState === 'finished')"""

FINDS = """
([margin, least]) => {
  const found = [];
  const wide = innerWidth, high = innerHeight, size = least * Math.min(wide, high);
  const name = (element) => element.tagName.toLowerCase() + (element.id ? '#' + element.id : '') + [...element.classList].map((one) => '.' + one).join('');
  const blank = !document.getElementById('holding').hidden;
  const root = blank ? document.getElementById('holding') : document.querySelector('.wall');
  const staged = !document.getElementById('onstage').hidden;
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !(staged && element.closest('.wall-feed'));
  const inside = ({ left, top, right, bottom }) => left >= wide * margin - 1 && right <= wide * (1 - margin) + 1
    && top >= high * margin - 1 && bottom <= high * (1 - margin) + 1;

  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !seen(element) || element.closest('.visually-hidden')) continue;
    const words = node.data.trim().slice(0, 30);
    if (parseFloat(getComputedStyle(element).fontSize) < size - 0.5 && !element.closest('svg')) found.push(`too small: ${name(element)} ${words}`);
    const box = element.closest('.post, .question, .wall-side, .wall-holding, .wall-empty')?.getBoundingClientRect();
    const clipped = element.closest('.post .name, .post .text, .onstage-text');
    const range = document.createRange();
    range.selectNodeContents(node);
    // A line's box is higher than its letters.
    const letters = parseFloat(getComputedStyle(element).fontSize) * 0.8;
    for (const { left, right, top, bottom, width } of range.getClientRects()) {
      const air = Math.max(0, (bottom - top - letters) / 2);
      const line = { left, right, top: top + air, bottom: bottom - air };
      if (width < 1 || clipped) continue;
      if (!inside(line)) found.push(`outside: ${name(element)} ${words}`);
      if (box && (line.left < box.left - 1 || line.right > box.right + 1 || line.bottom > box.bottom + 1)) found.push(`cut: ${name(element)} ${words}`);
    }
  }
  if (blank) return found;

  const PIECES = 'h1, .frame-tag, .frame-when, .frame-talk, .frame-speakers, .frame-next, .wall-clock, .frame-code, .frame-call, .frame-address, '
    + '#posts > .post, .onstage .question, .wall-invitation, .wall-empty-code, .wall-offline';
  const pieces = [...document.querySelectorAll(PIECES)].filter(seen).map((element) => [element, element.getBoundingClientRect()]);
  for (const [place, [one, a]] of pieces.entries()) {
    if (!inside(a)) found.push(`outside: ${name(one)}`);
    for (const [other, b] of pieces.slice(place + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 1) found.push(`${name(one)} over ${name(other)}`);
    }
  }
  const lines = (element) => element.getBoundingClientRect().height / parseFloat(getComputedStyle(element).lineHeight);
  for (const [card] of pieces.filter(([element]) => element.matches('.post, .question'))) {
    if (card.scrollHeight > card.clientHeight + 1) found.push(`hides a part of itself: ${name(card)}`);
    const called = card.querySelector('.name bdi');
    if (lines(called) > 2.2) found.push(`a name of ${lines(called)} lines: ${name(card)}`);
    for (const text of card.querySelectorAll(':scope > .text, :scope > .as-posted > .text, .onstage-text')) {
      const told = (card.closest('.onstage') ?? card).dataset.begins;
      if (told === 'out') {
        if (text.getClientRects().length) found.push(`shown in part: ${name(card)}`);
        if (!card.querySelector('.onstage-out').getClientRects().length) found.push(`says nothing: ${name(card)}`);
        continue;
      }
      const begins = told !== undefined;
      const goesOn = card.querySelector('.goes-on, .onstage-goes-on');
      if (begins && getComputedStyle(goesOn).display === 'none') found.push(`does not say that it goes on: ${name(card)}`);
      const hides = getComputedStyle(text).overflowY !== 'visible' && text.scrollHeight > text.clientHeight + 2;
      if (!begins && hides) found.push(`cut: ${name(card)}`);
    }
  }
  for (const always of ['.frame-code svg', '.frame-address', 'h1']) {
    const box = document.querySelector(always).getBoundingClientRect();
    if (box.width < 1 || box.height < 1) found.push(`not there: ${always}`);
  }
  const code = document.querySelector('.frame-code svg').getBoundingClientRect();
  if (Math.min(code.width, code.height) < 0.13 * Math.min(wide, high)) found.push('the code is too small');
  return [...new Set(found)];
}
"""


def faults_of_the_wall(page: Page, size: tuple[int, int]) -> list[str]:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function(STILL)
    found: list[str] = page.evaluate(FINDS, [MARGIN, LEAST])
    return found
