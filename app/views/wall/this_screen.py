"""Which screen a wall is on: the page that it shows must be the one that it is for by now."""

from dataclasses import dataclass
from functools import partial

from sqlmodel import Session

from app.domain.event import Event
from app.domain.screen_kind import OVERLAYS
from app.domain.subject import Subject
from app.queries.screens import screen_by_id
from app.views.parts import Single
from app.views.view import IN, ON


@dataclass(frozen=True, slots=True)
class ThisScreen:
    """A screen by name, and what its page is to follow."""

    name: str
    may_show: str
    follows: str


def this_screen() -> Single:
    return Single(
        "screen",
        "parts/wall_screen.html",
        "screen",
        frozenset({Subject.ACCESS, Subject.TALK}),
        lambda _db, _event: None,
        on_screen=lambda screen_id: partial(_load, screen_id=screen_id),
    )


def _load(db: Session, event: Event, screen_id: int) -> ThisScreen | None:
    screen = screen_by_id(db, event, screen_id)
    if screen is None:
        return None
    room = f"{IN}{screen.access.room_id}" if screen.access.room_id else ""
    page = "overlay" if screen.access.may_show in OVERLAYS else "wall"
    return ThisScreen(screen.name, screen.access.may_show, f"{page}{room}{ON}{screen.id}")
