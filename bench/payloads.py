"""Whether what real servers once said can be read: `bin/bench payloads FOLDER`, with recorded answers of networks.

Counts, and no words of anybody: `mastodon/*.jsonl.gz` (one recorded request a line, `body` its answer),
`bluesky/*.jsonl.gz` (lines of a Jetstream), `bluesky/*.json.gz` (an answer of the AppView). Ends with 1 if something
cannot be read.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.sources import Unreadable
from app.sources.bluesky import payload as bluesky
from app.sources.bluesky.jetstream import read_frame
from app.sources.mastodon import payload as mastodon

Found = Counter[tuple[str, str]]


def within(value: Any, belongs: Callable[[dict[str, Any]], bool]) -> Iterator[dict[str, Any]]:
    """Every object of this kind, however deep; what is quoted is read with what quotes it."""
    if isinstance(value, dict):
        if belongs(value):
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from within(one, belongs)


def bodies(line: dict[str, Any]) -> Iterator[Any]:
    """An answer, or each event of a stream of events."""
    body = line["body"]
    if not isinstance(body, str):
        yield body
        return
    for event in body.splitlines():
        if event.startswith("data: {"):
            yield json.loads(event.removeprefix("data: "))


def lines(file: Path) -> list[str]:
    return gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)


def is_status(value: dict[str, Any]) -> bool:
    return {"uri", "content", "account"} <= value.keys()


def is_post(value: dict[str, Any]) -> bool:
    return {"uri", "cid", "record", "author"} <= value.keys()


def tried(found: Found, kind: str, read: Callable[[], object]) -> None:
    try:
        read()
        found[kind, "read"] += 1
    except (mastodon.NotForUs, bluesky.NotForUs) as why:
        found[kind, f"left out: {why}"] += 1
    except Unreadable as why:
        found[kind, f"UNREADABLE: {why}"] += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    found: Found = Counter()
    for file in sorted(folder.glob("mastodon/*.jsonl.gz")):
        for line in map(json.loads, lines(file)):
            for body in bodies(line):
                for status in within(body, is_status):
                    tried(found, "a status", lambda: mastodon.read_status(status, server="s.example"))  # noqa: B023
    for file in sorted(folder.glob("bluesky/*.jsonl.gz")):
        for line in lines(file):
            tried(found, "an event of a Jetstream", lambda: read_frame(line))  # noqa: B023
    for file in sorted(folder.glob("bluesky/*.json.gz")):
        for post in within(json.loads("".join(lines(file))), is_post):
            tried(found, "a post of an AppView", lambda: bluesky.read_post(post))  # noqa: B023
    print("| what | how it went | how many |\n| --- | --- | ---: |")
    for (kind, how), number in sorted(found.items()):
        print(f"| {kind} | {how} | {number} |")
    return int(any(how.startswith("UNREADABLE") for _, how in found) or not found)


if __name__ == "__main__":
    raise SystemExit(main())
