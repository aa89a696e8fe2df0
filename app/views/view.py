"""A View: a screen as page, as patch and as snapshot, and who may open it."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from app.domain.access import Role
from app.domain.event import Event
from app.queries.change_log import News, news
from app.views.parts import Part, Render


@dataclass(frozen=True, slots=True)
class View:
    """A screen. Whoever holds `role` may open it, everybody if None. `more` is what only the page needs."""

    name: str
    template: str
    role: Role | None
    parts: tuple[Part, ...]
    more: Callable[[Session, Event], Mapping[str, Any]] = lambda _db, _event: {}

    def page(self, db: Session, event_id: int) -> dict[str, Any]:
        """Everything the template needs, the cursor read before the rows."""
        event = db.get_one(Event, event_id)
        context: dict[str, Any] = {"event": event, "cursor": event.cursor, "view": self.name}
        for part in self.parts:
            context[part.id] = part.load(db, event)
        return {**context, **self.more(db, event)}

    def message(self, db: Session, found: News, render: Render) -> str:
        """What a reader must do to stand at `found.cursor`; '' if nothing on this screen changed."""
        if found.lines is None:
            pieces = [part.whole(db, found.event, render) for part in self.parts]
        else:
            pieces = [part.patch(db, found.event, found.lines, render) for part in self.parts]
        content = Markup("").join(pieces)
        return _message(found.cursor, content) if content else ""

    def catch_up(self, db: Session, event_id: int, after: int, render: Render) -> tuple[int, str]:
        """The cursor that a returning reader is brought to, and the message that does it."""
        found = news(db, event_id, after)
        return found.cursor, self.message(db, found, render)


def _message(cursor: int, content: Markup) -> str:
    return json.dumps({"cursor": cursor, "now": now_said(), "content": str(content)}, ensure_ascii=False)


def now_said() -> int:
    """The server's time as pages are told it, in milliseconds: clocks on screens follow it, not the tablet's own."""
    return time.time_ns() // 1_000_000
