"""Sources are given to one process at a time, put away what they find, and say how they are."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import CursorResult
from sqlmodel import Session, col, or_, select, update

from app.actions.arrivals import Outcome, receive, receive_many
from app.actions.authors import follow_account
from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.folds import fold
from app.actions.markings import mark_sensitive
from app.actions.reposts import count_repost
from app.actions.withdrawals import withdraw
from app.domain.decision import CHANGED, SETUP, Actor
from app.domain.event import Event, EventState, TakesNothing
from app.domain.incoming import Account, Became, Incoming, IncomingRepost, Marked, Withdrawal
from app.domain.lease import LONGEST_LEASE
from app.domain.sentence import Sentence, within
from app.domain.source import Source, SourceState
from app.domain.subject import Subject
from app.domain.whole_text import whole_value
from app.queries.sources import Position, one_each

LAST_POST_STEP = timedelta(seconds=10)
"""The age of the last post is told to screens in steps, so that a burst is not announced twice."""


def add_sources(
    db: Session, event_id: int, kinds: Iterable[str], *, resting: Collection[str] = (), at: datetime
) -> None:
    """Give an Event a source of each of these networks that it has none of yet; those `resting` are switched off."""
    event = db.get(Event, event_id)
    for source in one_each(db, event, kinds, resting) if event is not None else ():
        if source not in db:
            db.add(source)
            publish(db, event_id, Subject.SOURCE, _id(db, source), at=at)


def change_source(
    db: Session,
    event_id: int,
    kind: str,
    *,
    enabled: bool,
    options: dict[str, object],
    at: datetime,
    among: Iterable[str] = (),
    resting: Collection[str] = (),
    by: Actor = SETUP,
) -> Source:
    """Switch a source on or off and say how it works; whoever runs it notices within seconds.

    `among` are all networks: a new Event gets its sources of the others first, or they would count as come later.
    """
    add_sources(db, event_id, among, resting=resting, at=at)
    source = db.exec(select(Source).where(Source.event_id == event_id, Source.kind == kind)).first()
    if source is None:
        source = Source(event_id=event_id, kind=kind)
        db.add(source)
    was, is_new = (source.enabled, dict(source.options)), source not in db or source.id is None
    source.enabled, source.options = enabled, dict(options)
    if is_new or was != (enabled, source.options):
        source_id, before = _id(db, source), "" if is_new else _ON[was[0]]
        after = CHANGED if before == _ON[enabled] else _ON[enabled]
        decide(db, event_id, Subject.SOURCE, source_id, before, after, by=by, at=at, detail=kind)
    publish(db, event_id, Subject.SOURCE, _id(db, source), at=at)
    return source


_ON = {True: "on", False: "off"}


def try_again(db: Session, event_id: int, kind: str, *, by: Actor = SETUP, at: datetime) -> None:
    """Let sources that have stopped have another go: somebody has mended what they complained about."""
    stopped = select(Source).where(Source.event_id == event_id, Source.kind == kind)
    for source in db.exec(stopped.where(Source.state == SourceState.STOPPED)).all():
        decide(db, event_id, Subject.SOURCE, source.id, source.state, SourceState.STARTING, by=by, at=at, detail=kind)
        _set(source, SourceState.STARTING, Sentence("Trying again."), at=at)
        publish(db, source.event_id, Subject.SOURCE, source.id, at=at)


def take_lease(db: Session, source_id: int, *, by: str, until: datetime, at: datetime) -> bool:
    """Become, or stay, the one process that runs this source. False if another one is."""
    until_when = col(Source.leased_until)
    over = or_(until_when.is_(None), until_when <= at, until_when > at + LONGEST_LEASE)
    free = or_(col(Source.leased_by) == by, over)
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


def report_unseen(db: Session, source_id: int, said: str, *, at: datetime) -> None:
    """Tell the moderators that what is deleted cannot be noticed, or, with '', that it can again.

    It stays as it was first said: who has just been started does not know since when.
    """
    source = db.get(Source, source_id)
    if source is None:
        return
    if isinstance(said, Sentence) and isinstance(source.unseen, Sentence) and "time" in source.unseen.facts:
        said = said.filled(**{**said.facts, "time": source.unseen.facts["time"]})
    if source.unseen != said:
        source.unseen = said
        publish(db, source.event_id, Subject.SOURCE, source.id, at=at)


def note_looked_through(db: Session, source_id: int, *, at: datetime) -> None:
    """All that is kept of an Event that is over was asked for."""
    source = db.get(Source, source_id)
    if source is not None:
        source.looked_through_at = at


def take_in(db: Session, source_id: int, found: Sequence[Became], position: Position | None, *, at: datetime) -> None:
    """Put away what a source found, and its position with it: neither is there without the other."""
    source = db.get(Source, source_id)
    if source is None:
        return
    news = False
    for is_post, some in groupby(found, lambda one: isinstance(one, Incoming)):
        if is_post:
            news |= _take_posts(db, source.event_id, [one for one in some if isinstance(one, Incoming)], at=at)
        else:
            _take_others(db, source, some, at=at)
    if position is not None:
        source.position = whole_value(dict(position))
    if news:
        _note_post(db, source, at=at)


def _take_posts(db: Session, event_id: int, posts: Sequence[Incoming], *, at: datetime) -> bool:
    """Whether there was anything new among them. Together they cost a third of what they do one by one."""
    event = db.get_one(Event, event_id, with_for_update={"read": True, "key_share": True})
    if event.state is EventState.OPEN:
        received = receive_many(db, [((event_id, one), {"at": at}) for one in posts])
    else:
        received = []
        for one in posts:
            # One that came a moment after the closing is left out; edits are still heeded.
            with suppress(TakesNothing):
                received.append(receive(db, event_id, one, at=at))
    fresh = [one.post_id for one in received if one.outcome in (Outcome.NEW, Outcome.EDITED)]
    for post_id in fresh:
        fold(db, post_id, at=at)
    return bool(fresh)


def _take_others(db: Session, source: Source, found: Iterable[Became], *, at: datetime) -> None:
    for one in found:
        match one:
            case IncomingRepost():
                count_repost(db, source.event_id, one, at=at)
            case Withdrawal():
                withdraw(db, source.event_id, one, at=at)
            case Account():
                follow_account(db, source.event_id, one, at=at)
            case Marked():
                mark_sensitive(db, source.event_id, one, at=at)


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
