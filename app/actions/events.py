"""Events are made and described."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, select

from app.actions.brand import Pictures, dress
from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.event_copies import take_after
from app.actions.network_tokens import copy_tokens
from app.domain.brand import Brand, read_accent
from app.domain.colour import BadColour
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor
from app.domain.event import Event, EventKind, EventState
from app.domain.hashtag import BadHashtag, hashtag
from app.domain.policy import Policy
from app.domain.policy_version import PolicyVersion
from app.domain.sentence import Said, Sentence
from app.domain.subject import Subject

TWICE_WITHIN = timedelta(minutes=1)


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
    by: Actor = SETUP,
) -> Event:
    """Make an Event, open. Raises Refused for a slug that is taken or no slug, an empty name, an unknown zone."""
    event = _new_event(
        db,
        slug,
        name=name,
        hashtags=hashtags,
        at=at,
        zone=zone,
        accent=accent,
        welcome=welcome,
        language=language,
    )
    _made(db, event, by=by, at=at)
    return event


def _new_event(
    db: Session,
    slug: str,
    *,
    name: str,
    hashtags: list[str],
    at: datetime,
    zone: str,
    accent: str,
    welcome: str,
    language: str,
) -> Event:
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
    return event


def _made(db: Session, event: Event, *, by: Actor, at: datetime) -> None:
    decide(db, event.id, Subject.LIFE, event.id, "", event.state, by=by, at=at)
    publish(db, event.id, Subject.EVENT, event.id, at=at)


def plan_event(
    db: Session,
    slug: str,
    *,
    name: str,
    hashtags: list[str],
    zone: str,
    accent: str,
    language: str,
    kind: EventKind,
    starts_on: date | None,
    ends_on: date | None,
    listed: bool,
    like: int | None = None,
    with_tokens: bool = False,
    wall: str = "",
    pictures: Pictures = {},  # noqa: B006 - nobody writes in it
    by: Actor = SETUP,
    at: datetime,
) -> Event:
    """Make an Event ahead of its day: it takes nothing until it is opened. It takes after another, `like`, whose
    colour and wall it has unless others are given, and where that is asked for its tokens of networks, which somebody
    pays for.

    Raises Refused as `create_event` does, and for days in the wrong order.
    """
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("The last day is before the first.")
    other = db.get_one(Event, like) if like is not None else None
    about = {
        "zone": zone,
        "language": language,
        "kind": kind,
        "listed": listed,
        "starts_on": starts_on,
    }
    try:
        event = _new_event(
            db,
            slug,
            name=name,
            hashtags=hashtags,
            zone=zone,
            accent=accent.strip() or (other.accent if other else "teal"),
            welcome="",
            language=language,
            at=at,
        )
    except Refused:
        if made := _made_just_now(db, slug, name, hashtags, about, at=at):
            return made
        raise
    event.kind, event.state, event.listed = kind, EventState.PREPARED, listed
    event.starts_on, event.ends_on = starts_on, ends_on or starts_on
    if other is not None:
        take_after(db, event, other, at=at)
    _made(db, event, by=by, at=at)
    if other is not None and with_tokens:
        copy_tokens(db, other.id, event.id, by=by, at=at)
    brand = Brand.from_json(event.brand)
    dress(db, event, replace(brand, wall=wall or brand.wall), pictures)
    return event


def _made_just_now(
    db: Session, slug: str, name: str, hashtags: list[str], about: Mapping[str, object], *, at: datetime
) -> Event | None:
    """What a form has made that comes twice: nobody is told of a tap too many that the address is taken."""
    there = db.exec(select(Event).where(Event.slug == slug.strip().lower())).first()
    if there is None or there.state is not EventState.PREPARED or abs(at - there.created_at) > TWICE_WITHIN:
        return None
    same = (name.strip()[:120], _tags(hashtags)) == (there.name, there.hashtags)
    return there if same and all(getattr(there, field) == value for field, value in about.items()) else None


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
    by: Actor = SETUP,
    at: datetime,
) -> Event:
    """Change what an Event is called and looks like. Raises Refused as `create_event` does."""
    event = db.get_one(Event, event_id)
    spoke, was = (event.zone, event.language), _described(event)
    _describe(event, name=name, hashtags=hashtags, zone=zone, accent=accent, welcome=welcome, language=language)
    changed = tuple(what for what, value in _described(event).items() if was[what] != value)
    if not changed:
        return event
    said = Sentence("Changed: %(what)s", what=changed)
    decide(db, event_id, Subject.DESCRIPTION, event_id, AS_IT_WAS, CHANGED, by=by, at=at, detail=said)
    publish(db, event_id, Subject.EVENT, event_id, at=at)
    if spoke != (event.zone, event.language):
        publish(db, event_id, Subject.SPEECH, event_id, at=at)
    return event


def _described(event: Event) -> dict[Sentence, object]:
    return {
        Sentence("name"): event.name,
        Sentence("hashtags"): list(event.hashtags),
        Sentence("time zone"): event.zone,
        Sentence("colour"): event.accent,
        Sentence("welcome"): event.welcome,
        Sentence("language"): event.language,
    }


def _describe(
    event: Event, *, name: str, hashtags: list[str], zone: str, accent: str, welcome: str, language: str
) -> None:
    if not name.strip():
        raise Refused("An event needs a name.")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", language):
        raise Refused("“%(language)s” is not a language tag, such as en or cy.", language=language)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a name too long for a file
        raise Refused("“%(zone)s” is not a time zone, such as Europe/London.", zone=zone) from None
    try:
        event.accent = read_accent(accent)
    except BadColour as error:
        raise Refused(error.sentence) from None
    event.name, event.zone = name.strip()[:120], zone
    event.language = language[:16]
    event.hashtags, event.welcome = _tags(hashtags), welcome.strip()[:280]


def _tags(hashtags: list[str]) -> list[str]:
    try:
        tags = [hashtag(typed) for typed in hashtags]
    except BadHashtag as error:
        raise Refused(error.sentence) from None
    return list(dict.fromkeys(tag for tag in tags if tag))
