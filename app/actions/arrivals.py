"""Posts arrive: one by one, or all that wait at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from time import thread_time
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from app.actions import publish, publish_all
from app.actions.asked import show_or_hide_question
from app.actions.authors import known_authors
from app.actions.clusters import announce_cluster
from app.actions.content import content, picture_urls
from app.actions.decisions import decide, decision_row
from app.actions.pictures import picture_keys
from app.actions.surroundings import Surroundings, own_talks, reposts_before
from app.domain.decision import SCREENING, Actor, Decision
from app.domain.event import Event
from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.post import Post
from app.domain.queue import doubts, rank
from app.domain.screening import screen
from app.domain.subject import Subject
from app.domain.verdict import Ruling, Signal, Verdict

MACHINE = Actor(label=SCREENING)
_SIGNAL = tuple(field.name for field in fields(Signal))


class Outcome(StrEnum):
    NEW = "new"
    EDITED = "edited"
    KNOWN = "known"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Received:
    post_id: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Arrival:
    incoming: Incoming
    at: datetime


def receive(db: Session, event_id: int, incoming: Incoming, *, at: datetime) -> Received:
    """Take a post in: store it with its ruling. One already known is ignored, a newer version replaces the text.

    An edit is screened like a new post; whatever the old text was worth, the new one waits for a person again.
    """
    post = _known(db, event_id, [incoming]).get((incoming.source, incoming.ref))
    if post is None:
        return _store(db, event_id, [Arrival(incoming, at)])[0]
    if post.withdrawn_at is not None:
        return Received(post.id, Outcome.GONE)
    if incoming.version <= post.version:
        return Received(post.id, Outcome.KNOWN)
    _edit(db, post, incoming, at=at)
    return Received(post.id, Outcome.EDITED)


def receive_many(db: Session, calls: Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]]) -> list[Received]:
    """Do what as many calls of `receive` would, in a few statements. A writer calls it for those that wait."""
    results: dict[int, Received] = {}
    by_event: defaultdict[int, dict[int, Arrival]] = defaultdict(dict)
    for number, ((event_id, incoming), kwargs) in enumerate(calls):
        by_event[event_id][number] = Arrival(incoming, kwargs["at"])
    for event_id, arrivals in by_event.items():
        results |= _receive_all(db, event_id, arrivals)
    return [results[number] for number in range(len(calls))]


def _receive_all(db: Session, event_id: int, arrivals: Mapping[int, Arrival]) -> dict[int, Received]:
    """New posts together, up to the next edit: it may change what those after it repeat."""
    known = _known(db, event_id, [arrival.incoming for arrival in arrivals.values()])
    versions = {key: post.version for key, post in known.items()}
    results: dict[int, Received] = {}
    new: dict[int, Arrival] = {}
    others: dict[int, Arrival] = {}
    for number, arrival in arrivals.items():
        key, version = (arrival.incoming.source, arrival.incoming.ref), arrival.incoming.version
        if key not in versions:
            new[number] = arrival
        elif version <= versions[key]:
            others[number] = arrival
            continue
        else:
            results |= dict(zip(new, _store(db, event_id, list(new.values())), strict=True))
            results[number] = receive(db, event_id, arrival.incoming, at=arrival.at)
            new = {}
        versions[key] = version
    results |= dict(zip(new, _store(db, event_id, list(new.values())), strict=True))
    return results | {at: receive(db, event_id, other.incoming, at=other.at) for at, other in others.items()}


receive.together = receive_many  # type: ignore[attr-defined]


def _known(db: Session, event_id: int, some: Iterable[Incoming]) -> dict[tuple[str, str], Post]:
    keys = {(incoming.source, incoming.ref) for incoming in some}
    # Not as pairs: SQLite would look through all posts of the event for them.
    query = select(Post).where(
        Post.event_id == event_id,
        col(Post.source).in_({source for source, _ in keys}),
        col(Post.ref).in_({ref for _, ref in keys}),
    )
    return {key: post for post in db.exec(query) if (key := (post.source, post.ref)) in keys}


def _store(db: Session, event_id: int, arrivals: list[Arrival]) -> list[Received]:
    """Store posts that are not known, each screened as if those before it were here already."""
    if not arrivals:
        return []
    event = db.get_one(Event, event_id)
    policy = Policy.from_json(event.policy)
    some = [arrival.incoming for arrival in arrivals]
    authors = known_authors(db, event_id, [(one.source, one.byline) for one in some], at=arrivals[0].at)
    pictures = picture_keys(db, picture_urls(some))
    talks = own_talks(db, event_id, some)
    reposts = reposts_before(db, event_id, some)
    by = [authors[one.source, one.byline.handle] for one in some]
    surroundings = Surroundings.of(db, event, by, some, at=min(arrival.at for arrival in arrivals))
    rows, rulings = [], []
    for arrival in arrivals:
        incoming = arrival.incoming
        author = authors[incoming.source, incoming.byline.handle]
        ruling = screen(incoming, policy, surroundings.context(author, incoming, at=arrival.at), clock=thread_time)
        cluster = surroundings.cluster(incoming, ruling)
        surroundings.add(author, incoming, ruling.verdict, cluster, at=arrival.at)
        rulings.append(ruling)
        rows.append(
            {
                "event_id": event_id,
                "author_id": author.id,
                "source": incoming.source,
                "ref": incoming.ref,
                "device": incoming.device,
                "vouched": incoming.vouched,
                "talk_id": incoming.asks_talk_id if incoming.asks_talk_id in talks else None,
                "posted_at": incoming.posted_at,
                "edited_at": None,
                "received_at": arrival.at,
                "reposts": reposts.get((incoming.source, incoming.ref), 0),
                "wall_cursor": None,
                "withdrawn_at": None,
                **content(incoming, pictures),
                "cluster": cluster,
                **_ruled(ruling, arrival.at, event, asks=incoming.asks_talk_id is not None),
            }
        )
    # In the order of the rows SQLite would insert one by one; a few at a time take a quarter of the time.
    inserted = insert(Post).returning(col(Post.id), col(Post.source), col(Post.ref))
    by_key = {(source, ref): post_id for post_id, source, ref in db.execute(inserted, rows)}
    ids = [by_key[arrival.incoming.source, arrival.incoming.ref] for arrival in arrivals]
    db.execute(
        insert(Decision),
        [
            decision_row(
                event, Subject.POST, post_id, "", ruling.verdict, by=MACHINE, reason=_why(ruling), at=arrival.at
            )
            for post_id, ruling, arrival in zip(ids, rulings, arrivals, strict=True)
        ],
    )
    cursors = publish_all(db, event_id, Subject.POST, ids, at=arrivals[-1].at)
    shown = [
        {"id": post_id, "wall_cursor": cursor}
        for post_id, ruling, cursor in zip(ids, rulings, cursors, strict=True)
        if ruling.verdict is Verdict.APPROVED
    ]
    if shown:
        db.execute(update(Post), shown)
    return [Received(post_id, Outcome.NEW) for post_id in ids]


def _edit(db: Session, post: Post, incoming: Incoming, *, at: datetime) -> None:
    event = db.get_one(Event, post.event_id)
    authors = known_authors(db, post.event_id, [(incoming.source, incoming.byline)], at=at)
    author = authors[incoming.source, incoming.byline.handle]
    surroundings = Surroundings.of(db, event, [author], [incoming], at=post.received_at, without=post.id)
    policy = Policy.from_json(event.policy)
    ruling = screen(incoming, policy, surroundings.context(author, incoming, at=post.received_at), clock=thread_time)
    before = post.verdict
    if before is Verdict.REJECTED or ruling.verdict is Verdict.REJECTED:
        ruling = Ruling(Verdict.REJECTED, ruling.signals)
    elif ruling.verdict is not Verdict.APPROVED:
        ruling = Ruling(Verdict.HELD, ruling.signals)
    left, asks = post.cluster, post.talk_id is not None
    changes = {
        **content(incoming, picture_keys(db, picture_urls([incoming]))),
        **_ruled(ruling, at, event, asks=asks),
        "cluster": surroundings.cluster(incoming, ruling),
        "agreed_by": "",
        "agreed_access_id": None,
        "declined_as": "",
    }
    for name, value in changes.items():
        setattr(post, name, value)
    post.edited_at = incoming.edited_at or at
    reason = "edited by its author"
    decide(db, post.event_id, Subject.POST, post.id, before, ruling.verdict, by=MACHINE, reason=reason, at=at)
    show_or_hide_question(db, post, at=at)
    cursor = publish(db, post.event_id, Subject.POST, post.id, at=at)
    if ruling.verdict is Verdict.APPROVED:
        post.wall_cursor = cursor
    if left != post.cluster:
        announce_cluster(db, event.id, left, at=at)


def _ruled(ruling: Ruling, at: datetime, event: Event, *, asks: bool) -> dict[str, Any]:
    decided = ruling.verdict is not Verdict.HELD
    return {
        "verdict": ruling.verdict,
        "doubts": doubts(ruling.signals),
        "screened_with": event.policy_version,
        "rank": rank(at, ruling.signals, asks=asks, delayed=ruling.delayed),
        "delayed": ruling.delayed,
        # The clock runs from when a moderator can have seen it: `keep_delays` starts it.
        "shows_at": None,
        "signals": [_stored(signal) for signal in ruling.signals],
        "decided_at": at if decided else None,
        "decided_by": MACHINE.label if decided else "",
    }


def _stored(signal: Signal) -> dict[str, Any]:
    """As `asdict` has it, in a tenth of the time."""
    return {name: getattr(signal, name) for name in _SIGNAL}


def _why(ruling: Ruling) -> str:
    return ruling.signals[0].code if ruling.signals else "policy"
