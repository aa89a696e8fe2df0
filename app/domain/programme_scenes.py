"""The programme runs the room: which scene is due, from what runs, what ran and what comes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.scene import CountsTo, Scene, Showing

SOON = timedelta(minutes=5)
"""So long before a Talk its countdown is due, whatever else a break shows."""
WELCOME = timedelta(hours=1)
"""So long before the first Talk of a day people come in."""
STAYING = timedelta(minutes=30)
"""So long after the last Talk of a day they are still there."""
BREAK = timedelta(hours=3)
"""A longer one is the night, or the end."""


@dataclass(frozen=True, slots=True)
class HowItRuns:
    """What an organiser chooses: `quiet` talks have only the frame and how to join, others the posts."""

    quiet: bool = False
    question_minutes: int = 10
    """So long before its end a Talk takes questions on the wall."""
    has_sponsors: bool = False


@dataclass(frozen=True, slots=True)
class AtThePoint:
    """Where the programme of a room stands: when what runs ends, when what ran ended, what comes and when."""

    ends_at: datetime | None = None
    takes_questions: bool = True
    ended_at: datetime | None = None
    next_id: int = 0
    next_at: datetime | None = None


def scene_due(point: AtThePoint, how: HowItRuns, at: datetime) -> Showing:
    """What a wall shows while nobody chooses otherwise."""
    if point.ends_at is not None:
        asks = point.takes_questions and how.question_minutes and at >= point.ends_at - _minutes(how)
        return Showing(Scene.QUESTIONS if asks else Scene.JOIN if how.quiet else Scene.FEED)
    if point.next_at is None and point.ended_at is None:
        return Showing()
    before = point.next_at - at if point.next_at is not None else BREAK * 2
    since = at - point.ended_at if point.ended_at is not None else BREAK * 2
    if before <= SOON:
        return Showing(Scene.COUNTDOWN, counts_to=CountsTo.TALK_START, talk_id=point.next_id)
    if before + since <= BREAK:
        if how.has_sponsors:
            return Showing(Scene.SPONSORS)
        return Showing(Scene.COUNTDOWN, counts_to=CountsTo.TALK_START, talk_id=point.next_id)
    if before <= WELCOME:
        return Showing(Scene.JOIN)
    return Showing(Scene.FEED if since <= STAYING else Scene.HOLDING)


def _minutes(how: HowItRuns) -> timedelta:
    return timedelta(minutes=how.question_minutes)
