"""Figures: how long decisions took, and which rule is rarely right."""

from datetime import UTC, datetime, timedelta

from app.actions.verdicts import approve, reject
from app.actions.withdrawals import withdraw
from app.domain.incoming import Withdrawal
from app.queries.figures import Pace
from tests.views.desk.at_the_desk import Desk, by


def test_figures_tell_how_long_decisions_took_and_which_rule_is_rarely_right(desk: Desk) -> None:
    now = datetime.now(UTC)
    for number in range(12):
        came = now - timedelta(seconds=60 + number)
        post_id = desk.says(f"Talk number {number}: see https://deals.shop/{number}", f"l{number}", at=came)
        desk.do(approve, post_id, by=by(desk), at=came + timedelta(seconds=10 + number))
    bad = desk.says("You stupid wankers should all be sacked", "bad", at=now - timedelta(seconds=50))
    desk.do(reject, bad, by=by(desk), at=now)
    desk.says("something worth saying", "waits", at=now - timedelta(seconds=5))
    found = desk.call("GET", "/figures").json()
    assert (found["waiting"], found["decisions"], found["taken_down"]) == (1, 13, 0)
    assert (found["median_seconds"], found["p95_seconds"]) == (16.0, 50.0)
    rules = {rule["code"]: rule for rule in found["rules"]}
    assert rules["link-from-unknown"]["rarely_right"]
    assert any(rule["confirmed"] == rule["decided"] == 1 for rule in rules.values())
    page = desk.get("figures").text
    assert "rarely right" in page
    assert "16 s" in page


def test_the_last_hour_is_told_beside_all_that_went_before(desk: Desk) -> None:
    now = datetime.now(UTC)
    for number, (ago, took) in enumerate([(timedelta(hours=3), 100), (timedelta(minutes=5), 4)]):
        post_id = desk.says("something worth saying", str(number), at=now - ago)
        desk.do(approve, post_id, by=by(desk), at=now - ago + timedelta(seconds=took))
    found = desk.call("GET", "/figures").json()
    assert (found["decisions"], found["median_seconds"], found["p95_seconds"]) == (2, 52.0, 100.0)
    assert found["last_hour"] == {"decisions": 1, "median_seconds": 4.0, "p95_seconds": 4.0}
    assert "4 s" in desk.get("figures").text


def test_95_of_100_are_95_of_100() -> None:
    assert Pace.of(range(1, 101)).p95 == 95
    assert Pace.of(range(1, 21)).p95 == 19
    assert Pace.of([7.0]) == Pace(1, 7.0, 7.0)
    assert Pace.of([]) == Pace(0, None, None)


def test_what_its_author_takes_away_was_not_taken_down_by_us(desk: Desk) -> None:
    now = datetime.now(UTC)
    post_id = desk.says("something worth saying", "1", at=now)
    desk.do(approve, post_id, by=by(desk), at=now)
    desk.do(withdraw, desk.event.id, Withdrawal(source="x", ref="1", reason="deleted by its author"), at=now)
    assert desk.call("GET", "/figures").json()["taken_down"] == 0


def test_what_is_taken_down_after_it_was_shown_is_counted(desk: Desk) -> None:
    now = datetime.now(UTC)
    post_id = desk.says("something worth saying", "1", at=now)
    desk.do(approve, post_id, by=by(desk), at=now)
    desk.do(reject, post_id, by=by(desk), at=now)
    assert desk.call("GET", "/figures").json()["taken_down"] == 1
