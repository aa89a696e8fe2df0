"""The order of the desk's lists: as the database sorts, as a card on a screen is sorted in, as a reader goes on."""

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, case, or_
from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.post import Post
from app.domain.queue_order import ASKS_NOW
from app.domain.verdict import Verdict

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands in its list: what the list is ordered by, as a number, then its id."""

    key: int
    id: int


def place_of(post: Post, running: Set[int]) -> Place:
    """Where a post stands; whoever has read so far goes on after it."""
    if post.verdict is Verdict.HELD:
        asks_now = post.talk_id in running
        return Place(post.rank - (ASKS_NOW if asks_now else 0), post.id)
    if post.verdict is Verdict.STASHED or post.decided_at is None:
        return Place(0, post.id)
    return Place((post.decided_at - _EPOCH) // timedelta(microseconds=1), post.id)


def in_order(
    found: SelectOfScalar[int], running: Set[int], verdict: Verdict, after: Place | None
) -> SelectOfScalar[int]:
    """In the order of a list, from a place on."""
    post_id = col(Post.id)
    if verdict is Verdict.STASHED:
        return (found if after is None else found.where(post_id > after.id)).order_by(post_id)
    if verdict is Verdict.HELD:
        place = _queued(running)
        if after is not None:
            found = found.where(or_(place > after.key, (place == after.key) & (post_id > after.id)))
        return found.order_by(place, post_id)
    decided = col(Post.decided_at)
    if after is not None:
        at = _EPOCH + timedelta(microseconds=after.key)
        found = found.where(or_(decided < at, (decided == at) & (post_id < after.id)))
    return found.order_by(decided.desc(), post_id.desc())


def sort_key(post: Post, running: Set[int]) -> str:
    """As `in_order`, in a word that says: bigger comes first."""
    if post.verdict is Verdict.HELD:
        asks_now = post.talk_id in running
        return f"{10**12 - post.rank + (ASKS_NOW if asks_now else 0):013d}-{10**12 - post.id:012d}"
    if post.verdict is Verdict.STASHED or post.decided_at is None:
        return f"{10**12 - post.id:012d}"
    return f"{post.decided_at.timestamp() * 1e6:020.0f}-{post.id:012d}"


def place_said(verdict: Verdict, said: str) -> Place | None:
    """Where the card stands that bears this `sort_key`; None for what is none."""
    first, _, last = said.partition("-")
    if not _SORT_KEY.fullmatch(said) or int(first) > _LATEST:
        return None
    if verdict is Verdict.STASHED or not last:
        return Place(0, 10**12 - int(last or first))
    return Place(10**12 - int(first), 10**12 - int(last)) if verdict is Verdict.HELD else Place(int(first), int(last))


_LATEST = 10**17
"""Microseconds: in the year 5138, which a date and a database still hold."""
_SORT_KEY = re.compile(r"\d{12,20}(-\d{12})?", re.ASCII)


def _queued(running: Set[int]) -> ColumnElement[int]:
    """Where a post stands in the queue: questions for the Talks that run are worth a little more."""
    if not running:
        return col(Post.rank)  # type: ignore[return-value]
    return col(Post.rank) - case((col(Post.talk_id).in_(running), ASKS_NOW), else_=0)
