"""The screens of an Event: where they hang, what they may show, when they answered last."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.access import Access, Role
from app.domain.event import Event
from app.domain.room import Room
from app.domain.scene import Scene, Showing, read_showing
from app.domain.screen_kind import ScreenKind
from app.queries.questions import on_stage
from app.queries.rooms import whereabouts
from app.queries.scenes import OnWall, choice, shown_by


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen, with its room if there are several and it hangs in one."""

    access: Access
    room: Room | None

    @property
    def id(self) -> int:
        return self.access.id

    @property
    def room_id(self) -> int | None:
        return self.room.id if self.room else None

    @property
    def name(self) -> str:
        return self.access.label

    @property
    def seen_at(self) -> datetime | None:
        return self.access.seen_at


def screens(db: Session, event: Event) -> list[Screen]:
    """Those whose links hold, in the order in which they were made."""
    rooms = {room.id: room for room in whereabouts(db, event).rooms}
    held = select(Access).where(
        Access.event_id == event.id, Access.role == Role.SCREEN, col(Access.revoked_at).is_(None)
    )
    return [Screen(one, rooms.get(one.room_id or 0)) for one in db.exec(held.order_by(col(Access.id)))]


def screen_by_id(db: Session, event: Event, screen_id: int) -> Screen | None:
    return next((screen for screen in screens(db, event) if screen.id == screen_id), None)


def on_screen(db: Session, event: Event, screen: Screen) -> OnWall:
    """What a screen shows: its own scene or that of its room, as far as it may."""
    chosen, _ = choice(db, event, screen.room_id)
    if screen.access.may_show is not ScreenKind.OVERFLOW:
        chosen = read_showing(screen.access.showing) or chosen
    if screen.access.may_show is ScreenKind.QUESTIONS and (chosen or Showing()).scene in POSTS:
        asked = on_stage(db, event, screen.room_id) is not None
        chosen = Showing(Scene.QUESTION if asked else Scene.JOIN)
    return shown_by(db, event, chosen, screen.room_id)


POSTS = {Scene.FEED, Scene.SPOTLIGHT}
