"""What is kept for a time goes when that is over: a little at once, written down, and never while an Event goes on."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.actions.after_the_event import RETENTION
from app.actions.change_log import publish, publish_all, soon
from app.actions.decisions import decide
from app.actions.log_words import forget_log_words
from app.actions.post_removal import remove_authors, remove_pictures, remove_posts
from app.actions.resources import note_links
from app.actions.retention_of_meets import (
    forget_phones_of_meet,
    let_earlier_notes_go,
    let_guests_go,
    let_photos_go,
)
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor, Decision
from app.domain.event import Event, EventKind
from app.domain.mailed_link import MailedLink
from app.domain.meet import Guest
from app.domain.post import Author, Post
from app.domain.question import Vote
from app.domain.retention import Kind, Retention, goes_at
from app.domain.sentence import Sentence, counted
from app.domain.source_marks import FLOOR
from app.domain.subject import Subject
from app.domain.takedown import SETTLED, Takedown
from app.queries.erasures import votes_of
from app.queries.retention import (
    GONE,
    end_of,
    over_wishes,
    rows_kept,
    votes_with_devices,
    with_device,
)

GONE_AT_ONCE = 200
"""Rows of one transaction: whoever writes meanwhile hardly waits."""
DATES_WAIT = timedelta(days=365)
"""So long somebody is on the list of a meet that gets no date, and that nobody closes."""
THEMES_WAIT = timedelta(days=365)
"""So long somebody may vote for a theme that nobody plans, and each phone once."""
KEPT, FORGOTTEN = "kept", "removed_by_age"


def change_retention(db: Session, event_id: int, retention: Retention, *, by: Actor = SETUP, at: datetime) -> Event:
    """From now on it is kept so long. Raises BadRetention."""
    event = db.get_one(Event, event_id, with_for_update=True)
    wanted, was = retention.checked(), Retention.from_json(event.retention)
    if wanted == was:
        return event
    event.retention = wanted.as_json()
    said = Sentence("Changed: how long what is kept")
    decide(db, event_id, Subject.RETENTION, event_id, AS_IT_WAS, CHANGED, by=by, at=at, detail=said)
    publish(db, event_id, Subject.RETENTION, event_id, at=at)
    return event


def forget_due(db: Session, event_id: int, usual: Mapping[str, int], *, at: datetime) -> int:
    """Let go of some of what is due, one kind at a time; gives how many rows that were, 0 if nothing is left to do.

    `usual` are the networks with the days for which posts of each are kept where nobody said otherwise.
    """
    event = db.get_one(Event, event_id, with_for_update=True)
    retention = Retention.from_json(event.retention).with_usual(usual)
    for kind, days in retention.days().items():
        gone = _by_its_own_time(db, event, kind, days, at=at) if days else 0
        ended = end_of(db, event, kind)
        due = goes_at(days, ended) if kind != Kind.CONTACTS else None
        if gone == 0 and due is not None and ended is not None and due <= at:
            gone = _forget(db, event, kind, usual, ended=ended, at=at)
        if gone:
            _note_gone(db, event, kind, days, gone, at=at)
            return gone
    return 0


def _by_its_own_time(db: Session, event: Event, kind: str, days: int, *, at: datetime) -> int:
    """What goes whether the Event has ended or not."""
    before = at - timedelta(days=days)
    match kind:
        case Kind.CONTACTS:
            return _contacts(db, event, before)
        case Kind.DEVICES:
            met = goes_at(days, end_of(db, event, Kind.GUESTS))
            return _wishes(db, event, before, at - THEMES_WAIT) or (
                forget_phones_of_meet(db, event) if met is not None and met <= at else 0
            )
        case Kind.GUESTS if event.kind is EventKind.MEET and end_of(db, event, kind) is None:
            return let_guests_go(db, event, Guest.at <= at - DATES_WAIT, at=at)
    return 0


def _forget(db: Session, event: Event, kind: str, usual: Mapping[str, int], *, ended: datetime, at: datetime) -> int:
    match kind:
        case Kind.DEVICES:
            return _devices(db, event, at=at)
        case Kind.GUESTS:
            return let_guests_go(db, event, at=at)
        case Kind.NOTES:
            return let_earlier_notes_go(db, event, at=at)
        case Kind.ADDRESSES:
            return _addresses(db, event)
        case Kind.LOG:
            return forget_log_words(db, event, ended, at_once=GONE_AT_ONCE)
    if kind == Kind.FLOOR and (photos := let_photos_go(db, event, at=at)):
        return photos
    table, *which = rows_kept(event, kind, usual)
    posts = db.exec(select(table.id, table.author_id).where(*which).order_by(table.id).limit(GONE_AT_ONCE)).all()
    removed = remove_posts(db, event.id, [number for number, _ in posts], at=at)
    soon(db, note_links, event.id, at=at)
    # Whom somebody has blocked or trusted stays known by that: the next edition of a series goes by it.
    remove_authors(db, event.id, {author_id for _, author_id in posts}, removed, known_too=False)
    remove_pictures(db, removed)
    return removed.posts


def _devices(db: Session, event: Event, *, at: datetime) -> int:
    """From which phone something came: what was sent is nobody's any more, and every vote still counts once."""
    sent = select(Post).where(Post.event_id == event.id, col(Post.device) != "").order_by(col(Post.id))
    posts = db.exec(sent.limit(GONE_AT_ONCE)).all()
    for post in posts:
        post.device = ""
        if post.source == FLOOR.key:
            author = db.get_one(Author, post.author_id)
            author.ref = author.handle = f"{FLOOR.key}-{author.id}"
            post.ref = f"{GONE}:{post.id}"
            post.byline = {
                **post.byline,
                "handle": author.handle,
                **({"before": {}} if "before" in post.byline else {}),
            }
    if posts:
        publish_all(db, event.id, Subject.POST, [post.id for post in posts], at=at)
        return len(posts)
    # The same stand-in for all votes of a device: who wished for two that are asked together is still one.
    some = select(Vote.device).where(*votes_with_devices(event.id)).distinct().order_by(col(Vote.device))
    changed = 0
    for device in db.exec(some.limit(GONE_AT_ONCE)).all():
        votes = votes_of(db, event.id, device)
        for vote in votes:
            vote.device, vote.origin = f"{GONE}-{votes[0].id}", ""
        changed += len(votes)
    return changed


