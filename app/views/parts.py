"""One part, two doors: the fragments of a screen, as the page includes them and as the socket pushes them.

A screen is made of listings (bounded, ordered lists of parts) and singles (one part, shown whole). Both know which
lines of the log concern them, so a patch is made without looking at who reads it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from jinja2 import Environment
from markupsafe import Markup, escape
from sqlmodel import Session

from app.domain.event import Event
from app.queries.change_log import Changes
from app.views.translation import speaking

Render = Callable[[str, Mapping[str, Any]], Markup]


class Item(Protocol):
    """What a listing holds; `sort_key` is its place, and a bigger one comes first."""

    @property
    def id(self) -> int: ...
    @property
    def sort_key(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Listing:
    """A list element holding at most `limit` parts, in order.

    `window` gives the ids it shows now, first to last; `items` loads some of them; `touched` picks from the log's
    changes the ids that a reader may have in this list or should get. Lines of `afresh` subjects replace it whole.
    """

    id: str
    part: str
    item: str
    subject: str
    limit: int
    window: Callable[[Session, Event, int], list[int]]
    items: Callable[[Session, Iterable[int]], Mapping[int, Item]]
    touched: Callable[[Session, Changes], set[int]]
    afresh: frozenset[str] = frozenset()
    in_room: Callable[[int], Callable[[Session, Event, int], list[int]]] | None = None
    """The window of one room, where rooms have others."""

    def at(self, room_id: int) -> "Listing":
        return replace(self, window=self.in_room(room_id)) if self.in_room else self

    def on(self, _screen_id: int) -> "Listing":
        return self

    def load(self, db: Session, event: Event) -> list[Item]:
        ids = self.window(db, event, self.limit)
        items = self.items(db, ids)
        return [items[item_id] for item_id in ids]

    def whole(self, db: Session, event: Event, render: Render) -> Markup:
        return _partial(f"#{self.id}", "innerMorph", self._rendered(self.load(db, event), event, render))

    def patch(self, db: Session, event: Event, changes: Changes, render: Render) -> Markup:
        """Put what changed and is in the list, delete what is not, and fill the places that this freed."""
        if any(changes.of(subject) for subject in self.afresh):
            return self.whole(db, event, render)
        touched = self.touched(db, changes)
        if not touched:
            return Markup("")
        window = self.window(db, event, self.limit)
        gone = sorted(touched.difference(window))
        # As many entries as left may have moved up into the window from beyond its end.
        put = [*(item_id for item_id in window if item_id in touched), *window[-len(gone) :][: len(gone)]]
        items = self.items(db, put)
        ordered = [items[item_id] for item_id in window if item_id in items]
        deletions = Markup("").join(
            _partial(f"#{self.id} > #{self.subject}-{item_id}", "delete", Markup("")) for item_id in gone
        )
        if not ordered:
            return deletions
        return deletions + _partial(f"#{self.id}", "place", self._rendered(ordered, event, render))

    def _rendered(self, items: list[Item], event: Event, render: Render) -> Markup:
        return Markup("\n").join(render(self.part, {self.item: item, "event": event}) for item in items)


def _all(_event: Event, _changes: Changes) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Single:
    """One element, shown whole again when a line of one of its subjects comes."""

    id: str
    part: str
    item: str
    subjects: frozenset[str]
    load: Callable[[Session, Event], Any]
    in_room: Callable[[int], Callable[[Session, Event], Any]] | None = None
    """What is loaded for one room, where rooms have other things."""
    on_screen: Callable[[int], Callable[[Session, Event], Any]] | None = None
    """And for one screen, by the number of its link."""

    concerns: Callable[[Event, Changes], bool] = _all
    """Whether such lines concern it after all, where most of them do not."""

    def at(self, room_id: int) -> "Single":
        return replace(self, load=self.in_room(room_id), concerns=_all) if self.in_room else self

    def on(self, screen_id: int) -> "Single":
        return replace(self, load=self.on_screen(screen_id), concerns=_all) if self.on_screen else self

    def whole(self, db: Session, event: Event, render: Render) -> Markup:
        rendered = render(self.part, {self.item: self.load(db, event), "event": event})
        return _partial(f"#{self.id}", "outerMorph", rendered)

    def patch(self, db: Session, event: Event, changes: Changes, render: Render) -> Markup:
        if any(changes.of(subject) for subject in self.subjects) and self.concerns(event, changes):
            return self.whole(db, event, render)
        return Markup("")


Part = Listing | Single


def renderer(environment: Environment) -> Render:
    def render(template: str, context: Mapping[str, Any]) -> Markup:
        with speaking(context.get("event")):
            return Markup(environment.get_template(template).render(context).strip())  # noqa: S704 - autoescaped

    return render


def _partial(target: str, swap: str, content: Markup) -> Markup:
    return Markup('<hx-partial hx-target="{}" hx-swap="{}">{}</hx-partial>').format(escape(target), swap, content)
