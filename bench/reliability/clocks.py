"""The machine's clock stepped by an hour, forth and back, under a server that runs."""

import struct
import subprocess
import time
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.request import urlopen

from bench.reliability.row import Row, row, site
from tests.until import until_now

HOUR = 3_600
STEPS = (0, HOUR, 0, -HOUR, 0)
SECONDS = 10
SOURCE = Path(__file__).with_name("clock.c")


def drill(folder: Path) -> Row:
    library, told = folder / "clock.so", folder / "stepped"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"], check=True)
    told.write_bytes(struct.pack("l", 0))
    with site(folder, folder, LD_PRELOAD=str(library), STEPPED=str(told)) as broken:
        people = broken.people
        until_now(lambda: len(people.stored) >= 20)
        for step in STEPS:
            with told.open("r+b") as file:
                file.write(struct.pack("l", step))
            until_now(lambda step=step: abs(_clock(broken.server.url) - time.time() - step) < 60)
            stored, approved = len(people.stored) + 20, len(people.approved) + 20
            time.sleep(SECONDS)
            until_now(
                lambda stored=stored, approved=approved: (
                    len(people.stored) >= stored and len(people.approved) >= approved
                )
            )
        people.end()
        seen = f"{people.told()}; longest pause {people.pauses():.1f} s"
        return row("the clock stepped by +1 h and back, −1 h and back", people, broken.url, seen)


def _clock(url: str) -> float:
    """What the server takes for now."""
    with urlopen(f"{url}/up", timeout=10) as answer:
        return parsedate_to_datetime(answer.headers["date"]).timestamp()
