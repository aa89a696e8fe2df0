"""Talks of which nothing is to be passed on: which pictures and words may be of one, by the time and the room. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

AFTERWARDS = timedelta(minutes=10)
"""So long after a talk a picture may be of it: who takes one posts it when they have sat down again."""


@dataclass(frozen=True, slots=True)
class TalkSlot:
    """When and where a Talk is; without a room it is in all of them."""

    talk_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    room_id: int | None
    shared: bool


def is_there(slot: TalkSlot, room_id: int | None) -> bool:
    """Whether somebody in a room, or of whom no room is known, may be at it."""
    return room_id is None or slot.room_id is None or slot.room_id == room_id


def may_be_seen(slots: Iterable[TalkSlot], at: datetime, room_id: int | None) -> TalkSlot | None:
    """The talk that is not to be shared and that a picture may show; of several rooms' any, if no room is known."""
    return next(
        (
            slot
            for slot in slots
            if not slot.shared and slot.starts_at <= at < slot.ends_at + AFTERWARDS and is_there(slot, room_id)
        ),
        None,
    )


def is_kept_back(slots: Iterable[TalkSlot], at: datetime, room_id: int | None, talk_id: int | None) -> bool:
    """Whether words are of a talk that is not to be shared: they ask it, or nothing else ran where they were said.

    What was said in no room while other talks ran too is of nobody knows which: it is not kept back.
    """
    if talk_id is not None:
        return any(slot.talk_id == talk_id and not slot.shared for slot in slots)
    ran = [slot for slot in slots if slot.starts_at <= at < slot.ends_at and is_there(slot, room_id)]
    return bool(ran) and not any(slot.shared for slot in ran)
