"""What an organiser makes of a rule that people overrule, and the lines that it leaves in the log of decisions."""

from app.actions.arrivals import receive
from app.actions.overruled_rules import leave_rule, let_rule_say_less
from app.actions.verdicts import approve
from tests.conftest import ASHA, NOON, incoming
from tests.hall import Act, Hall


async def overruled(hall: Hall) -> None:
    for n in range(10):
        post = incoming(f"The slides of our talk number {n}: https://bit.ly/talk{n}", ref=f"l{n}", by=f"a{n}")
        await hall.doors.do(approve, (await hall.do(receive, post)).post_id, by=ASHA, at=NOON)


RULES_ACTS = (
    Act("let_rule_say_less", lambda hall: hall.acts(let_rule_say_less, hall.event.id, "link"),
        [("policy", "1", "2")], overruled),
    Act("leave_rule", lambda hall: hall.acts(leave_rule, hall.event.id, "link"),
        [("rule", "link", "left_as_it_is")], overruled),
)  # fmt: skip
