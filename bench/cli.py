"""How long a command takes to begin, beside the imports that no server can do without: `bin/bench cli [--rounds N]`.

In CPU seconds of the process, so that other work on the machine does not count. The last two rows are whole servers,
until they answer: on a first start (its database is made) and on any other.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from bench.processes import cpu
from bench.rivals import free_port
from bench.yardstick import yardstick

BARE = "fastapi, sqlmodel, uvicorn"
WAYS = {
    BARE: ["-c", f"import {BARE}"],
    "Python itself": ["-c", ""],
    "backchannel --version": ["-m", "app.cli", "--version"],
    "backchannel --help": ["-m", "app.cli", "--help"],
    "what link needs": ["-c", "import app.cli.events"],
    "what screen needs": ["-c", "import app.cli.screen"],
    "the whole server, imported": ["-c", "import gc; gc.disable(); import app.main"],
}
PATIENCE_SECONDS = 120


def of_a_process(words: list[str]) -> float:
    """CPU seconds of a fresh process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def until_it_answers(folder: Path) -> float:
    """CPU seconds of `serve` in this folder until its first answer."""
    port = free_port()
    serving = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--port", str(port)],
        env={**os.environ, "DATA_DIR": str(folder)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and serving.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/up", timeout=5) as answer:
                    answer.read()
                return cpu(serving.pid)
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the server did not answer")
    finally:
        serving.terminate()
        serving.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print(yardstick())
    with tempfile.TemporaryDirectory(prefix="backchannel-") as made:

        def first_start() -> float:
            with tempfile.TemporaryDirectory(dir=made) as empty:
                return until_it_answers(Path(empty))

        kept = Path(made, "kept")
        kept.mkdir()
        until_it_answers(kept)
        measured: dict[str, Callable[[], float]] = {
            **{name: (lambda words=words: of_a_process(words)) for name, words in WAYS.items()},
            "serve, first start": first_start,
            "serve": lambda: until_it_answers(kept),
        }
        took: dict[str, list[float]] = {name: [] for name in measured}
        for _ in range(rounds):
            for name, measure in measured.items():
                took[name].append(measure())
    found = {name: statistics.median(each) for name, each in took.items()}
    print(f"| what | CPU s | × {BARE} |\n| --- | ---: | ---: |")
    for name, seconds in found.items():
        print(f"| {name} | {seconds:.2f} | {seconds / found[BARE]:.2f} |")


if __name__ == "__main__":
    main()
