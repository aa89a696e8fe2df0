"""What only we are asked: the heaviest storm, phones that come back, memory, idling, stalled phones, the desk."""

import json
import statistics
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.processes import memory, precise_cpu
from bench.rivals import Ours

Hall = Callable[..., Any]
Publish = Callable[..., dict[str, float]]


def storm50(load: Path, sockets: int, hall: Hall, publish: Publish) -> None:
    """50 posts a second: complete and in order?"""
    with hall(Ours, load, sockets) as (rival, room, _):
        publish(rival, room, 3, 5)
        told = publish(rival, room, 250, 50)
    print(
        f"\n50 posts/s for 5 s to {sockets} sockets: {told['deliveries']:.0f} deliveries, "
        f"missing {told['missing']:.0f}, repeated {told['repeated']:.0f}, "
        f"lost sockets {told['lost']:.0f}, p99 {told['p99_ms']:.0f} ms, "
        f"{told['cpu_us']:.2f} µs each"
    )


def comeback(load: Path, sockets: int, hall: Hall, publish: Publish) -> None:
    """All phones lose the network, miss posts, and come back at once."""
    for missed in (0, 5):
        with hall(Ours, load, sockets) as (rival, room, opened):
            publish(rival, room, 3, 5)
            stood = rival.path
            room.ask("drop")
            time.sleep(1)
            if missed:
                rival.prepare([time.time_ns() + number for number in range(missed)])
                for number in range(missed):
                    rival.publish(number)
                time.sleep(1)
            room.say(f"measure {missed} 60") if missed else None
            before, began = precise_cpu(rival.pid), time.monotonic()
            room.say(f"open {sockets} {stood}")
            answers = [room.answer() for _ in range(2 if missed else 1)]
            took = time.monotonic() - began
            time.sleep(0.5)
            each = (precise_cpu(rival.pid) - before) / sockets * 1e6
            told = next((one for one in answers if "missing" in one), None)
            caught = f", missing {told['missing']}, repeated {told['repeated']}" if told else ""
            back = next(one for one in answers if "open" in one)
            print(
                f"\n{sockets} sockets back after {missed} missed posts: {each:.0f} µs CPU each, {took:.2f} s in all, "
                f"failed {back['failed']}{caught} (first time: {opened['connect_us']:.0f} µs each)"
            )


def held_memory(load: Path, sockets: int, hall: Hall, publish: Publish) -> None:
    def small(folder: Path) -> Ours:
        made = Ours(folder)
        time.sleep(1)
        made.empty = memory(made.pid)  # type: ignore[attr-defined]
        return made

    with hall(small, load, sockets) as (rival, room, _):
        time.sleep(2)
        opened = memory(rival.pid)
        publish(rival, room, 20, 20)
        after = memory(rival.pid)
    print(
        f"\nmemory of the process for each of {sockets} sockets: {(opened - rival.empty) / sockets / 1024:.2f} KB, "
        f"after 20 posts {(after - rival.empty) / sockets / 1024:.2f} KB"
    )


def idle(load: Path, sockets: int, hall: Hall, publish: Publish) -> None:
    with hall(Ours, load, sockets) as (rival, room, _):
        publish(rival, room, 3, 5)
        time.sleep(3)
        room.say("measure 1 61")
        before = precise_cpu(rival.pid)
        time.sleep(60)
        used = precise_cpu(rival.pid) - before
        told = room.answer()
    print(f"\nidle with {sockets} sockets for 60 s: {used / 60 * 100:.2f} % of a core, {told['pings']} pings answered")


def stalled(load: Path, sockets: int, hall: Hall, publish: Publish) -> None:
    """A fifth of the phones stops reading: what the others notice, and what it holds."""
    found: dict[str, list[float]] = {"without": [], "with": []}
    grown = cut = 0.0
    for _ in range(3):
        for kind in found:
            with hall(Ours, load, sockets) as (rival, room, _):
                if kind == "with":
                    room.ask(f"stall {sockets // 5}")
                publish(rival, room, 3, 5)
                before = memory(rival.pid)
                told = publish(rival, room, 300, 20)
                found[kind].append(told["p99_ms"])
                if kind == "with":
                    grown = max(grown, (memory(rival.pid) - before) / 1e6)
                    cut = _metric(rival, "backchannel_cut_off_total")
                if told["missing"]:
                    print(f"MISSING {told['missing']:.0f} of {told['deliveries']:.0f}")
    ratio = statistics.median(found["with"]) / statistics.median(found["without"])
    print(
        f"\n{sockets // 5} of {sockets} sockets stop reading, 20 posts/s: p99 of the others "
        f"{[round(one) for one in found['with']]} ms with, {[round(one) for one in found['without']]} ms without them "
        f"(× {ratio:.2f}); memory of the process grew by at most {grown:.1f} MB; cut off {cut:.0f}"
    )


def desk(load: Path, sockets: int, hall: Hall, publish: Publish) -> None:
    """How long an approval takes to be answered while the storm is on."""
    took: list[float] = []
    with hall(Ours, load, sockets) as (rival, room, _):
        publish(rival, room, 3, 5)
        stop = threading.Event()
        asker = threading.Thread(target=_approve_now_and_then, args=(rival, stop, took), daemon=True)
        asker.start()
        told = publish(rival, room, 200, 20)
        stop.set()
        asker.join(10)
    took.sort()
    print(
        f"\nan approval is answered while {sockets} sockets receive 20 posts/s: p50 {took[len(took) // 2]:.1f} ms, "
        f"p99 {took[int(len(took) * 0.99)]:.1f} ms, max {took[-1]:.1f} ms ({len(took)} asked; "
        f"missing {told['missing']:.0f})"
    )


def _approve_now_and_then(rival: Ours, stop: threading.Event, took: list[float]) -> None:
    """Approve and hold one more post, again and again; it is not among those that are counted."""
    body = {"approved": b'{"verdict": "approved"}', "held": b'{"verdict": "held"}'}
    while not rival._posts and not stop.is_set():
        time.sleep(0.05)
    number = rival._posts[0] if rival._posts else 1
    url = f"{rival.url}/api/v1/posts/{number}/verdict"
    while not stop.wait(0.04):
        request = urllib.request.Request(
            url, body["approved"], {"Authorization": f"Bearer {rival.link.token}", "Content-Type": "application/json"}
        )
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                json.loads(answer.read())
        except urllib.error.HTTPError as error:
            error.read()
        took.append((time.perf_counter() - began) * 1000)


def _metric(rival: Ours, name: str) -> float:
    for line in rival.metrics().splitlines():
        if line.startswith(name):
            return float(line.split()[-1])
    return -1


PARTS: dict[str, Callable[[Path, int, Hall, Publish], None]] = {
    "storm50": storm50,
    "comeback": comeback,
    "memory": held_memory,
    "idle": idle,
    "stalled": stalled,
    "desk": desk,
}
