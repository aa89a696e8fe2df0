"""Events are made and described; their programme moves on."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, col, delete, select

from app.actions import publish
from app.domain.event import Event, PolicyVersion, Talk
from app.domain.hashtag import BadHashtag, hashtag
from app.domain.policy import Policy
from app.domain.publication import Publication
from app.domain.sentence import Said
from app.domain.subject import Subject

LINES_KEPT = 20_000


class Refused(Said):
    """What was asked for cannot be stored; the sentence says why and goes to the person."""


def create_event(
    db: Session,
    slug: str,
    *,
    name: str,
    hashtags: list[str],
    at: datetime,
    zone: str = "Europe/London",
    accent: str = "teal",
    welcome: str = "",
    language: str = "en",
) -> Event:
    """Make an Event. Raises Refused for a slug that is taken or no slug, an empty name, an unknown zone."""
    slug = slug.strip().lower()
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?", slug):
        raise Refused("The address may hold only the letters a to z, digits and hyphens.")
    if db.exec(select(Event.id).where(Event.slug == slug)).first() is not None:
        raise Refused("There is an event at “%(slug)s” already.", slug=slug)
    event = Event(slug=slug, name="", created_at=at, policy=Policy().as_json())
    _describe(event, name=name, hashtags=hashtags, zone=zone, accent=accent, welcome=welcome, language=language)
    db.add(event)
    db.flush()
    db.add(PolicyVersion(event_id=event.id, version=event.policy_version, policy=event.policy, at=at))
    publish(db, event.id, Subject.EVENT, event.id, at=at)
    return event


def change_event(
    db: Session,
    event_id: int,
    *,
    name: str,
    hashtags: list[str],
    zone: str,
    accent: str,
    welcome: str,
    language: str,
    at: datetime,
) -> Event:
    """Change what an Event is called and looks like. Raises Refused as `create_event` does."""
    event = db.get_one(Event, event_id)
    spoke = event.zone, event.language
    _describe(event, name=name, hashtags=hashtags, zone=zone, accent=accent, welcome=welcome, language=language)
    publish(db, event_id, Subject.EVENT, event_id, at=at)
    if spoke != (event.zone, event.language):
        publish(db, event_id, Subject.SPEECH, event_id, at=at)
    return event


def add_talk(
    db: Session,
    event_id: int,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    room: str = "",
    speakers: list[str] | None = None,
    takes_questions: bool = True,
) -> Talk:
    """Put a Talk on the programme. Raises Refused for one without a title or that ends before it starts."""
    if not title.strip():
        raise Refused("A talk needs a title.")
    if ends_at <= starts_at:
        raise Refused("A talk must end after it starts.")
    talk = Talk(
        event_id=event_id,
        title=title.strip()[:200],
        room=room.strip()[:80],
        speakers=[name.strip() for name in speakers or [] if name.strip()],
        starts_at=starts_at,
        ends_at=ends_at,
        takes_questions=takes_questions,
    )
    db.add(talk)
    db.flush()
    publish(db, event_id, Subject.TALK, talk.id, at=at)
    return talk


def move_programme_on(db: Session, event_id: int, *, at: datetime) -> Talk | None:
    """Make the Talk that runs at `at` the current one. Announces only a change; gives the current Talk."""
    event = db.get_one(Event, event_id)
    running = db.exec(
        select(Talk)
        .where(Talk.event_id == event_id, col(Talk.starts_at) <= at, col(Talk.ends_at) > at)
        .order_by(col(Talk.starts_at).desc(), col(Talk.id))
        .limit(1)
    ).first()
    current = running.id if running else None
    if event.current_talk_id != current:
        event.current_talk_id = current
        publish(db, event_id, Subject.TALK, current or 0, at=at)
    return running


def trim_log(db: Session, event_id: int, *, keep: int = LINES_KEPT) -> None:
    """Forget the oldest lines. A reader that still wanted them gets a fresh snapshot instead."""
    event = db.get_one(Event, event_id)
    oldest = event.cursor - keep
    if oldest > event.trimmed:
        db.exec(delete(Publication).where(col(Publication.event_id) == event_id, col(Publication.cursor) <= oldest))
        event.trimmed = oldest


def _describe(
    event: Event, *, name: str, hashtags: list[str], zone: str, accent: str, welcome: str, language: str
) -> None:
    if not name.strip():
        raise Refused("An event needs a name.")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", language):
        raise Refused("“%(language)s” is not a language tag, such as en or cy.", language=language)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Refused("“%(zone)s” is not a time zone, such as Europe/London.", zone=zone) from None
    event.name, event.zone, event.accent = name.strip()[:120], zone, accent.strip()[:16] or "teal"
    event.language = language[:16]
    event.hashtags, event.welcome = _tags(hashtags), welcome.strip()[:280]


def _tags(hashtags: list[str]) -> list[str]:
    try:
        tags = [hashtag(typed) for typed in hashtags]
    except BadHashtag as error:
        raise Refused(error.sentence) from None
    return list(dict.fromkeys(tag for tag in tags if tag))
