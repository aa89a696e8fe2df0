"""What of the links of an Event is not known yet, or for nothing any more; and whose pages are to be asked for."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.linked import addresses_in
from app.domain.post import Post
from app.domain.resource import Mark, Resource, key_of
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.domain.web_addresses import cleaned, identity
from app.queries.change_log import news
from app.queries.meets import notes_of
from app.queries.posts import has_screens
from app.queries.shelf import has_link, links_in, resources


@dataclass(frozen=True, slots=True)
class LinkNews:
    new: dict[str, str] = field(default_factory=dict)
    """Addresses that are shown and not known, by key."""
    gone: tuple[int, ...] = ()
    """Resources that no post names any more, whatever its verdict."""
    asleep: tuple[int, ...] = ()
    """Those that are not shown now and would still be asked for."""
    awake: tuple[int, ...] = ()
    """Those that are shown again."""

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.asleep or self.awake)


def link_news(db: Session, event_id: int) -> LinkNews:
    """Read without cards or names, so that it costs little while an event is busy."""
    event = db.get(Event, event_id)
    if event is None:
        return LinkNews()
    there = select(Post.segments, Post.verdict, has_screens(event)).where(
        Post.event_id == event_id, col(Post.withdrawn_at).is_(None), has_link()
    )
    named: dict[str, str] = {}
    shown: set[str] = set()
    for segments, verdict, on_screens in db.exec(there):
        for url, _ in links_in(segments):
            named[key := key_of(identity(url))] = url
            if verdict is Verdict.APPROVED and on_screens:
                shown.add(key)
    if (notes := notes_of(db, event_id)) is not None:
        noted = {key_of(identity(url)): url for url in filter(None, map(cleaned, addresses_in(notes.text)))}
        named |= noted
        shown |= noted.keys()
    rows = resources(db, event_id)
    led_to = {key_of(identity(row.leads_to)): key for key, row in rows.items() if row.leads_to and key in named}
    wanted = shown | {end for end, key in led_to.items() if key in shown}
    gone = {key for key in rows if key not in named and key not in led_to}
    left = [row for key, row in rows.items() if key not in gone]
    return LinkNews(
        {key: named[key] for key in shown - rows.keys()},
        tuple(rows[key].id for key in gone),
        tuple(row.id for row in left if row.ask_at is not None and not _is_asked_for(row, wanted)),
        tuple(row.id for row in left if row.ask_at is None and _is_asked_for(row, wanted)),
    )


@dataclass(frozen=True, slots=True)
class LinkLines:
    """What of an Event's log since a cursor may concern its links."""

    everything: bool
    """Any of them: all is read again."""
    posts: frozenset[int] = frozenset()


CONCERN_ALL = (Subject.NOTES, Subject.AUTHOR, Subject.EVENT, Subject.TALK, Subject.LIFE, Subject.CLEARING)
"""Lines after which other posts may be shown than those that they name."""


def link_lines(db: Session, event_id: int, after: int) -> LinkLines:
    told = news(db, event_id, after).lines
    if told is None or any(told.of(subject) for subject in CONCERN_ALL):
        return LinkLines(True)
    return LinkLines(False, told.of(Subject.POST))


def shown_links(db: Session, event_id: int, ids: Collection[int] | None = None) -> dict[int, dict[str, str]]:
    """Posts that screens may show and that have links, of some or of all: each with its addresses by key."""
    event = db.get(Event, event_id)
    if event is None:
        return {}
    there = select(Post.id, Post.segments).where(
        Post.event_id == event_id,
        Post.verdict == Verdict.APPROVED,
        col(Post.withdrawn_at).is_(None),
        has_screens(event),
        has_link(),
    )
    found = db.exec(there if ids is None else there.where(col(Post.id).in_(ids)))
    keyed = {post_id: {key_of(identity(url)): url for url, _ in links_in(segments)} for post_id, segments in found}
    return {post_id: links for post_id, links in keyed.items() if links}


def _is_asked_for(row: Resource, wanted: set[str]) -> bool:
    return row.key in wanted and row.mark is not Mark.HIDDEN


def resources_due(db: Session, at: datetime, limit: int) -> list[Resource]:
    """Whose pages are to be asked for now, those that waited longest first."""
    due = select(Resource).where(col(Resource.ask_at) <= at).order_by(col(Resource.ask_at), col(Resource.id))
    return list(db.exec(due.limit(limit)))


def cursors(db: Session) -> dict[int, int]:
    """How far every Event's log has come: where it has not moved, no link is new."""
    return dict(db.exec(select(Event.id, Event.cursor)).all())
