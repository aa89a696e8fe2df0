"""A rule that people overrule again and again says less from now on, or is left as it is. Organisers decide."""

from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.decisions import decide, last_in_force
from app.actions.events import Refused
from app.actions.policies import change_policy, take_back_policy
from app.domain.decision import SETUP, Actor, Decision
from app.domain.event import Event
from app.domain.overruled_rules import MAY_SAY_LESS, Overruled, saying_less
from app.domain.policy import Policy
from app.domain.policy_version import PolicyVersion
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.overruled_rules import rules_overruled

LEFT_AS_IT_IS = "left_as_it_is"
_WHY = Sentence("It was overruled %(overruled)d of %(of)d times.")


def let_rule_say_less(db: Session, event_id: int, category: str, *, at: datetime, by: Actor = SETUP) -> Event:
    """As a new version of the rules, undone like any other. Raises Refused if nothing is suggested any more."""
    event, found = _suggested(db, event_id, category)
    wanted = saying_less(Policy.from_json(event.policy), category)
    return change_policy(db, event_id, wanted, by=by, at=at, why=_why(found))


def take_back_easing(db: Session, event_id: int, category: str, *, by: Actor, at: datetime) -> Event:
    """The rules as they were before a rule was let say less. Raises Refused if that is not what happened last."""
    event = db.get_one(Event, event_id, with_for_update=True)
    decision = last_in_force(db, event_id, Subject.POLICY, event_id)
    if (
        decision is None
        or not _eased(db, event, decision, category)
        or not take_back_policy(db, decision, by=by, at=at)
    ):
        raise Refused("The rules have changed since; nothing was taken back.")
    return event


def _eased(db: Session, event: Event, decision: Decision, category: str) -> bool:
    """Whether it was this that brought the rules in force."""
    former = db.get(PolicyVersion, (event.id, int(decision.before)))
    if former is None or category not in MAY_SAY_LESS:
        return False
    return saying_less(Policy.from_json(former.policy), category) == Policy.from_json(event.policy)


def leave_rule(db: Session, event_id: int, category: str, *, at: datetime, by: Actor = SETUP) -> Event:
    """What was decided so far is no reason any more. Raises Refused if nothing is suggested."""
    event, found = _suggested(db, event_id, category)
    decide(db, event_id, Subject.RULE, event_id, category, LEFT_AS_IT_IS, by=by, at=at, detail=_why(found))
    publish(db, event_id, Subject.RULE, event_id, at=at)
    return event


def _suggested(db: Session, event_id: int, category: str) -> tuple[Event, Overruled]:
    event = db.get_one(Event, event_id, with_for_update=True)
    found = next((one for one in rules_overruled(db, event) if one.category == category), None)
    if found is None:
        raise Refused("This rule is not overruled that often any more; nothing was changed.")
    return event, found


def _why(found: Overruled) -> Sentence:
    return _WHY.filled(overruled=found.overruled, of=found.of)
