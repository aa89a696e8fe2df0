"""Sources are given to one process at a time, put away what they find, and say how they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult
from sqlmodel import Session, col, or_, select, update

from app.actions import publish
from app.actions.arrivals import Outcome, receive
from app.actions.posts import count_repost, withdraw
from app.domain.event import Event, Source, SourceState
from app.domain.incoming import Incoming, IncomingRepost, Withdrawal
from app.domain.post import Post
from app.domain.sentence import within
from app.domain.subject import Subject
from app.domain.verdict import Verdict

Found = Incoming | IncomingRepost | Withdrawal
Position = dict[str, object]

LAST_POST_STEP = timedelta(seconds=10)
"""The age of the last post is told to screens in steps, so that a burst is not announced twice."""


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
    streams: bool
    """Whether this one may hold the network's stream: a token has one, the newest event gets it."""
    others: tuple[str, ...] = field(default=(), compare=False)
    """Slugs of our other events."""
    state: SourceState = field(default=SourceState.OFF, compare=False)
    position: Position = field(default_factory=dict, compare=False)


def assignments(db: Session) -> list[Assignment]:
    """What every source that is switched on is to do. Reads only: for `ask`."""
    slugs = list(db.exec(select(Event.slug)))
    rows = db.exec(
        select(Source, Event)
        .join(Event, col(Event.id) == Source.event_id)
        .where(col(Source.enabled))
        .order_by(col(Source.event_id).desc(), col(Source.id))
    ).all()
    streaming: set[str] = set()
    found = []
    for source, event in rows:
        streams = source.kind not in streaming and source.options.get("mode") != "poll"
        if streams:
            streaming.add(source.kind)
        found.append(_order(source, event, streams, tuple(slug for slug in slugs if slug != event.slug)))
    return found


def _order(source: Source, event: Event, streams: bool, others: tuple[str, ...]) -> Assignment:
    return Assignment(
        source_id=source.id,
        event_id=event.id,
        slug=event.slug,
        kind=source.kind,
        hashtags=tuple(event.hashtags),
        zone=event.zone,
        options=dict(source.options),
        streams=streams,
        others=others,
        state=source.state,
        position=dict(source.position),
    )


def change_source(
    db: Session, event_id: int, kind: str, *, enabled: bool, options: dict[str, object], at: datetime
) -> Source:
    """Switch a source on or off and say how it works; whoever runs it notices within seconds."""
    source = db.exec(select(Source).where(Source.event_id == event_id, Source.kind == kind)).first()
    if source is None:
        source = Source(event_id=event_id, kind=kind)
        db.add(source)
    source.enabled, source.options = enabled, dict(options)
    publish(db, event_id, Subject.SOURCE, _id(db, source), at=at)
    return source


def try_again(db: Session, source_id: int, *, at: datetime) -> Source:
    """Let a source that has stopped have another go: somebody has mended what it complained about."""
    source = db.get_one(Source, source_id)
    if source.state is SourceState.STOPPED:
        _set(source, SourceState.STARTING, "Trying again.", at=at)
        publish(db, source.event_id, Subject.SOURCE, source.id, at=at)
    return source


def take_lease(db: Session, source_id: int, *, by: str, until: datetime, at: datetime) -> bool:
    """Become, or stay, the one process that runs this source. False if another one is."""
    free = or_(col(Source.leased_by) == by, col(Source.leased_until).is_(None), col(Source.leased_until) <= at)
    taken = update(Source).where(col(Source.id) == source_id, free).values(leased_by=by, leased_until=until)
    result: CursorResult[Any] = db.exec(taken)
    return bool(result.rowcount)


def release_lease(db: Session, source_id: int, *, by: str, at: datetime) -> None:
    """Let another process have it at once. A source that was switched off says so."""
    source = db.get(Source, source_id)
    if source is None or source.leased_by != by:
        return
    source.leased_by, source.leased_until = "", None
    if not source.enabled and source.state is not SourceState.OFF:
        _set(source, SourceState.OFF, "", at=at)
        publish(db, source.event_id, Subject.SOURCE, source.id, at=at)


def report_state(
    db: Session,
    source_id: int,
    state: SourceState,
    detail: str,
    *,
    at: datetime,
    next_try_at: datetime | None = None,
) -> None:
    """Tell the moderators how a source is doing. Announces only what is new."""
    source = db.get(Source, source_id)
    if source is None or (source.state, source.detail, source.next_try_at) == (state, detail, next_try_at):
        return
    _set(source, state, detail, at=at, next_try_at=next_try_at)
    publish(db, source.event_id, Subject.SOURCE, source.id, at=at)


def report_heard(db: Session, source_id: int, *, at: datetime) -> None:
    """The other side gave a sign of life."""
    source = db.get(Source, source_id)
    if source is not None:
        source.last_heard_at = at
        publish(db, source.event_id, Subject.SOURCE, source.id, at=at)


def take_in(db: Session, source_id: int, found: Sequence[Found], position: Position | None, *, at: datetime) -> None:
    """Put away what a source found, and its position with it: neither is there without the other."""
    source = db.get(Source, source_id)
    if source is None:
        return
    news = False
    for one in found:
        match one:
            case Incoming():
                outcome = receive(db, source.event_id, one, at=at).outcome
                news = news or outcome in (Outcome.NEW, Outcome.EDITED)
            case IncomingRepost():
                count_repost(db, source.event_id, one, at=at)
            case Withdrawal():
                withdraw(db, source.event_id, one, at=at)
    if position is not None:
        source.position = dict(position)
    if news:
        _note_post(db, source, at=at)


def posts_to_recheck(db: Session, event_id: int, kind: str, *, after: int, limit: int) -> list[tuple[int, str, str]]:
    """Posts shown or waiting, oldest first: (id, id of the version we know, ref). Reads only: for `ask`."""
    rows = db.exec(
        select(Post.id, Post.version_ref, Post.ref)
        .where(
            Post.event_id == event_id,
            Post.source == kind,
            col(Post.id) > after,
            col(Post.withdrawn_at).is_(None),
            col(Post.verdict).in_([Verdict.HELD, Verdict.APPROVED, Verdict.STASHED]),
        )
        .order_by(col(Post.id))
        .limit(limit)
    )
    return [(post_id, version_ref or ref, ref) for post_id, version_ref, ref in rows]


def _note_post(db: Session, source: Source, *, at: datetime) -> None:
    last = source.last_post_at
    if last is None or at - last >= LAST_POST_STEP:
        source.last_post_at = at
        publish(db, source.event_id, Subject.SOURCE, source.id, at=at)


def _set(source: Source, state: SourceState, detail: str, *, at: datetime, next_try_at: datetime | None = None) -> None:
    if source.state is not state:
        source.state_since = at
    source.state, source.detail, source.next_try_at = state, within(detail, 400), next_try_at


def _id(db: Session, source: Source) -> int:
    db.flush()
    return source.id
