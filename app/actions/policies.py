"""An Event's policy changes; every version is kept, and a change can be undone."""

from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.domain.decision import SETUP, Actor, Decision
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.policy_version import PolicyVersion
from app.domain.sentence import Said
from app.domain.subject import Subject


class PolicyChanged(Said):
    """The rules are not those that were seen any more: what was wanted of them was not done."""


def change_policy(
    db: Session,
    event_id: int,
    policy: Policy,
    *,
    at: datetime,
    by: Actor = SETUP,
    seen: int | None = None,
    why: str = "",
    undoes: Decision | None = None,
) -> Event:
    """From now on posts are ruled by this policy; those that wait keep their signals until they are screened again.

    Raises PolicyChanged if the version in force is not the one that was `seen`.
    """
    event = db.get_one(Event, event_id, with_for_update=True)
    before = event.policy_version
    if seen is not None and seen != before:
        raise PolicyChanged("The rules have changed: this is version %(number)d now.", number=before)
    event.policy = policy.as_json()
    event.policy_version += 1
    db.add(PolicyVersion(event_id=event_id, version=event.policy_version, policy=event.policy, by=by.label, at=at))
    after = str(event.policy_version)
    decide(db, event_id, Subject.POLICY, event_id, str(before), after, by=by, at=at, detail=why, undoes=undoes)
    publish(db, event_id, Subject.EVENT, event_id, at=at)
    return event


def take_back_policy(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """The rules as they were before, as a new version. False if they have changed again since."""
    event = db.get_one(Event, decision.subject_id)
    former = db.get(PolicyVersion, (event.id, int(decision.before)))
    if str(event.policy_version) != decision.after or former is None:
        return False
    change_policy(db, event.id, Policy.from_json(former.policy), by=by, at=at, undoes=decision)
    return True
