"""What a scene does wrong as a picture: cut, over another, too small to be read from afar, off the edge."""

from playwright.sync_api import Page

from tests.browser.layout import faults
from tests.browser.wall_picture import LEAST, MARGIN

STILL = """() => document.fonts.status === 'loaded' && [...document.images].every((one) => one.complete)
  && document.getAnimations().every((one) => one.playState === 'finished')"""
CUT_BY_DESIGN = (
    "div#posts",
    "ul.band-sponsors",
    "div.wall-side",
    ".onstage-next",
    ".name",
    "cut in bdi",
    "cut in p.text",
    "cut in p.scene-title",
    "cut in li",
    "cut in p.onstage-text",
)
"""Names keep two lines; a text that is too long says that it goes on, or keeps its first lines."""
FINDS = """([margin, least]) => {
  const wide = innerWidth, high = innerHeight, size = least * Math.min(wide, high);
  const found = [];
  const name = (element) => element.tagName.toLowerCase() + [...element.classList].map((one) => '.' + one).join('');
  const scene = document.getElementById('scene');
  const places = ['#scene', '#band', ...(scene.dataset.place === 'stage' ? ['#onstage'] : [])];
  let texts = 0;
  for (const root of places.map((one) => document.querySelector(one)).filter((one) => !one.hidden)) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true }) || element.closest('svg, .visually-hidden')) continue;
      texts += 1;
      for (const word of node.data.matchAll(/[^\\s\\-\\/·]+/g)) {
        if (word[0].length > 12) continue;
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((one) => Math.round(one.top))).size > 1) found.push(`broken: ${word[0]}`);
      }
      if (parseFloat(getComputedStyle(element).fontSize) < size - 0.5) found.push(`too small: ${name(element)} ${node.data.trim().slice(0, 30)}`);
    }
    const { left, top, right, bottom } = root.getBoundingClientRect();
    if (left < wide * margin - 1 || top < high * margin - 1 || right > wide * (1 - margin) + 1 || bottom > high * (1 - margin) + 1) found.push(`outside: ${root.id}`);
  }
  if (!texts && scene.dataset.place !== 'none') found.push('nothing is shown');
  const boxes = ['#scene:not([hidden])', '#band:not([hidden])', '#onstage:not([hidden])', '.wall-side', '.wall-feed']
    .map((one) => document.querySelector(one)).filter((one) => one?.checkVisibility({ visibilityProperty: true }));
  for (const [place, one] of boxes.entries()) for (const other of boxes.slice(place + 1)) {
    if ([one, other].some((box) => box.id === 'onstage') && [one, other].some((box) => box.matches('.wall-feed'))) continue;
    const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) found.push(`${name(one)} over ${name(other)}`);
  }
  return [...new Set(found)];
}"""


def faults_of_the_scene(page: Page, size: tuple[int, int]) -> list[str]:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function(STILL)
    found: list[str] = page.evaluate(FINDS, [MARGIN, LEAST])
    return found + [one for one in faults(page) if not any(part in one for part in CUT_BY_DESIGN)]
