"""Sources: how they are doing, what each is to do, and which of its posts to look at again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from app.domain.event import Event, EventState
from app.domain.incoming import Marked
from app.domain.looking_through import WHOLE_IN_ARCHIVE, is_due, is_known_to_stand
from app.domain.network import Networks
from app.domain.network_token import NetworkToken, account
from app.domain.post import Post
from app.domain.question import Question, QuestionState
from app.domain.source import Source, SourceState
from app.domain.verdict import Verdict
from app.queries.event_end import is_over, last_sign
from app.queries.posts import has_screens

MOST_ON_SCREENS = 500

Position = dict[str, object]
"""Where a source has got to, in its network's own terms."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one source is to do. Two equal assignments need no restart; the position is not part of it."""

    source_id: int
    event_id: int
    slug: str
    kind: str
    hashtags: tuple[str, ...]
    zone: str
    options: dict[str, object]
    reads: bool
    """Whether new posts are wanted; of an event that is closed, or of a source that is switched off, only what is kept
    is looked after."""
    state_of_event: EventState
    """Of one that is archived not even that."""
    streams: bool
    """Whether this one may hold a stream: a network allows so many, and the newest events get them."""
    others: tuple[str, ...] = field(default=(), compare=False)
    """Slugs of our other events."""
    state: SourceState = field(default=SourceState.OFF, compare=False)
    position: Position = field(default_factory=dict, compare=False)
    token: str = field(default="", repr=False)
    """The Event's own, sealed; '' where the installation's is used."""
    account: str = ""
    """Under what its reading is counted: who shares a token shares its limits and what is paid for."""
    blind: bool = field(default=False, compare=False)
    """The desk was told that what is deleted cannot be noticed; nobody has taken that back."""


def sources(db: Session, event_id: int) -> list[Source]:
    """All that are stored, also those of networks that were removed."""
    return list(db.exec(select(Source).where(Source.event_id == event_id).order_by(col(Source.id))))


def one_each(db: Session, event: Event, kinds: Iterable[str], resting: Collection[str] = ()) -> list[Source]:
    """An Event's source of each of these networks, in this order; those that it has none of yet are made, not stored.

    A new event with hashtags listens at once; a network that comes later, or is `resting`, waits to be switched on.
    """
    stored = {source.kind: source for source in sources(db, event.id)}
    begin = set(kinds := list(kinds)) - set(resting) if event.hashtags and not stored else ()
    return [stored.get(kind) or Source(event_id=event.id, kind=kind, enabled=kind in begin) for kind in kinds]


def events_lacking(db: Session, kinds: tuple[str, ...]) -> list[int]:
    """Events that have not a source of each of these networks."""
    complete = (
        select(Source.event_id)
        .where(col(Source.kind).in_(kinds))
        .group_by(col(Source.event_id))
        .having(func.count() == len(kinds))
    )
    return list(db.exec(select(Event.id).where(col(Event.id).not_in(complete)).order_by(col(Event.id))))


def assignments(db: Session, networks: Networks) -> list[Assignment]:
    """What every source that is switched on, or has brought what is kept, is to do.

    Those of removed networks, of events to come, and of archived ones once they have said so, rest.
    """
    slugs = list(db.exec(select(Event.slug)))
    rows = db.exec(
        select(Source, Event, NetworkToken)
        .join(Event, col(Event.id) == Source.event_id)
        .outerjoin(NetworkToken, and_(NetworkToken.event_id == Source.event_id, NetworkToken.kind == Source.kind))
        .where(
            col(Source.kind).in_(networks.keys),
            or_(Event.state != EventState.ARCHIVED, Source.state != SourceState.OFF),
            or_(and_(col(Source.enabled), Event.state != EventState.PREPARED), _has_brought_what_is_kept()),
        )
        .order_by(col(Source.event_id).desc(), col(Source.id))
    ).all()
    free: dict[str, int | None] = {}
    found = []
    for source, event, token in rows:
        paid_by = account(source.kind, token.mark if token else "")
        left = free.setdefault(paid_by, networks[source.kind].limits.streams)
        reads = source.enabled and event.state is EventState.OPEN
        streams = reads and left != 0 and networks[source.kind].wants_stream(source.options)
        if streams and left is not None:
            free[paid_by] = left - 1
        made = _assignment(source, event, reads, streams, tuple(slug for slug in slugs if slug != event.slug))
        found.append(replace(made, account=paid_by, token=token.sealed if token else ""))
    return found


