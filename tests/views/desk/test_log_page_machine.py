"""The machine is known by what it is, not by a name that a moderator's link may have too."""

from datetime import UTC, datetime

import pytest

from app.actions.links import give_link
from app.actions.policies import change_policy
from app.domain.access import Role
from app.domain.policy import Policy
from app.domain.subject import OF_ORGANISERS
from app.queries.decisions import Sought, entries
from app.queries.figures import figures
from tests.views.desk.at_the_desk import Desk


@pytest.fixture(params=["screening", "delay", "watch"])
def named(desk: Desk, request: pytest.FixtureRequest) -> Desk:
    """A desk whose moderator's link is called like one of ours."""
    at = datetime.now(UTC)
    desk.links[Role.MODERATOR] = desk.do(give_link, desk.event.id, Role.MODERATOR, at=at, label=request.param)
    desk.opens(Role.MODERATOR)
    return desk


def log_of(desk: Desk) -> list[tuple[str, str]]:
    found = desk.ask(entries, desk.event.id, Sought(machine=False))
    return [(one.decision.before, one.decision.after) for one in found if one.decision.subject not in OF_ORGANISERS]


def test_what_they_decide_stands_in_the_log_without_what_the_rules_did(named: Desk) -> None:
    post_id = named.says("A word of welcome to everybody", "1")
    named.post(f"/posts/{post_id}/approval")
    assert log_of(named) == [("held", "approved")]
    label = named.call("GET", "/decisions").json()[0]["by"]
    assert f"<bdi>{label}</bdi>" in named.get("log").text


def test_it_counts_in_the_figures_and_in_the_record_of_the_author(named: Desk) -> None:
    post_id = named.says("you stupid idiot, get off the stage", "1", by="troll")
    named.post(f"/posts/{post_id}/approval")
    named.post(f"/posts/{post_id}/rejection")
    found = named.ask(figures, named.event.id, datetime.now(UTC))
    assert (found.taken_down, found.overall.decisions) == (1, 1)
    assert [rule.confirmed for rule in found.rules] == [1] * len(found.rules) != []
    again = named.says("Good morning to you all, it is me once more", "2", by="troll")
    later = named.says("Here is what I have to say about the lunch", "3", by="troll")
    named.post(f"/posts/{again}/rejection")
    last = named.says("One more thing before the afternoon begins", "4", by="troll")
    signals = {post["id"]: [one["code"] for one in post["signals"]] for post in named.call("GET", "/posts").json()}
    assert "rejected-before" not in signals[later]
    assert "rejected-before" in signals[last]


def test_it_is_undone_by_them_and_by_others(named: Desk) -> None:
    for whose in ("mine", "anyone"):
        post_id = named.says(f"A word of welcome to {whose}", whose)
        named.post(f"/posts/{post_id}/approval")
        named.post(f"/e/box10/undo?whose={whose}")
        assert log_of(named)[0] == ("approved", "held")


def test_what_the_rules_hide_is_no_work_of_people(desk: Desk) -> None:
    desk.do(change_policy, desk.event.id, Policy(muted=("troll",)), at=datetime.now(UTC))
    for number in range(3):
        desk.says(f"I shall say this as often as I like, {number}", str(number), by="troll")
    found = desk.ask(figures, desk.event.id, datetime.now(UTC))
    assert (found.taken_down, found.overall.decisions, found.rules) == (0, 0, ())
    assert {after for _, after in log_of(desk)} == {"2"}
