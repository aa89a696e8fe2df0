"""New posts become rows, a few statements for all of them, and are announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, col

from app.actions.change_log import publish_all
from app.actions.decisions import decision_row
from app.actions.pictures import picture_keys
from app.actions.post_columns import content, picture_urls, ruling_columns
from app.actions.wall_numbers import next_wall_numbers
from app.domain.decision import MACHINE, Decision
from app.domain.event import Event
from app.domain.post import Author, Post
from app.domain.screening.reading.reading import Reading
from app.domain.subject import Subject
from app.domain.verdict import Ruling, Verdict
from app.queries.posts import reposts_before
from app.queries.programme import own_talks
from app.queries.rooms import rooms


@dataclass(frozen=True, slots=True)
class Ruled:
    """A post with who wrote it, its ruling, what it is folded under, and when it came."""

    author: Author
    read: Reading
    ruling: Ruling
    cluster: str
    at: datetime


def insert_posts(db: Session, event: Event, ruled: Sequence[Ruled]) -> list[int]:
    """Store posts, and for each the decision by which it waits or is seen."""
    posts = [one.read.post for one in ruled]
    pictures = picture_keys(db, picture_urls(posts))
    talks = own_talks(db, event.id, {post.asks_talk_id for post in posts if post.asks_talk_id is not None})
    asked_in = {post.asks_room_id for post in posts if post.asks_room_id is not None}
    known = {room.id for room in rooms(db, event.id)} if asked_in else set()
    reposts = reposts_before(db, event.id, {(post.source, post.ref) for post in posts})
    rows = [
        {
            **_arrived(event, one),
            **content(one.read, pictures),
            **ruling_columns(one.ruling, one.at, event, asks=one.read.post.asks),
            "asks": one.read.post.asks,
            "talk_id": one.read.post.asks_talk_id if one.read.post.asks_talk_id in talks else None,
            "room_id": talks.get(one.read.post.asks_talk_id or 0) or _room(one.read.post.asks_room_id, known),
            "reposts": reposts.get((one.read.post.source, one.read.post.ref), 0),
        }
        for one in ruled
    ]
    # In the order of the rows SQLite would insert one by one; a few at a time take a quarter of the time.
    inserted = insert(Post).returning(col(Post.id), col(Post.source), col(Post.ref))
    by_key = {(source, ref): post_id for post_id, source, ref in db.execute(inserted, rows)}
    ids = [by_key[post.source, post.ref] for post in posts]
    db.execute(insert(Decision), [_decision(event, *pair) for pair in zip(ids, ruled, strict=True)])
    return ids


def announce_posts(db: Session, event: Event, ids: Sequence[int], ruled: Sequence[Ruled]) -> None:
    """A line of the log for each; what is seen at once stands on the wall by it."""
    cursors = publish_all(db, event.id, Subject.POST, ids, at=ruled[-1].at)
    seen = [one.ruling.verdict is Verdict.APPROVED for one in ruled]
    if any(seen):
        numbers = next_wall_numbers(db, event.id, sum(seen))
        shown = [
            {"id": post_id, "wall_cursor": cursor, "wall_number": number}
            for (post_id, cursor), number in zip(compress(zip(ids, cursors, strict=True), seen), numbers, strict=True)
        ]
        db.execute(update(Post), shown)


def _arrived(event: Event, one: Ruled) -> dict[str, Any]:
    """The columns that stay as they are however often a post is edited."""
    post = one.read.post
    return {
        "event_id": event.id,
        "author_id": one.author.id,
        "source": post.source,
        "ref": post.ref,
        "device": post.device,
        "vouched": post.vouched,
        "posted_at": post.posted_at,
        "edited_at": None,
        "received_at": one.at,
        "wall_cursor": None,
        "withdrawn_at": None,
        "cluster": one.cluster,
    }


def _room(room_id: int | None, known: set[int]) -> int | None:
    return room_id if room_id in known else None


def _decision(event: Event, post_id: int, one: Ruled) -> dict[str, Any]:
    why = one.ruling.signals[0].code if one.ruling.signals else "policy"
    return decision_row(event, Subject.POST, post_id, "", one.ruling.verdict, by=MACHINE, reason=why, at=one.at)
