"""The recorded day and its programme, as values."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.policy import Policy
from app.files.recorded.own_lines import Line, read
from app.sources.networks import NETWORKS

FOLDER = Path(__file__).resolve().parent
SLUG = "demo"


@dataclass(frozen=True, slots=True)
class Slot:
    """A talk of the demo with the times that it has today."""

    key: str
    title: str
    room: str
    speakers: list[str]
    starts_at: datetime
    ends_at: datetime
    do_not_share: bool = False


@cache
def known() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "programme.json").read_text(encoding="utf-8"))
    return loaded


def policy() -> Policy:
    return Policy(
        mode="trusted",
        trusted=tuple(known()["trusted"]),
        blocked_words=tuple(known()["blocked_words"]),
        allowed_hosts=tuple(known()["allowed_hosts"]),
    )


def slots(at: datetime, *, days: int = 3) -> list[Slot]:
    """The programme laid around `at`, so that a talk is running; the day repeats `days` times."""
    talks = known()["talks"]
    now = next(talk for talk in talks if talk["key"] == known()["now"])
    first = at - timedelta(minutes=now["from"] + known()["now_began_minutes_ago"])
    return [
        Slot(
            key=talk["key"],
            title=talk["title"],
            room=talk["room"],
            speakers=talk["speakers"],
            starts_at=first + timedelta(minutes=day * known()["day_minutes"] + talk["from"]),
            ends_at=first + timedelta(minutes=day * known()["day_minutes"] + talk["to"]),
            do_not_share=talk.get("do_not_share", False),
        )
        for day in range(days)
        for talk in talks
    ]


def day() -> list[Line]:
    """Everything that is said on the day, in order."""
    with (FOLDER / "conference.jsonl").open(encoding="utf-8") as file:
        return [read(raw, NETWORKS) for raw in file]


def opening(line: Line) -> str:
    """What the demo does with a line before the doors open: '', wait, approve or question."""
    return str(line.beside.get("demo", {}).get("opening", ""))


def beside(line: Line, key: str) -> Any:
    return line.beside.get("demo", {}).get(key)
