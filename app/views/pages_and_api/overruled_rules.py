"""What is made of a rule that people overrule again and again, from setup or by a program."""

from collections.abc import Callable, Mapping

from app.actions.overruled_rules import leave_rule, let_rule_say_less, take_back_easing
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.overruled_rules import Overruled
from app.queries.overruled_rules import rules_overruled
from app.views.context import Context

ACTS: Mapping[str, Callable[..., Event]] = {
    "easing": let_rule_say_less,
    "keeping": leave_rule,
    "taking_back": take_back_easing,
}


async def overruled(context: Context, event: Event) -> list[Overruled]:
    return await context.backchannel.ask(lambda db: rules_overruled(db, db.get_one(Event, event.id)))


async def decide_about_rule(context: Context, event: Event, category: str, act: str, *, by: Actor) -> Event:
    """Raises Refused if it does not stand to reason any more."""
    return await context.backchannel.do(ACTS[act], event.id, category, by=by, at=context.now())
