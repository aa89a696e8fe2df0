"""What `/up` takes while somebody without a link floods a socket with pings: quiet and flooded, in turn, per screen.

bin/bench flood [--rounds N]
"""

import argparse
import statistics
import tempfile
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.request import urlopen

from websockets.frames import Opcode

from app.settings import Settings
from bench.yardstick import yardstick
from tests.live.listeners.listening import Raw, frame
from tests.running import Running, ThreadedServer

ASKED = 300
SCREENS = ("floor", "now", "desk")
"""A listener of ours, one of uvicorn's that is open to everybody, one that needs a link."""


def seconds(running: Running) -> list[float]:
    taken = []
    for _ in range(ASKED):
        began = time.perf_counter()
        with urlopen(f"{running.url}/up", timeout=60) as answer:
            answer.read()
        taken.append(time.perf_counter() - began)
    return sorted(taken)


def flood(running: Running, screen: str, stop: threading.Event) -> None:
    pings = frame(Opcode.PING, b"") * 40_000
    while not stop.is_set():
        raw = Raw(running)
        raw.request = raw.request.replace(b"/floor?", f"/{screen}?".encode())
        with closing(raw.shake().socket) as wire, suppress(OSError):
            wire.sendall(pings)


def told(name: str, taken: list[float]) -> None:
    p50, p99 = statistics.median(taken), taken[int(len(taken) * 0.99) - 1]
    print(f"{name:<8} p50 {p50 * 1000:6.1f} ms   p99 {p99 * 1000:6.1f} ms   most {taken[-1] * 1000:6.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print(yardstick())
    with tempfile.TemporaryDirectory() as data:
        server = ThreadedServer(
            Settings(_env_file=None, data_dir=Path(data), secret_key="bench-7fQ2xW9cLr4Tz0bVk3Hn8sYd6Jm")  # type: ignore[call-arg]
        )
        running = server.start()
        for _ in range(rounds):
            told("quiet", seconds(running))
            for screen in SCREENS:
                stop = threading.Event()
                flooding = threading.Thread(target=flood, args=(running, screen, stop))
                flooding.start()
                told(screen, seconds(running))
                stop.set()
                flooding.join()
        server.stop()


if __name__ == "__main__":
    main()
