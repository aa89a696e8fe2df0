"""Whatever phones say to hosts: what is let through is exactly what a host has seen, of every kind of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.actions.events import Refused
from app.actions.meet_photos import bring_photo, judge_photo, take_photo_back
from app.actions.meets import change_guest, come, judge_guest
from app.actions.seen_words import SaidOtherwise
from app.actions.surveys import answer_survey, ask_survey, judge_words
from app.actions.themes import judge_theme, suggest_theme
from app.domain.decision import Actor
from app.domain.meet import GuestWords
from app.domain.verdict import Verdict
from app.store.doors import Backchannel
from tests.conftest import ASHA
from tests.meeting import meet_made
from tests.weekly import FOUNDED, weekly

KOFI = Actor(label="Kofi")
TICKED: dict[str, Any] = {"days": ["1"], "times": ["12:00"], "every": ["week"]}


@dataclass
class Kind:
    """How something of that kind is said, said otherwise from the same phone, and judged."""

    name: str
    say: Callable[[Backchannel], Awaitable[Any]]
    judge: Callable[..., Any]
    say_otherwise: Callable[[Backchannel, Any], Awaitable[Any]] | None = None
    """None where nothing that was said can become another thing."""


async def a_guest(doors: Backchannel) -> Any:
    first, _ = await doors.do(meet_made)
    return (await doors.do(come, first.id, "kai", GuestWords("Kai", brings="Cake", shown=True), at=FOUNDED)).guest


async def another_guest(doors: Backchannel, guest: Any) -> Any:
    return await doors.do(change_guest, guest.id, GuestWords("Kai", brings="Rats", shown=True), at=FOUNDED)


async def words(doors: Backchannel) -> Any:
    series = await doors.do(weekly)
    survey = await doors.do(ask_survey, series.id, **TICKED, public=True, at=FOUNDED)
    return await doors.do(answer_survey, survey.id, "kai", **TICKED, words="After work", at=FOUNDED)


async def other_words(doors: Backchannel, answer: Any) -> Any:
    return await doors.do(answer_survey, answer.survey_id, "kai", **TICKED, words="Never", at=FOUNDED)


async def a_theme(doors: Backchannel) -> Any:
    series = await doors.do(weekly)
    return await doors.do(suggest_theme, series.id, "kai", "Cake", at=FOUNDED)


async def a_photo(doors: Backchannel, *, at: timedelta = timedelta()) -> Any:
    first, _ = await doors.do(meet_made)
    return await doors.do(bring_photo, first.id, "kai", "image/png", b"-", "The cake", at=FOUNDED + at)


KINDS = [
    Kind("guest", a_guest, judge_guest, another_guest),
    Kind("survey words", words, judge_words, other_words),
    Kind("theme", a_theme, judge_theme),
    Kind("photo", a_photo, judge_photo),
]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])


@every_kind
async def test_what_nobody_saw_is_not_let_through(doors: Backchannel, kind: Kind) -> None:
    """Neither other words than were seen, nor what somebody else has judged meanwhile, nor what was never shown."""
    said = await kind.say(doors)

    async def judged(verdict: Verdict, seen: str, by: Any = ASHA) -> Any:
        return await doors.do(kind.judge, said.id, verdict, seen=seen, by=by, at=FOUNDED)

    for seen in ("", "0" * 16):
        with pytest.raises(SaidOtherwise):
            await judged(Verdict.APPROVED, seen)
    now, before = said, said.seen
    if kind.say_otherwise is not None:
        now = await kind.say_otherwise(doors, said)
        with pytest.raises(SaidOtherwise, match="meanwhile"):
            await judged(Verdict.APPROVED, before)
        before = now.seen
    assert (await judged(Verdict.REJECTED, "", KOFI)).after == Verdict.REJECTED  # also unseen: that shows nothing
    with pytest.raises(SaidOtherwise):
        await judged(Verdict.APPROVED, before)
    seen = await doors.ask(lambda db: db.get_one(type(now), said.id).seen)
    assert (await judged(Verdict.APPROVED, seen)).after == Verdict.APPROVED
    assert await judged(Verdict.APPROVED, "") is None  # it is so


async def test_another_photo_has_another_mark_whatever_it_is_called(doors: Backchannel) -> None:
    first = await a_photo(doors)
    event, again = first.event_id, FOUNDED + timedelta(seconds=1)
    await doors.do(take_photo_back, first.id, at=FOUNDED)
    second = await doors.do(bring_photo, event, "kai", "image/png", b"-", first.alt, at=again)
    with pytest.raises(Refused):
        await doors.do(judge_photo, second.id, Verdict.APPROVED, seen=first.seen, by=ASHA, at=again)
