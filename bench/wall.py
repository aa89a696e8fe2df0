"""What a wall costs its browser while posts arrive, beside an empty page.

    bin/bench wall [--seconds N] [--rounds N]

The goal is a frame time of at most 1.5 times the empty page's, at 1080p and at 4K. Both pages are measured by turns, so
that what else the machine does meets both. It says of each whether the goal is met, and ends with 1 if one is missed.
"""

import argparse
import statistics
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.incoming import Byline, Incoming
from app.settings import Settings
from bench.processes import progress
from tests.browser.conftest import QUIET, chromium
from tests.running import Running, ThreadedServer

SIZES = {"1080p": (1920, 1080), "4K": (3840, 2160)}
EVERY = 0.6
KEY = "only-for-measuring-7fQ2xW9cLr4Tz0bVk3"
GOAL = 1.5
SENTENCE = "What people said about care at home and on the ward when nobody was listening to them for once. "
FRAMES = """
(seconds) => new Promise((done) => {
  const times = [];
  const began = performance.now();
  requestAnimationFrame(function frame(now) {
    times.push(now);
    if (now - began < seconds * 1_000) requestAnimationFrame(frame);
    else done(times.slice(1).map((time, place) => time - times[place]));
  });
})
"""
COSTS = ("RecalcStyleDuration", "LayoutDuration", "ScriptDuration")


@dataclass(frozen=True)
class Row:
    """One size of wall: how many times an empty page's frame one of it takes, and its line of the table."""

    name: str
    times: float
    line: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        threaded = ThreadedServer(Settings(_env_file=None, data_dir=Path(data), secret_key=KEY))  # type: ignore[call-arg]
        running = threaded.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        rows = [_measure(browser, running, name, wanted.seconds, wanted.rounds) for name in SIZES]
        browser.close()
        threaded.stop()
    print("\n| screen | empty page, ms a frame | posts arriving | times (goal 1.5) | style + layout + script, ms |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for row in rows:
        print(row.line)
    print()
    for row in rows:
        said = "met" if row.times <= GOAL else "MISSED"
        print(f"{row.name}: goal {said}: {row.times:.2f} times an empty page's frame, at most {GOAL} wanted")
    if any(row.times > GOAL for row in rows):
        raise SystemExit(1)


def _measure(browser: Browser, running: Running, name: str, seconds: float, rounds: int) -> Row:
    progress(f"{name}: {rounds} rounds of {seconds:g} s each")
    wide, high = SIZES[name]
    context = browser.new_context(viewport={"width": wide, "height": high})
    empty, wall = context.new_page(), context.new_page()
    empty.set_content("<!doctype html><title>Empty</title>")
    for number in range(30):
        _say(running, f"{name}-{number}")
    wall.goto(running.link(Role.SCREEN))
    wall.wait_for_selector('body[data-connection="up"]')
    costs = context.new_cdp_session(wall)
    costs.send("Performance.enable")
    resting: list[float] = []
    busy: list[float] = []
    spent, arrivals = [0.0] * len(COSTS), 0
    for turn in range(rounds):
        empty.bring_to_front()
        resting += empty.evaluate(FRAMES, seconds)
        wall.bring_to_front()
        before = _costs(costs)
        frames, came = _while_posts_arrive(wall, running, f"{name}-{turn}", seconds)
        busy += frames
        arrivals += came
        spent = [sofar + after - start for sofar, after, start in zip(spent, _costs(costs), before, strict=True)]
    context.close()
    least, most = statistics.mean(resting), statistics.mean(busy)
    one = " + ".join(f"{1000 * cost / arrivals:.1f}" for cost in spent)
    line = f"| {name} | {least:.1f} | {most:.1f} | {most / least:.2f} | {one} |"
    return Row(name, most / least, line)


def _while_posts_arrive(wall: Page, running: Running, name: str, seconds: float) -> tuple[list[float], int]:
    wall.evaluate(f"() => {{ window.frames_seen = ({FRAMES})({seconds}); }}")
    came = round(seconds / EVERY) - 1
    for number in range(came):
        _say(running, f"{name}-{number}-live")
        wall.wait_for_timeout(EVERY * 1000)
    frames: list[float] = wall.evaluate("() => window.frames_seen")
    return frames, came


def _say(running: Running, ref: str) -> None:
    now = datetime.now(UTC)
    length = (40, 120, 260, 420)[sum(map(ord, ref)) % 4]
    post = Incoming("x", ref, Byline("nia_rees", "Nia Rees"), (SENTENCE * 5)[:length] + ref, now)
    post_id = running.do(receive, running.event.id, post, at=now).post_id
    running.do(approve, post_id, by=Actor("Asha"), at=now)


def _costs(session: CDPSession) -> list[float]:
    told: dict[str, Any] = session.send("Performance.getMetrics")
    named = {metric["name"]: float(metric["value"]) for metric in told["metrics"]}
    return [named[name] for name in COSTS]


if __name__ == "__main__":
    main()
