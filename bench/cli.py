"""How long a command takes to begin, beside what loading the whole server takes: `bin/bench cli [--rounds N]`."""

import argparse
import statistics
import subprocess
import sys
import time

from bench.yardstick import yardstick

WAYS = {
    "Python itself": ["-c", ""],
    "backchannel --version": ["-m", "app.cli", "--version"],
    "backchannel --help": ["-m", "app.cli", "--help"],
    "what link needs": ["-c", "import app.cli.events"],
    "what screen needs": ["-c", "import app.cli.screen"],
    "the whole server": ["-c", "import app.main"],
}


def seconds(words: list[str], rounds: int) -> float:
    """The median of some fresh processes."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print(yardstick())
    found = {name: seconds(words, rounds) for name, words in WAYS.items()}
    whole = found["the whole server"]
    print("| what | s | of the whole server |\n| --- | ---: | ---: |")
    for name, took in found.items():
        print(f"| {name} | {took:.2f} | {took / whole:.0%} |")


if __name__ == "__main__":
    main()
