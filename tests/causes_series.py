"""Each act of an organiser on a series, and the lines that it leaves in the log of decisions."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.actions.editions import call_off_edition, follow_rule_again, move_edition, name_edition
from app.actions.series import change_series, end_pause, pause_series
from app.actions.surveys import ask_survey, close_survey, make_it_the_rule
from app.actions.themes import judge_theme, plan_theme, suggest_theme
from app.domain.series import Every
from app.domain.verdict import Verdict
from tests.hall import Act, Hall
from tests.weekly import FOUNDED, TUESDAYS, editions, weekly


async def founded(hall: Hall) -> None:
    hall.made["series"] = (await hall.doors.do(weekly, slug=f"tea-{hall.event.slug}")).id
    made = await hall.doors.ask(lambda db: editions(db, hall.made["series"]))
    hall.made["edition"] = made[1].event.id


async def called_off(hall: Hall) -> None:
    await founded(hall)
    await hall.doors.do(call_off_edition, hall.made["edition"], at=FOUNDED)


async def paused(hall: Hall) -> None:
    await founded(hall)
    far = {"first_on": date(2030, 1, 1), "last_on": date(2030, 1, 2)}
    hall.made["pause"] = (await hall.doors.do(pause_series, hall.made["series"], **far, at=FOUNDED)).id


def pauses(hall: Hall) -> Awaitable[None]:
    far = {"first_on": date(2030, 1, 1), "last_on": date(2030, 1, 2)}
    return hall.acts(pause_series, hall.made["series"], **far, at=FOUNDED)


def moves(hall: Hall) -> Awaitable[None]:
    to = FOUNDED + timedelta(days=9)
    return hall.acts(move_edition, hall.made["edition"], starts_at=to, minutes=60, at=FOUNDED)


ASKS: dict[str, Any] = {"days": ["1", "2"], "times": ["12:00", "20:00"], "every": ["week", "month"], "public": True}


async def surveyed(hall: Hall) -> None:
    await founded(hall)
    hall.made["survey"] = (await hall.doors.do(ask_survey, hall.made["series"], **ASKS, at=FOUNDED)).id


async def suggested(hall: Hall) -> None:
    await founded(hall)
    theme = await hall.doors.do(suggest_theme, hall.made["series"], "phone", "Cake", at=FOUNDED)
    hall.made["theme"] = theme.id
    await hall.doors.do(judge_theme, theme.id, Verdict.APPROVED, seen=theme.seen, by=hall.owner, at=FOUNDED)


def rules(hall: Hall) -> Awaitable[None]:
    chosen: dict[str, Any] = {"day": "2", "at_time": "12:00", "every": Every.WEEK}
    return hall.acts(make_it_the_rule, hall.made["survey"], **chosen, at=FOUNDED)


SERIES_ACTS = (
    Act("found_series", lambda hall: hall.acts(weekly, slug=f"coffee-{hall.event.slug}", at=FOUNDED), [("life", "", "prepared")] * 5),
    Act("change_series",
        lambda hall: hall.acts(change_series, hall.made["series"], replace(TUESDAYS, about="Tea"), at=FOUNDED),
        [("series", "as_it_was", "changed")], founded),
    Act("pause_series", pauses, [("series", "", "added")], founded),
    Act("end_pause", lambda hall: hall.acts(end_pause, hall.made["series"], hall.made["pause"], at=FOUNDED),
        [("series", "added", "removed")], paused),
    Act("move_edition", moves, [("edition", "takes_place", "takes_place")], founded),
    Act("call_off_edition", lambda hall: hall.acts(call_off_edition, hall.made["edition"], at=FOUNDED),
        [("edition", "takes_place", "called_off")], founded),
    Act("follow_rule_again", lambda hall: hall.acts(follow_rule_again, hall.made["edition"], at=FOUNDED),
        [("edition", "called_off", "takes_place")], called_off),
    Act("ask_survey", lambda hall: hall.acts(ask_survey, hall.made["series"], **ASKS, at=FOUNDED),
        [("survey", "", "added")], founded),
    Act("close_survey", lambda hall: hall.acts(close_survey, hall.made["survey"], at=FOUNDED),
        [("survey", "added", "removed")], surveyed),
    # Other days: the next four are made, and those that are not due any more are off.
    Act("make_it_the_rule", rules,
        [("series", "as_it_was", "changed"), *[("life", "", "prepared")] * 4, *[("edition", "takes_place", "called_off")] * 4],
        surveyed),
    Act("plan_theme", lambda hall: hall.acts(plan_theme, hall.made["theme"], at=FOUNDED),
        [("edition", "as_it_was", "changed")], suggested),
    Act("name_edition", lambda hall: hall.acts(name_edition, hall.made["edition"], "Cake", at=FOUNDED),
        [("edition", "as_it_was", "changed")], founded),
)  # fmt: skip
