"""Posts that share links, for tests of the shelf and of what hangs on it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.domain.event import Event
from app.domain.incoming import Incoming, Segment
from app.queries.shelf import Resourced, shelf
from tests.conftest import ASHA, NOON, incoming


def sharing(url: str, ref: str, *, title: str = "", words: str = "Worth reading:", **more: Any) -> Incoming:
    """A post with a link in it, as its network tells it."""
    shown = url.partition("://")[2]
    segments = (Segment("text", f"{words} "), Segment("link", shown, url, title))
    facts = {"by": f"author_{ref}", "url": f"https://network.example/{ref}", **more}
    return incoming(f"{words} {shown}", ref=ref, segments=segments, **facts)


def share(
    db: Session, event_id: int, url: str, ref: str, *, at: datetime = NOON, approved: bool = True, **more: Any
) -> int:
    """One that has arrived and, unless told otherwise, was let through; gives its number."""
    post_id = receive(db, event_id, sharing(url, ref, **more), at=at).post_id
    if approved:
        approve(db, post_id, by=ASHA, at=at)
    return post_id


def on_shelf(db: Session, event_id: int, *, hidden: bool = False) -> list[Resourced]:
    return shelf(db, db.get_one(Event, event_id), hidden=hidden)
