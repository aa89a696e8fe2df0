"""Puts pictures of screens on one sheet, by screen, each with what it shows; the browser draws it."""

import base64
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page

WIDE = 2_000
STYLE = """
body { margin: 0; padding: 40px; background: #e9e6df; color: #17282b; font: 600 19px/1.3 Inter, system-ui, sans-serif; }
h2 { margin: 30px 0 12px; font-size: 30px; }
h2:first-child { margin-top: 0; }
section { display: flex; flex-wrap: wrap; gap: 22px 20px; align-items: end; }
figure { margin: 0; }
img { display: block; height: var(--high); border-radius: 8px; box-shadow: 0 1px 5px rgb(0 0 0 / 0.3); }
figcaption { max-width: 100%; padding: 6px 2px 0; font-size: 16px; font-weight: 500; }
"""


def shot(page: Page, *, quality: int, whole: bool = False) -> bytes:
    """A picture as WebP, a quarter of the size of a PNG."""
    session = page.context.new_cdp_session(page)
    wanted = {"format": "webp", "quality": quality, "captureBeyondViewport": whole}
    if whole:
        high = page.evaluate("document.documentElement.scrollHeight")
        wanted["clip"] = {"x": 0, "y": 0, "width": WIDE, "height": high, "scale": 1}
    return base64.b64decode(session.send("Page.captureScreenshot", wanted)["data"])


def sheet(browser: Browser, groups: Mapping[str, Sequence[Path]], high: Mapping[str, int], out: Path) -> None:
    """One picture of all: a heading for each screen, under each picture its state."""
    parts = [f"<style>{STYLE}</style>"]
    for group, pictures in groups.items():
        parts.append(f'<h2>{escape(group.capitalize())}</h2><section style="--high: {high[group]}px">')
        for picture in pictures:
            encoded = base64.b64encode(picture.read_bytes()).decode()
            state = escape(picture.stem.removeprefix(group).replace("-", " ").strip() or "full")
            parts.append(
                f'<figure><img src="data:image/webp;base64,{encoded}"><figcaption>{state}</figcaption></figure>'
            )
        parts.append("</section>")
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.set_content("".join(parts))
    out.write_bytes(shot(page, quality=52, whole=True))
    page.context.close()
