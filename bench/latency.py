"""From the click on approve to the change on the wall, in real browsers on loopback, with the share of each step.

Run with `bin/bench latency [--rounds N]`. Two pages of one Chromium: a desk and a wall. Times are of one clock
(`performance.timeOrigin`), the steps of the server are told by webhooks that only this program sets.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from app.actions.arrivals import receive
from app.domain.access import Role
from app.domain.incoming import Byline, Incoming
from app.live.audience import Audience
from app.live.feed import Feed
from app.settings import Settings
from bench.yardstick import yardstick
from tests.browser.conftest import QUIET, chromium
from tests.running import Running, ThreadedServer

STEPS = ("click to server", "transaction", "bell to rendered", "sent and swapped")


class Stopwatch:
    """Moments of one round, in milliseconds of the wall clock."""

    def __init__(self) -> None:
        self.moments: dict[str, float] = {}

    def note(self, name: str) -> None:
        self.moments.setdefault(name, time.time() * 1000)


def watch(server: ThreadedServer, clock: Stopwatch) -> None:
    """Wrap the two doors of the running server, so that they tell when they are used."""
    doors = server.app.state.context.backchannel
    write: Callable[..., Any] = doors.writers.run

    def timed_write(action: Any, args: Any, kwargs: Any) -> Any:
        approving = action.__name__ == "approve"
        if approving:
            clock.note("server")
        result = write(action, args, kwargs)
        if approving:
            clock.note("committed")
        return result

    doors.writers.run = timed_write
    told = Audience.told

    def timed_told(self: Audience, message: Any) -> None:
        if self.broadcast.view == "wall" and "post-" in message.text:
            clock.note("rendered")
        told(self, message)

    Audience.told = timed_told  # type: ignore[method-assign]
    assert isinstance(server.app.state.feed, Feed)


def arrive(server: Running, number: int) -> int:
    now = datetime.now(UTC)
    author = Byline(f"author_{number}", "Jo Hart")
    post = Incoming("x", str(number), author, f"Something worth saying, number {number}", now)
    return int(server.do(receive, server.event.id, post, at=now).post_id)


def one_round(server: Running, desk: Page, wall: Page, clock: Stopwatch, number: int) -> list[float]:
    """Milliseconds of each step, and of the whole."""
    post_id = arrive(server, number)
    desk.wait_for_selector(f"#post-{post_id}")
    wall.evaluate(
        """id => { window.seen = new Promise(done => {
            const look = new MutationObserver(() => { if (document.getElementById(id)) {
                look.disconnect(); done(performance.timeOrigin + performance.now()); } });
            look.observe(document.getElementById('posts'), {childList: true}); }); }""",
        f"post-{post_id}",
    )
    clock.moments.clear()
    clicked = desk.evaluate(
        """id => { const at = performance.timeOrigin + performance.now();
            document.querySelector(`#${id} [data-do="a"]`).click(); return at; }""",
        f"post-{post_id}",
    )
    shown = wall.evaluate("window.seen")
    at = [clicked, clock.moments["server"], clock.moments["committed"], clock.moments["rendered"], shown]
    return [*(later - earlier for earlier, later in pairwise(at)), shown - clicked]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    print(yardstick())
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        threaded = ThreadedServer(
            Settings(_env_file=None, data_dir=Path(data), secret_key="bench-7fQ2xW9cLr4Tz0bVk3Hn8sYd6Jm")
        )  # type: ignore[call-arg]
        server, clock = threaded.start(), Stopwatch()
        watch(threaded, clock)
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        desk, wall = browser.new_page(), browser.new_page()
        for page, role in ((desk, Role.MODERATOR), (wall, Role.SCREEN)):
            page.goto(server.link(role))
            page.wait_for_selector('body[data-connection="up"]')
        measured = []
        for number in range(rounds + 3):
            took = one_round(server, desk, wall, clock, number)
            if number >= 3:
                measured.append(took)
            print(f"\r{number + 1}/{rounds + 3}", end="", flush=True)
        browser.close()
        threaded.stop()
    print("\r", end="")
    report(measured)


def report(measured: list[list[float]]) -> None:
    whole = [took[-1] for took in measured]
    print("| step | median ms | share |\n| --- | ---: | ---: |")
    for step, name in enumerate(STEPS):
        median = statistics.median(took[step] for took in measured)
        print(f"| {name} | {median:.1f} | {median / statistics.median(whole):.0%} |")
    worst = sorted(whole)[int(len(whole) * 0.95) - 1]
    print(f"| **click to wall** | **{statistics.median(whole):.1f}** | p95 {worst:.1f} ms, {len(whole)} rounds |")


if __name__ == "__main__":
    main()
