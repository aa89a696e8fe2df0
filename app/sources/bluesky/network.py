"""Bluesky as the rest of the program knows it: its descriptor."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.domain.doctor_findings import Checkup, Diagnosis, Health
from app.domain.incoming import Found
from app.domain.network import Limits, Network
from app.domain.source_marks import Mark
from app.queries.sources import Assignment
from app.sources import Clock, Source, Unreadable
from app.sources.bluesky.settings import BlueskySettings


async def _examine(settings: BlueskySettings) -> Checkup:  # noqa: ARG001
    """Nobody is asked: how listening goes stands at the desk of each event that does."""
    return Checkup((Diagnosis("Bluesky", Health.OK, "Its stream and its look-ups are open to everybody."),))


def _make(assignment: Assignment, settings: BlueskySettings, clock: Clock) -> Source:
    from app.sources.bluesky.source import BlueskySource  # noqa: PLC0415 - loaded only by who listens

    return BlueskySource(assignment, settings, clock)


def _recorded(line: Mapping[str, Any]) -> Sequence[Found] | None:
    """A line with one post, as `getPosts` gives it."""
    if not {"uri", "record", "author"} <= line.keys():
        return None
    from app.sources.bluesky.payload import NotForUs, read_post  # noqa: PLC0415 - loaded only by who reads

    try:
        return (read_post(dict(line)),)
    except NotForUs:
        return ()
    except Unreadable:
        return None


BLUESKY = Network(
    key="bluesky",
    label="Bluesky",
    mark=Mark(
        fill="M12 11.2C10.6 8.2 7 5 4.3 3.9 2.6 3.2 2 4 2 5.8c0 1.6.8 5.7 1.3 6.5.7 1.3 2.5 1.9 4.6 1.6-3.4.6-4.3 "
        "2.5-2.4 4.3 3 2.9 5.3-.2 6-2.4l.5-1.6.5 1.6c.7 2.2 3 5.3 6 2.4 1.9-1.8 1-3.7-2.4-4.3 2.1.3 3.9-.3 4.6-1.6.5-"
        ".8 1.3-4.9 1.3-6.5 0-1.8-.6-2.6-2.3-1.9C17 5 13.4 8.2 12 11.2z"
    ),
    settings=BlueskySettings,
    needs=lambda _: "",
    doctor=_examine,
    make=_make,
    writes_at="https://bsky.app/intent/compose?text=",
    begins=False,
    limits=Limits(connections=40, window=timedelta(minutes=15), longest=timedelta(minutes=10)),
    recorded=_recorded,
)
