"""How light each screen is, cold, straight from our server, and how soon it can be used on a slow network.

`bin/bench cold` opens the floor, wall, stage and desk of the demo, each in a browser that has seen nothing, with
400 kbit/s and 300 ms to the first byte of every answer, as Chromium emulates them.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from app.domain.access import Role
from app.settings import Settings
from bench.screenshots import furnish_demo
from bench.yardstick import yardstick
from tests.browser.cold import SLOW, visit
from tests.browser.conftest import QUIET, chromium
from tests.running import ThreadedServer

SCREENS = {None: "floor", Role.SCREEN: "wall", Role.SPEAKER: "stage", Role.MODERATOR: "desk"}


def measure(browser: Browser, addresses: dict[Role | None, str], runs: int) -> None:
    """The median visit of each screen, as a table."""
    print("| screen | requests | KB | of that | usable, ms | live, ms |\n| --- | ---: | ---: | --- | ---: | ---: |")
    for role, name in SCREENS.items():
        visit(browser, role, addresses[role])  # the first reader of a process waits for its templates
        visits = sorted((visit(browser, role, addresses[role], SLOW) for _ in range(runs)), key=lambda one: one.usable)
        seen = visits[runs // 2]
        kinds = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in seen.kinds.most_common())
        print(f"| {name} | {seen.requests} | {seen.size / 1000:.1f} | {kinds} | {seen.usable:.0f} | {seen.live:.0f} |")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    asked = options.parse_args()
    print(yardstick())
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        settings = Settings(_env_file=None, data_dir=Path(data), secret_key="bench-7fQ2xW9cLr4Tz0bVk3Hn8sYd6Jm")  # type: ignore[call-arg]
        threaded = ThreadedServer(settings)
        threaded.start()
        event, links = threaded._on_loop(furnish_demo(threaded))
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        measure(browser, {**links, None: f"{settings.public_url}/e/{event.slug}"}, asked.runs)
        browser.close()
        threaded.stop()


if __name__ == "__main__":
    main()
