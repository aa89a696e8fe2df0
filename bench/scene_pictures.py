"""Every scene of the wall, with little, full and hostile content, on screens of four shapes; one sheet of all."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser

from app.domain.access import Role
from bench.screen_states import HD, OLD, STILL, UHD, UPRIGHT, Size
from bench.sheet import sheet, shot
from tests.browser.scene_contents import AMOUNTS, SCENES
from tests.running import Running, ThreadedServer, furnish

SHAPES: dict[str, Size] = {"1080p": HD, "4K": UHD, "4-3": OLD, "portrait": UPRIGHT}
HIGH = 200


def picture_scenes(browser: Browser, threaded: ThreadedServer, running: Running, folder: Path, out: Path) -> None:
    by_scene: dict[str, list[Path]] = {name: [] for name in SCENES}
    for name, amount, server in events(threaded, running):
        SCENES[name](server, amount)
        page = browser.new_context(reduced_motion="reduce").new_page()
        page.goto(server.link(Role.SCREEN))
        page.wait_for_selector('body[data-connection="up"]')
        for shape, (width, height) in SHAPES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            page.wait_for_function(STILL)
            picture = folder / f"{name}-{amount}-{shape}.webp"
            picture.write_bytes(shot(page, quality=86))
            by_scene[name].append(picture)
        page.context.close()
        print(f"{name}, {amount}")
    sheet(browser, by_scene, dict.fromkeys(by_scene, HIGH), out)


def events(threaded: ThreadedServer, running: Running) -> Iterator[tuple[str, str, Running]]:
    """A fresh event for each scene and amount."""
    for name in SCENES:
        for amount in AMOUNTS:
            slug = f"{name}-{amount}".replace("_", "-")
            made = furnish(threaded.app.state.context.backchannel, slug)
            event, talk, links = threaded._on_loop(made)
            tokens = {role: link.token for role, link in links.items()}
            yield name, amount, replace(running, event=event, talk=talk, tokens=tokens)
