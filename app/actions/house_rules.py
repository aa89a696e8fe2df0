"""House rules are written by the organiser, and taken after by a copy of the Event."""

from datetime import datetime

from sqlmodel import Session

from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor
from app.domain.event import Event
from app.domain.house_rules import LONGEST_CONTACT, LONGEST_RULES, HouseRules
from app.domain.sentence import Sentence
from app.domain.subject import Subject

SAID = Sentence("Changed: house rules, or whom to tell")


def change_house_rules(
    db: Session, event_id: int, *, text: str, data_contact: str, welfare_contact: str, by: Actor = SETUP, at: datetime
) -> HouseRules:
    """From now on people read this; no screen shows it, so nothing is told. Raises Refused for what is too long."""
    db.get_one(Event, event_id, with_for_update=True)
    if len(text) > LONGEST_RULES or max(len(data_contact), len(welfare_contact)) > LONGEST_CONTACT:
        raise Refused("That is too long.")
    kept = db.get(HouseRules, event_id)
    if kept is not None and (kept.text, kept.data_contact, kept.welfare_contact) == (
        text,
        data_contact,
        welfare_contact,
    ):
        return kept
    decide(db, event_id, Subject.DESCRIPTION, event_id, AS_IT_WAS, CHANGED, by=by, at=at, detail=SAID)
    made = HouseRules(event_id=event_id, text=text, data_contact=data_contact, welfare_contact=welfare_contact)
    return db.merge(made)
