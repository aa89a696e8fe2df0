"""Killed as by a power cut, again and again, while people write."""

from pathlib import Path

from bench.reliability.row import Row, row, site
from tests.until import until_now

KILLS = 50
BETWEEN = 5
"""Acknowledged posts between two kills: at any moment of the server's work."""


def drill(folder: Path) -> Row:
    with site(folder, folder) as broken:
        people = broken.people
        for _ in range(KILLS):
            wanted = len(people.stored) + BETWEEN
            until_now(lambda wanted=wanted: len(people.stored) >= wanted)
            broken.server.kill()
            broken.server.start()
        wanted = len(people.stored) + BETWEEN
        until_now(lambda: len(people.stored) >= wanted)
        people.end()
        seen = f"{people.told()}; longest pause {people.pauses():.1f} s, the start of a server included"
        return row(f"killed (−9) {KILLS} times while people wrote", people, broken.url, seen)
