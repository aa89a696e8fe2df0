"""Posts arrive: one by one, or all that wait at once. Known? Read once, surroundings, ruling, rows, told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from app.actions.answers import file_arrived
from app.actions.authors import known_authors
from app.actions.change_log import publish
from app.actions.copies_in_findings import forget_copies_of
from app.actions.decisions import decide
from app.actions.folds import unfold
from app.actions.pictures import picture_keys
from app.actions.post_columns import content, picture_urls, ruling_columns
from app.actions.post_rows import Ruled, announce_posts, insert_posts
from app.actions.questions_of_posts import show_or_hide_question
from app.actions.wall_numbers import next_wall_numbers
from app.domain.decision import EDITED, MACHINE
from app.domain.event import Event, EventState, TakesNothing
from app.domain.incoming import Incoming, Quoted
from app.domain.policy import Policy
from app.domain.post import Author, Post
from app.domain.screening import screen
from app.domain.screening.checks.similar_questions import may_be_asked_already
from app.domain.screening.edits import after_an_edit
from app.domain.screening.memory import Memory
from app.domain.screening.reader.combining import until_read
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Recent
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.erasures import Before, erased_before
from app.queries.event_memory import event_memory
from app.queries.posts import known_posts


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

    Raises TakesNothing for a new one unless the Event is open.

    An edit is screened like a new post; whatever the old text was worth, the new one waits for a person again.
    """
    post = known_posts(db, event_id, [incoming]).get((incoming.source, incoming.ref))
    if post is None:
        return _store(db, event_id, [Arrival(incoming, at)])[0]
    if post.withdrawn_at is not None:
        return Received(post.id, Outcome.GONE)
    if incoming.version <= post.version:
        return Received(post.id, Outcome.KNOWN)
    edit(db, post, incoming, at=at)
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
    known = known_posts(db, event_id, [arrival.incoming for arrival in arrivals.values()])
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


def _store(db: Session, event_id: int, arrivals: list[Arrival]) -> list[Received]:
    """Store posts that are not known, each screened as if those before it were here already."""
    if not arrivals:
        return []
    # It waits for an erasure that is under way, and for nothing else: what is being erased must not come in after it.
    event = db.get_one(Event, event_id, with_for_update={"read": True, "key_share": True})
    if event.state is not EventState.OPEN:
        raise TakesNothing(event.state)
    before = erased_before(db, event)
    if before.rows:
        kept = [without_erased(before, arrival) for arrival in arrivals]
        stored = iter(_store_kept(db, event, [arrival for arrival in kept if arrival is not None]))
        return [next(stored) if arrival is not None else Received(0, Outcome.GONE) for arrival in kept]
    return _store_kept(db, event, arrivals)


def without_erased(before: Before, arrival: Arrival) -> Arrival | None:
    """What was erased does not come back from its network, neither by itself nor as a quote: None, or without it."""
    incoming, quote = arrival.incoming, arrival.incoming.quote
    if before.holds(incoming.source, incoming.byline, incoming.posted_at):
        return None
    if quote is None or quote.byline is None:
        return arrival
    gone = before.holds(incoming.source, quote.byline, quote.posted_at or incoming.posted_at)
    return replace(arrival, incoming=replace(incoming, quote=Quoted(False))) if gone else arrival


def _store_kept(db: Session, event: Event, arrivals: list[Arrival]) -> list[Received]:
    if not arrivals:
        return []
    reads = [Reading.of(arrival.incoming) for arrival in arrivals]
    authors = _authors(db, event, reads, at=arrivals[0].at)
    memory = _memory(db, event, authors, reads, at=min(arrival.at for arrival in arrivals))
    policy = Policy.from_json(event.policy)
    ruled = [
        _rule(event, memory, policy, author, read, at=arrival.at)
        for author, read, arrival in zip(authors, reads, arrivals, strict=True)
    ]
    ids = insert_posts(db, event, ruled)
    file_arrived(db, event, dict(zip(ids, (arrival.incoming for arrival in arrivals), strict=True)))
    announce_posts(db, event, ids, ruled)
    return [Received(post_id, Outcome.NEW) for post_id in ids]


def edit(db: Session, post: Post, incoming: Incoming, *, at: datetime, author: Author | None = None) -> None:
    """The new words take the place of the old, and are ruled as if they had come in their place.

    With an `author` nothing is learned of what they are called now.
    """
    event = db.get_one(Event, post.event_id)
    read = Reading.of(incoming)
    author = author or _authors(db, event, [read], at=at)[0]
    memory = _memory(db, event, [author], [read], at=post.received_at, before=post.id)
    ruled = _rule(event, memory, Policy.from_json(event.policy), author, read, at=post.received_at)
    before, left, revision = post.verdict, post.cluster, post.revision
    ruling = after_an_edit(before, ruled.ruling)
    changes = {
        **content(read, picture_keys(db, picture_urls([incoming]))),
        **ruling_columns(ruling, at, event, asks=post.asks),
        "cluster": ruled.cluster,
        "revision": revision + 1,
        "edited_at": incoming.edited_at or at,
        "agreed_by": "",
        "agreed_access_id": None,
        "declined_as": "",
        "suggested": "",
    }
    if post.text != incoming.text:
        forget_copies_of(db, post, at=at)
    for name, value in changes.items():
        setattr(post, name, value)
    decide(
        db,
        event.id,
        Subject.POST,
        post.id,
        before,
        ruling.verdict,
        by=MACHINE,
        reason=EDITED,
        revision=revision,
        at=at,
    )
    show_or_hide_question(db, post, at=at)
    file_arrived(db, event, {post.id: incoming})
    cursor = publish(db, event.id, Subject.POST, post.id, at=at)
    if ruling.verdict is Verdict.APPROVED:
        post.wall_cursor, post.wall_number = cursor, next_wall_numbers(db, post.event_id, 1)[0]
    if left != post.cluster:
        unfold(db, post, left, at=at)


def _authors(db: Session, event: Event, reads: Sequence[Reading], *, at: datetime) -> list[Author]:
    """Who wrote each."""
    return known_authors(db, event.id, [(read.post.source, read.post.byline) for read in reads], at=at)


def _memory(
    db: Session, event: Event, authors: Sequence[Author], reads: Sequence[Reading], *, at: datetime, before: int = 0
) -> Memory:
    ids, marks = {author.id for author in authors}, {read.fingerprint for read in reads}
    asks = any(map(may_be_asked_already, reads))
    return event_memory(db, event, ids, marks, at=at, before=before, asks=asks)


def _rule(event: Event, memory: Memory, policy: Policy, author: Author, read: Reading, *, at: datetime) -> Ruled:
    """Rule on a post; those after it then know it."""
    ruling = screen(read, policy, memory.surroundings(author.id, read, at=at, standing=author.standing))
    ruling = until_read(ruling) if event.has_reader else ruling
    cluster = memory.cluster(read, ruling)
    memory.remember(Recent(read.essence, author.id, cluster), read.fingerprint, ruling.verdict, at=at)
    return Ruled(author, read, ruling, cluster, at)
