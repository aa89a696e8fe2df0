"""A meet is described by its hosts; people say that they come, change that, and take it back."""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.seen_words import judge_as_seen
from app.actions.surveys import screened
from app.domain.decision import ADDED, AS_IT_WAS, CHANGED, REMOVED, Actor, Decision
from app.domain.event import Event, EventKind, EventState
from app.domain.meet import (
    LONGEST_AGENDA,
    LONGEST_BRINGS,
    LONGEST_FACT,
    LONGEST_GUEST,
    MOST_SEATS,
    MOST_WITH_ONE,
    Guest,
    GuestWords,
    Meet,
    MeetFacts,
)
from app.domain.screening.reading.blanks import has_words
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.domain.web_addresses import LONGEST_URL
from app.queries.meets import guests_of, is_off, is_over, meet_of, people_coming


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody who comes, with the token of their link: the only time that it can be seen. '' if they had it before."""

    guest: Guest
    token: str


def describe_meet(db: Session, event_id: int, facts: MeetFacts, *, by: Actor, at: datetime) -> Meet:
    """What people read of it from now on. Raises Refused for what is too long, or no address of a map."""
    event = db.get_one(Event, event_id, with_for_update=True)
    if event.kind is not EventKind.MEET:
        raise Refused("This is no meet.")
    checked = _checked_facts(facts)
    meet = meet_of(db, event)  # also what stays from the one before is changed, or taken away
    if all(getattr(meet, name) == value for name, value in checked.items()):
        return meet
    for name, value in checked.items():
        setattr(meet, name, value)
    meet.changed_at = at
    db.add(meet)
    db.flush()
    decide(db, event_id, Subject.MEET, event_id, AS_IT_WAS, CHANGED, by=by, at=at)
    publish(db, event_id, Subject.MEET, event_id, at=at)
    return meet


def _checked_facts(facts: MeetFacts) -> dict[str, Any]:
    said = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(facts).items()}
    if any(len(said[name]) > LONGEST_FACT for name in ("place", "step_free", "quiet", "cake")):
        raise Refused("At most %(letters)d letters, please.", letters=LONGEST_FACT)
    if len(facts.agenda) > LONGEST_AGENDA:
        raise Refused("At most %(letters)d letters, please.", letters=LONGEST_AGENDA)
    url = said["map_url"]
    if url and (not url.startswith(("https://", "http://")) or len(url) > LONGEST_URL or len(url.split()) != 1):
        raise Refused("The address of the map begins with https://.")
    if not 0 <= facts.seats <= MOST_SEATS:
        raise Refused("At most %(most)d people, please; 0 where nobody counts.", most=MOST_SEATS)
    return said


def come(db: Session, event_id: int, device: str, words: GuestWords, *, at: datetime) -> Coming:
    """Somebody comes. A phone that said so already changes it; its link goes on.

    Raises Refused if there is no room, if it is over or called off, or without a name.
    """
    event = db.get_one(Event, event_id, with_for_update=True)
    if event.kind is not EventKind.MEET:
        raise Refused("This is no meet.")
    mine = select(Guest).where(Guest.event_id == event_id, Guest.device == device)
    guest = db.exec(mine).first() if device else None
    token = "" if guest is not None else secrets.token_urlsafe(24)
    if guest is None:
        guest = Guest(event_id=event_id, device=device, token_hash=guest_token_hash(token), name="", at=at)
    _say(db, event, guest, words, at=at)
    return Coming(guest, token)


def change_guest(db: Session, guest_id: int, words: GuestWords, *, at: datetime) -> Guest:
    """They say it otherwise. Raises Refused as `come` does, and leaves it as it was."""
    event_id = db.get_one(Guest, guest_id).event_id
    event = db.get_one(Event, event_id, with_for_update=True)
    guest = db.get_one(Guest, guest_id, populate_existing=True)
    _say(db, event, guest, words, at=at)
    return guest


def _say(db: Session, event: Event, guest: Guest, words: GuestWords, *, at: datetime) -> None:
    name, brings = " ".join(words.name.split()), " ".join(words.brings.split())
    if not has_words(name):
        raise Refused("Type a name, any name, so that the hosts can count.")
    if len(name) > LONGEST_GUEST or len(brings) > LONGEST_BRINGS:
        raise Refused("Please say it shorter.")
    if not 0 <= words.more <= MOST_WITH_ONE:
        raise Refused("At most %(most)d people come with you.", most=MOST_WITH_ONE)
    if event.state in {EventState.CLOSED, EventState.ARCHIVED} or is_over(db, event.id, at):
        raise Refused("It is over. Thank you all the same.")
    if is_off(db, event.id):
        raise Refused("It does not take place.")
    meet = meet_of(db, event)
    others = people_coming(one for one in guests_of(db, event.id) if one.id != guest.id)
    if others + 1 + words.more > (meet.seats or MOST_SEATS):
        raise Refused("There is no room for so many any more.")
    if (name, brings, words.shown) != (guest.name, guest.brings, guest.shown):
        # What nobody reads is judged when somebody is to read it.
        text = f"{name}: {brings}" if brings else name
        if guest.verdict is not Verdict.REJECTED:  # whom a host has turned down a host names again, no rule does
            read = words.shown
            guest.verdict = screened(db, event.id, text, guest.token_hash, name=name, at=at) if read else Verdict.HELD
    guest.name, guest.brings, guest.more, guest.shown = name, brings, words.more, words.shown
    db.add(guest)
    db.flush()
    publish(db, event.id, Subject.GUEST, guest.id, at=at)


def stay_away(db: Session, guest_id: int, *, at: datetime) -> None:
    """They do not come: nothing of it is kept."""
    guest = db.get(Guest, guest_id, with_for_update=True)
    if guest is None:
        return
    event_id = guest.event_id
    db.delete(guest)
    db.flush()
    publish(db, event_id, Subject.GUEST, guest_id, at=at)


def take_guest_off(db: Session, guest_id: int, *, by: Actor, at: datetime) -> None:
    """A host takes somebody off the list: it was a joke, or they have said so elsewhere."""
    guest = db.get(Guest, guest_id)
    if guest is not None:
        decide(db, guest.event_id, Subject.GUEST, guest_id, ADDED, REMOVED, by=by, at=at)
        stay_away(db, guest_id, at=at)


def judge_guest(db: Session, guest_id: int, verdict: Verdict, *, seen: str, by: Actor, at: datetime) -> Decision | None:
    """Let everybody read the name, or not. None if it is so. Raises SaidOtherwise."""
    guest = db.get_one(Guest, guest_id, with_for_update=True, populate_existing=True)
    decision = judge_as_seen(db, guest, Subject.GUEST, verdict, seen=seen, by=by, at=at)
    if decision is not None:
        publish(db, guest.event_id, Subject.GUEST, guest.id, at=at)
    return decision


def guest_token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
