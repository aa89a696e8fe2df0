"""Ten thousand phones: what a delivery costs us, and what it costs the fastest we know, in turn in the same rounds.

    bin/bench fanout [--sockets N] [--rounds N] [--only anchors,storm50,…] [--rivals "C limit;backchannel"]

It finds or builds the anchors (the C limit needs a compiler, nchan nginx, node `ws` NODE_PATH), runs them and us in
turn, and prints ratios; compare only within such a run. Needs two cores: the server has one, the phones the other.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import fanout_ours
from bench.only import chosen
from bench.processes import build, precise_cpu, progress
from bench.rivals import MERGING, Ours, Rival, found
from bench.room import Room
from bench.yardstick import yardstick

HERE = Path(__file__).parent
WARM_UP = 3
Result = dict[str, float]
COLUMNS = (
    "server",
    "CPU µs a delivery",
    "× C limit",
    "× merging",
    "× nchan",
    "× node ws",
    "p50 ms",
    "× C limit",
    "p99 ms",
    "× C limit",
    "last socket ms",
    "× C limit",
    "missing",
)


@contextmanager
def hall(make: Callable[[Path], Rival], load: Path, sockets: int) -> Iterator[tuple[Rival, Room, dict[str, Any]]]:
    """A running server and a room full of phones that listen to it."""
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as name:
        folder = Path(name)
        rival = make(folder)
        room = Room(load, rival.port, folder / "load.log")
        try:
            before = precise_cpu(rival.pid)
            opened = room.ask(f"open {sockets} {rival.path}")
            time.sleep(0.5)
            opened["connect_us"] = (precise_cpu(rival.pid) - before) / sockets * 1e6
            yield rival, room, opened
        finally:
            room.close()
            rival.stop()


def publish(rival: Rival, room: Room, posts: int, rate: float, *, patience: float = 30) -> Result:
    """Publish at a steady rate, never waiting for the answer; what the phones had of it, and what it cost."""
    lead = 3.0 if isinstance(rival, Ours) else 0.5
    start = time.time_ns() + int(lead * 1e9)
    due = [start + int(number * 1e9 / rate) for number in range(posts)]
    rival.prepare(due)
    if time.time_ns() > start:
        raise RuntimeError("storing the posts took too long for this rate")
    room.say(f"measure {posts} {posts / rate + patience + lead}")
    time.sleep(max(0, (start - time.time_ns()) / 1e9 - 0.05))
    before = precise_cpu(rival.pid)
    for number, moment in enumerate(due):
        time.sleep(max(0, (moment - time.time_ns()) / 1e9))
        rival.publish(number)
    told: Result = room.answer()
    told["cpu_us"] = (precise_cpu(rival.pid) - before) / max(1, told["deliveries"]) * 1e6
    return told


def one_round(makers: dict[str, Any], load: Path, arguments: argparse.Namespace) -> dict[str, dict[str, Result]]:
    """Each rival once: calm, then storm."""
    results: dict[str, dict[str, Result]] = {}
    for name, make in makers.items():
        progress(f"{name}: {arguments.sockets} sockets")
        with hall(make, load, arguments.sockets) as (rival, room, opened):
            publish(rival, room, WARM_UP, 5)
            calm = publish(rival, room, 20, 5)
            storm = publish(rival, room, 60, 20)
        results[name] = {"open": opened, "calm": calm, "storm": storm}
        for kind, result in (("calm", calm), ("storm", storm)):
            progress(
                f"{name} {kind}: {result['cpu_us']:.2f} µs a delivery, p99 {result['p99_ms']:.0f} ms, last socket "
                f"{result['last_socket_p50_ms']:.0f} ms, missing {result['missing']:.0f}, "
                f"{result['megabytes'] * 1e6 / max(1, result['deliveries']):.0f} bytes each"
            )
    return results


def table(rounds: list[dict[str, dict[str, Result]]]) -> None:
    names = list(rounds[0])

    def middle(name: str, kind: str, what: str) -> float:
        return statistics.median(found[name][kind][what] for found in rounds)

    def ratio(name: str, to: str, kind: str, what: str) -> str:
        if to not in names:
            return "–"
        return f"{statistics.median(one[name][kind][what] / one[to][kind][what] for one in rounds):.2f}"

    for kind, said in (("calm", "calm, 5 posts/s"), ("storm", "storm, 20 posts/s")):
        print(f"\n{said}; medians of {len(rounds)} rounds\n")
        print(f"| {' | '.join(COLUMNS)} |")
        print(f"| --- |{' ---: |' * (len(COLUMNS) - 1)}")
        for name in names:
            ratios = " | ".join(ratio(name, to, kind, "cpu_us") for to in ("C limit", MERGING, "nchan", "node ws"))
            print(
                f"| {name} | {middle(name, kind, 'cpu_us'):.2f} | {ratios} | "
                + " | ".join(
                    f"{middle(name, kind, what):.0f} | {ratio(name, 'C limit', kind, what)}"
                    for what in ("p50_ms", "p99_ms", "last_socket_p50_ms")
                )
                + f" | {middle(name, kind, 'missing'):.0f} |"
            )
    print("\n| server | CPU µs to open a socket |\n| --- | ---: |")
    for name in names:
        print(f"| {name} | {middle(name, 'open', 'connect_us'):.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sockets", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parts, rivals = ["anchors", *fanout_ours.PARTS], ["C limit", MERGING, "nchan", "node ws", "backchannel"]
    parser.add_argument("--only", type=chosen(parts), default=parts, help=f"some of {','.join(parts)}")
    parser.add_argument("--rivals", type=chosen(rivals, ";"), default=rivals, help=f"some of {';'.join(rivals)}")
    arguments = parser.parse_args()
    print(yardstick())
    only = arguments.only
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as name:
        load = build(HERE / "load.c", Path(name))
        if load is None:
            parser.error("the load generator needs a C compiler (cc)")
        if "anchors" in only:
            there = found(Path(name))
            makers = {rival: there[rival] for rival in arguments.rivals if rival in there}
            for missing in arguments.rivals:
                if missing not in there:
                    progress(f"not found here, left out: {missing}")
            table([one_round(makers, load, arguments) for _ in range(arguments.rounds)])
        for part, measure in fanout_ours.PARTS.items():
            if part in only:
                progress(part)
                measure(load, arguments.sockets, hall, publish)


if __name__ == "__main__":
    main()
