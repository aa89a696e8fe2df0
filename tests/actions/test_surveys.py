"""A survey asks, everybody answers once a device, words wait like all else, and the winner becomes the rule."""

from datetime import time
from typing import Any

import pytest

from app.actions.events import Refused
from app.actions.policies import change_policy
from app.actions.surveys import answer_survey, ask_survey, close_survey, judge_words, make_it_the_rule
from app.actions.undo import undo_last
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.series import Every, Series
from app.domain.verdict import Verdict
from app.queries.surveys import Wishes, wishes
from app.store.doors import Backchannel
from tests.conftest import ASHA
from tests.weekly import FOUNDED, editions, weekly

ASKS: dict[str, Any] = {"days": ["1", "3"], "times": ["12:00", "20:00"], "every": ["week", "fortnight"], "public": True}


async def asked(doors: Backchannel) -> tuple[Series, int]:
    series = await doors.do(weekly)
    return series, (await doors.do(ask_survey, series.id, **ASKS, by=ASHA, at=FOUNDED)).id


async def says(doors: Backchannel, survey: int, device: str, days: str, times: str, words: str = "") -> Any:
    said: dict[str, Any] = {"days": days.split(), "times": times.split(), "every": ["fortnight"], "words": words}
    return await doors.do(answer_survey, survey, device, **said, at=FOUNDED)


async def seen(doors: Backchannel, series: Series, *, host: bool = False) -> Wishes:
    return await doors.ask(lambda db: wishes(db, series.pattern_id, "phone 1", host=host))


async def test_from_the_survey_to_the_rule(doors: Backchannel) -> None:
    series, survey = await asked(doors)
    for device, days in (("phone 1", "1"), ("phone 2", "3 5"), ("phone 3", "3"), ("phone 1", "1 3")):
        await says(doors, survey, device, days, "20:00 07:00")
    found = await seen(doors, series)
    assert found.counted is not None
    winner = found.counted.winner
    assert found.counted.answers == 3
    assert winner is not None
    assert (winner.day, winner.time, winner.every, winner.people, winner.clear) == (
        "3",
        "20:00",
        Every.FORTNIGHT,
        3,
        True,
    )
    chosen = {"day": winner.day, "at_time": winner.time, "every": winner.every}
    await doors.do(make_it_the_rule, survey, **chosen, by=ASHA, at=FOUNDED)
    changed = await doors.ask(lambda db: db.get_one(Series, series.id))
    assert (changed.first_on.weekday(), changed.begins, changed.every) == (3, time(20), Every.FORTNIGHT)
    assert changed.first_on > FOUNDED.date()
    coming = [one for one in await doors.ask(editions) if not one.edition.called_off]
    assert {one.edition.planned_on.weekday() for one in coming} == {3}
    with pytest.raises(Refused):
        await doors.do(make_it_the_rule, survey, **{**chosen, "day": "5"}, by=ASHA, at=FOUNDED)


async def test_words_wait_for_a_person_and_bad_ones_are_read_by_nobody(doors: Backchannel) -> None:
    series, survey = await asked(doors)
    answer = await says(doors, survey, "phone 1", "1", "12:00", "Not in the school holidays")
    assert (await seen(doors, series)).words == []
    assert len((await seen(doors, series, host=True)).words) == 1
    await doors.do(judge_words, answer.id, Verdict.APPROVED, seen=answer.seen, by=ASHA, at=FOUNDED)
    assert [one.words for one in (await seen(doors, series)).words] == ["Not in the school holidays"]
    await says(doors, survey, "phone 1", "1", "12:00", "You are all fucking idiots")
    assert (await seen(doors, series)).words == []
    assert await doors.do(undo_last, series.pattern_id, by=ASHA, at=FOUNDED) is None
    assert (await seen(doors, series)).words == []
    await doors.do(change_policy, series.pattern_id, Policy(mode="pass"), by=ASHA, at=FOUNDED)
    await says(doors, survey, "phone 2", "1", "12:00", "After work, please")
    assert [one.words for one in (await seen(doors, series)).words] == ["After work, please"]
    await doors.do(lambda db: setattr(db.get_one(Event, series.pattern_id), "has_reader", True))
    await says(doors, survey, "phone 3", "1", "12:00", "Not on Fridays")
    assert [one.words for one in (await seen(doors, series)).words] == ["After work, please"]


async def test_what_cannot_be_is_refused_in_a_sentence(doors: Backchannel) -> None:
    series, survey = await asked(doors)
    with pytest.raises(Refused, match="open already"):
        await doors.do(ask_survey, series.id, **{**ASKS, "days": ["0"]}, by=ASHA, at=FOUNDED)
    for days, times, words in (("", "", ""), ("6", "03:00", ""), ("1", "12:00", "x" * 301)):
        said: dict[str, Any] = {"days": [days], "times": [times], "every": [], "words": words}
        with pytest.raises(Refused):
            await doors.do(answer_survey, survey, "phone", **said, at=FOUNDED)
    await doors.do(close_survey, survey, by=ASHA, at=FOUNDED)
    with pytest.raises(Refused, match="closed"):
        await says(doors, survey, "phone 9", "1", "12:00")
    with pytest.raises(Refused, match="at least one day"):
        await doors.do(ask_survey, series.id, **{**ASKS, "days": []}, by=ASHA, at=FOUNDED)
    assert await doors.ask(lambda db: db.get_one(Event, series.pattern_id)) is not None