def _assignment(source: Source, event: Event, reads: bool, streams: bool, others: tuple[str, ...]) -> Assignment:
    return Assignment(
        source_id=source.id,
        event_id=event.id,
        slug=event.slug,
        kind=source.kind,
        hashtags=tuple(event.hashtags),
        zone=event.zone,
        options=dict(source.options),
        reads=reads,
        state_of_event=event.state,
        streams=streams,
        others=others,
        state=source.state,
        position=dict(source.position),
        blind=source.unseen != "",
    )


def _has_brought_what_is_kept() -> Any:
    kept = select(Post.id).where(Post.event_id == Source.event_id, Post.source == Source.kind)
    return kept.where(col(Post.withdrawn_at).is_(None)).exists()


@dataclass(frozen=True, slots=True)
class Kept:
    """A post that may have been taken away: its id, that of the version we know, and its ref."""

    id: int
    version_ref: str
    ref: str


def posts_on_screens(db: Session, event_id: int, kind: str, *, limit: int) -> list[Kept]:
    """What an audience may look at now, the newest first: on the walls, and what a speaker is asked."""
    event = db.get(Event, event_id)
    if event is None:
        return []
    asked = select(Question.post_id).where(
        Question.event_id == event_id, col(Question.state).in_([QuestionState.OPEN, QuestionState.ON_STAGE])
    )
    shown = and_(col(Post.verdict) == Verdict.APPROVED, col(Post.wall_cursor) > event.cleared_at)
    query = _kept(event_id, kind).where(or_(shown, col(Post.id).in_(asked)), has_screens(event))
    rows = db.exec(query.order_by(col(Post.wall_cursor).desc(), col(Post.id).desc()).limit(limit))
    return [_as_kept(row) for row in rows]


def posts_to_recheck(db: Session, event_id: int, kind: str, *, below: int, limit: int) -> list[Kept]:
    """All that is kept, whatever was ruled on it, the newest first, from a post on; 0 is the newest."""
    query = _kept(event_id, kind)
    if below:
        query = query.where(col(Post.id) < below)
    return [_as_kept(row) for row in db.exec(query.order_by(col(Post.id).desc()).limit(limit))]


def not_marked_yet(db: Session, event_id: int, marked: Iterable[Marked]) -> list[Marked]:
    """Those of which we do not know yet that they are marked."""
    each = {(one.source, one.ref): one for one in marked}
    query = select(Post.source, Post.ref).where(
        Post.event_id == event_id,
        col(Post.source).in_({source for source, _ in each}),
        col(Post.ref).in_({ref for _, ref in each}),
        col(Post.sensitive).is_(False),
        col(Post.withdrawn_at).is_(None),
    )
    return [each[key] for source, ref in db.exec(query) if (key := (source, ref)) in each]


def posts_to_look_after(db: Session, event_id: int, kind: str, *, at: datetime) -> tuple[int, int]:
    """How many are asked for on each further day, and how many ever more rarely: those on no screen after the end."""
    event = db.get(Event, event_id)
    if event is None or event.state is EventState.ARCHIVED:
        return 0, 0
    every = db.exec(select(func.count()).select_from(_kept(event_id, kind).subquery())).one()
    if not is_over(db, event_id, at=at):
        return every, 0
    source = db.exec(select(Source).where(Source.event_id == event_id, Source.kind == kind)).first()
    if source is not None and source.options.get(WHOLE_IN_ARCHIVE) is True:
        return every, 0
    shown = len(posts_on_screens(db, event_id, kind, limit=MOST_ON_SCREENS))
    return shown, every - shown


def is_looking_through_due(db: Session, source_id: int, *, at: datetime) -> bool:
    """Whether all that is kept of an Event that is over should be asked for."""
    source = db.get(Source, source_id)
    if source is None:
        return False
    daily = source.options.get(WHOLE_IN_ARCHIVE) is True
    return is_due(last_sign(db, source.event_id), source.looked_through_at, at=at, daily=daily)


def whole_in_archive(db: Session, event_id: int, *, at: datetime) -> frozenset[str]:
    """Of which networks the posts of a closed Event stand in its archive whole: chosen so, and all asked for lately."""
    found = db.exec(select(Source).where(Source.event_id == event_id))
    return frozenset(
        source.kind
        for source in found
        if source.options.get(WHOLE_IN_ARCHIVE) is True and is_known_to_stand(source.looked_through_at, at=at)
    )


def _kept(event_id: int, kind: str) -> Any:
    kept = select(Post.id, Post.version_ref, Post.ref)
    return kept.where(Post.event_id == event_id, Post.source == kind, col(Post.withdrawn_at).is_(None))


def _as_kept(row: tuple[int, str, str]) -> Kept:
    post_id, version_ref, ref = row
    return Kept(post_id, version_ref or ref, ref)