def _wishes(db: Session, event: Event, before: datetime, long_before: datetime) -> int:
    """From which phone a survey was answered and a theme suggested or voted for; what was said and every vote stay."""
    for table, over in over_wishes(event.id, before, long_before).items():
        some = select(table).where(table.event_id == event.id, over, *with_device(table)).order_by(table.id)
        found = db.exec(some.limit(GONE_AT_ONCE)).all()
        for one in found:
            one.device = f"{GONE}-{one.id}"
        if found:
            return len(found)
    return 0


def _addresses(db: Session, event: Event) -> int:
    some = select(MailedLink.id).where(MailedLink.event_id == event.id).limit(GONE_AT_ONCE)
    numbers = list(db.exec(some))
    db.execute(delete(MailedLink).where(col(MailedLink.id).in_(numbers)))
    if numbers:
        publish(db, event.id, Subject.ACCESS, event.id, at=event.created_at)
    return len(numbers)


def _contacts(db: Session, event: Event, settled_before: datetime) -> int:
    some = select(Takedown).where(
        Takedown.event_id == event.id,
        col(Takedown.contact) != "",
        col(Takedown.state).in_(SETTLED),
        col(Takedown.settled_at) <= settled_before,
    )
    found = db.exec(some.limit(GONE_AT_ONCE)).all()
    for one in found:
        one.contact = ""
    return len(found)


def _note_gone(db: Session, event: Event, kind: str, days: int, gone: int, *, at: datetime) -> None:
    """One line a day for each kind, written when the first of it goes and counting up: a crash loses none of it."""
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    mine = select(Decision).where(
        Decision.event_id == event.id,
        Decision.subject == Subject.RETENTION,
        Decision.reason == kind,
        Decision.at >= today,
    )
    line = db.exec(mine).first()
    told = line.detail.facts.get("num") if line is not None and isinstance(line.detail, Sentence) else 0
    before = told if isinstance(told, int) else 0
    said = counted(
        "%(num)d row is gone, as it is kept for %(days)d days after the event",
        "%(num)d rows are gone, as they are kept for %(days)d days after the event",
        before + gone,
        days=days,
    )
    if line is not None:
        line.detail = said
    else:
        decide(
            db, event.id, Subject.RETENTION, event.id, KEPT, FORGOTTEN, by=RETENTION, at=at, reason=kind, detail=said
        )
