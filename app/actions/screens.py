"""Screens are named, hung in a room, told what they may show; and noted while they answer."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, update

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.links import called
from app.domain.access import Access, Role
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor
from app.domain.scene import Showing
from app.domain.screen_kind import ScreenKind
from app.domain.subject import Subject
from app.queries.rooms import has_room


def hang_screen(
    db: Session,
    event_id: int,
    access_id: int,
    *,
    name: str,
    room_id: int | None,
    may_show: ScreenKind,
    showing: Showing | None = None,
    by: Actor = SETUP,
    at: datetime,
) -> Access:
    """A screen has another name, room or kind from now on, or a scene of its own; without one it shows its room's.

    Raises Refused for what is no screen of the Event.
    """
    screen = own_screen(db, event_id, access_id)
    if room_id is not None and not has_room(db, event_id, room_id):
        raise Refused("There is no such room any more.")
    hung = (name.strip()[:80] or screen.label, room_id, may_show, str(showing) if showing else "")
    if hung == (screen.label, screen.room_id, screen.may_show, screen.showing):
        return screen
    screen.label, screen.room_id, screen.may_show, screen.showing = hung
    decide(db, event_id, Subject.ACCESS, screen.id, AS_IT_WAS, CHANGED, by=by, at=at, detail=called(screen))
    publish(db, event_id, Subject.ACCESS, screen.id, at=at)
    return screen


def note_screens(db: Session, access_ids: Collection[int], *, at: datetime) -> None:
    """These screens answer now. It is in no log: nobody's picture changes by it."""
    db.exec(update(Access).where(col(Access.id).in_(access_ids)).values(seen_at=at))


def own_screen(db: Session, event_id: int, access_id: int) -> Access:
    """A screen's link that holds. Raises Refused."""
    screen = db.get(Access, access_id)
    if screen is None or screen.event_id != event_id or screen.role is not Role.SCREEN or screen.revoked_at is not None:
        raise Refused("There is no such screen any more.")
    return screen
