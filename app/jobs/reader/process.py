"""The process that reads: a line of JSON with texts comes in, a line with what was found goes out."""

import json
import sys

from app.jobs.reader.encoder import shipped


def main() -> None:
    """Until nobody asks any more."""
    encoder = shipped()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(encoder.read(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
