"""Breaks real servers on purpose and prints what was acknowledged, and what of it was found again.

    bin/bench reliability [NAME …]

Needs PostgreSQL, Redis and a C compiler; disks need root. Servers are its own, on loopback ports.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench.processes import progress
from bench.reliability import clocks, disks, kills, outages, webhooks

DRILLS = {
    "kills": kills.drill,
    "disk-full": disks.full,
    "read-only": disks.read_only,
    "clock": clocks.drill,
    "webhooks": webhooks.drill,
    "postgresql": outages.postgres,
    "postgresql-read-only": outages.read_only,
    "redis": outages.redis,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(DRILLS))
    wanted = parser.parse_args().names or list(DRILLS)
    if unknown := set(wanted) - set(DRILLS):
        sys.exit(f"no drill: {', '.join(sorted(unknown))}; there are {', '.join(DRILLS)}")
    rows = []
    for name in wanted:
        progress(name)
        with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
            rows.append(DRILLS[name](Path(folder)).line(name))
            progress(rows[-1])
    print("| what was done | acknowledged | found again | what people met | again |\n| --- | --- | --- | --- | --- |")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
