"""A View: a screen as page, as patch and as snapshot, and who may open it."""

import json
import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from app.domain.access import Role
from app.domain.event import Event
from app.queries.change_log import Changes, News, news
from app.queries.rooms import whereabouts
from app.views.parts import Part, Render

IN, ON = "@", "~"
HUNG = WALL, OVERLAY = "wall", "overlay"
"""Those that a link for a screen opens; which of them, says what it may show."""
_FOLLOWED_AS = re.compile(r"(?P<name>[a-z]+)(?:@(?P<room>[1-9][0-9]{0,8}))?(?:~(?P<screen>[1-9][0-9]{0,8}))?")


@dataclass(frozen=True, slots=True)
class View:
    """A screen. Whoever holds `role` may open it, everybody if None. `more` is what only the page needs."""

    name: str
    template: str
    role: Role | None
    parts: tuple[Part, ...]
    more: Callable[[Session, Event], Mapping[str, Any]] = lambda _db, _event: {}
    room_id: int | None = None
    """The room that it shows; None shows all of them."""
    screen_id: int | None = None
    """The link of the screen that it is on, where that has a say in it."""

    def at(self, room_id: int | None) -> "View":
        """The same screen for one room."""
        if room_id is None:
            return self
        return replace(self, room_id=room_id, parts=tuple(part.at(room_id) for part in self.parts))

    def on(self, screen_id: int | None) -> "View":
        """As it stands on one screen."""
        if screen_id is None:
            return self
        return replace(self, screen_id=screen_id, parts=tuple(part.on(screen_id) for part in self.parts))

    @property
    def followed_as(self) -> str:
        """What its pages call it when they ask what is new."""
        room = "" if self.room_id is None else f"{IN}{self.room_id}"
        return self.name + room + ("" if self.screen_id is None else f"{ON}{self.screen_id}")

    def page(self, db: Session, event_id: int, without: Collection[str] = ()) -> dict[str, Any]:
        """Everything the template needs, the cursor read before the rows; `without` parts that a page does not hold."""
        event = db.get_one(Event, event_id)
        here = whereabouts(db, event, self.room_id)
        context: dict[str, Any] = {"event": event, "cursor": event.cursor, "view": self.name}
        context |= {"followed_as": self.followed_as, "room": here.room, "rooms": here.rooms}
        context["address"] = f"/e/{event.slug}/r/{here.room.key}" if here.room else f"/e/{event.slug}"
        for part in self.parts:
            if part.id not in without:
                context[part.id] = part.load(db, event)
        return {**context, **self.more(db, event)}

    def message(self, db: Session, found: News, render: Render) -> str:
        """What a reader must do to stand at `found.cursor`; '' if nothing on this screen changed."""
        if found.lines is None:
            pieces = [part.whole(db, found.event, render) for part in self.parts]
        else:
            pieces = [self._patch(db, part, found, found.lines, render) for part in self.parts]
        content = Markup("").join(pieces)
        return _message(found.cursor, content) if content else ""

    @staticmethod
    def _patch(db: Session, part: Part, found: News, lines: Changes, render: Render) -> Markup:
        return found.once(part, lambda: part.patch(db, found.event, lines, render))

    def catch_up(self, db: Session, event_id: int, after: int, render: Render) -> tuple[int, str]:
        """The cursor that a returning reader is brought to, and the message that does it."""
        found = news(db, event_id, after)
        return found.cursor, self.message(db, found, render)


class Screens(dict[str, View]):
    """All screens by name; `wall@3~17` is the wall of the room with the number 3, on the screen with the link 17."""

    def __missing__(self, followed_as: str) -> View:
        found = _FOLLOWED_AS.fullmatch(followed_as)
        if found is None or found["name"] not in self.keys() or (found["screen"] and found["name"] not in HUNG):
            raise KeyError(followed_as)
        room_id, screen_id = (int(found[one]) if found[one] else None for one in ("room", "screen"))
        return self[found["name"]].at(room_id).on(screen_id)

    def knows(self, followed_as: str) -> bool:
        try:
            return bool(self[followed_as])
        except KeyError:
            return False


def name_of(followed_as: str) -> str:
    """The screen that a page follows, whatever its room."""
    return followed_as.partition(ON)[0].partition(IN)[0]


def screen_of(followed_as: str) -> int | None:
    """The screen that follows something, if it is one."""
    found = _FOLLOWED_AS.fullmatch(followed_as)
    return int(found["screen"]) if found and found["screen"] else None


def _message(cursor: int, content: Markup) -> str:
    return json.dumps({"cursor": cursor, "now": now_said(), "content": str(content)}, ensure_ascii=False)


def now_said() -> int:
    """The server's time as pages are told it, in milliseconds: clocks on screens follow it, not the tablet's own."""
    return time.time_ns() // 1_000_000
