"""Two processes on one PostgreSQL and one Redis: how long from an approval at one to the sockets of the other.

    bin/bench scale [--rounds N]

Needs PostgreSQL and Redis on this machine; it starts servers of its own on loopback ports.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

import httpx2
from websockets.sync.client import connect

from bench.processes import progress
from bench.yardstick import yardstick
from tests.test_scale import Site


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    rounds = parser.parse_args().rounds
    print(yardstick())
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
        progress("starting PostgreSQL, Redis and two processes")
        site = Site(Path(folder))
        try:
            here, there = (_measure(site, at, rounds) for at in (0, 1))
        finally:
            site.close()
    print("\n| approved at one process, told by | from the request, p50 ms | p95 | after the answer, p50 ms |")
    print("| --- | ---: | ---: | ---: |")
    for name, (asked, answered) in (("the same process", here), ("the other process", there)):
        asked.sort()
        print(
            f"| {name} | {statistics.median(asked):.1f} | {asked[int(len(asked) * 0.95)]:.1f} | "
            f"{statistics.median(answered):.1f} |"
        )


def _measure(site: Site, listening_at: int, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds from sending the approval, and from its answer, to the message at a socket."""
    approving, listening = site.processes[0], site.processes[listening_at]
    url = f"{listening.url.replace('http', 'ws')}/live/box10/floor?after=-1"
    asked, answered = [], []
    with httpx2.Client(timeout=10) as client, connect(url, origin=listening.url) as socket:  # type: ignore[arg-type]
        socket.recv()
        for number in range(rounds + 5):
            post_id = site.arrives()
            time.sleep(0.15)
            began = time.perf_counter()
            assert site.approve(client, approving, post_id)
            stored = time.perf_counter()
            while f'id=\\"post-{post_id}\\"' not in str(message := socket.recv(timeout=5)):
                json.loads(message)
            told = time.perf_counter()
            if number >= 5:
                asked.append((told - began) * 1000)
                answered.append((told - stored) * 1000)
    return asked, answered


if __name__ == "__main__":
    main()
