"""Themes are suggested once, voted for once a device, let through by a person, and planned with one click."""

import pytest

from app.actions.events import Refused
from app.actions.themes import judge_theme, plan_theme, suggest_theme, take_theme_vote_back, vote_for_theme
from app.actions.undo import undo_last
from app.domain.series import Edition
from app.domain.survey import Theme
from app.domain.verdict import Verdict
from app.queries.surveys import wishes
from app.store.doors import Backchannel
from tests.conftest import ASHA
from tests.weekly import FOUNDED, editions, weekly


async def test_a_theme_from_its_suggestion_to_an_edition(doors: Backchannel) -> None:
    series = await doors.do(weekly)

    async def listed(device: str = "", *, host: bool = False) -> list[tuple[str, int]]:
        found = await doors.ask(lambda db: wishes(db, series.pattern_id, device, host=host))
        return [(one.text, one.votes) for one in found.themes]

    tea = await doors.do(suggest_theme, series.id, "phone 1", " Tea  at night ", at=FOUNDED)
    again = await doors.do(suggest_theme, series.id, "phone 2", "tea at NIGHT", at=FOUNDED)
    assert tea.id == again.id
    assert (await listed(), await listed("phone 1"), await listed(host=True)) == (
        [],
        [("Tea at night", 2)],
        [("Tea at night", 2)],
    )
    with pytest.raises(Refused, match="through first"):
        await doors.do(plan_theme, tea.id, by=ASHA, at=FOUNDED)
    await doors.do(judge_theme, tea.id, Verdict.APPROVED, seen=tea.seen, by=ASHA, at=FOUNDED)
    votes = [await doors.do(vote_for_theme, tea.id, "phone 3", at=FOUNDED) for _ in range(2)]
    assert (votes, await listed()) == ([True, False], [("Tea at night", 3)])
    assert await doors.do(take_theme_vote_back, tea.id, "phone 3", at=FOUNDED)
    assert await listed() == [("Tea at night", 2)]
    edition = await doors.do(plan_theme, tea.id, by=ASHA, at=FOUNDED)
    assert (edition.theme, (await doors.do(plan_theme, tea.id, by=ASHA, at=FOUNDED)).event_id) == (
        "Tea at night",
        edition.event_id,
    )
    first = (await doors.ask(editions))[0]
    assert (first.event.id, first.event.name) == (edition.event_id, "Tea chat: Tea at night")
    assert await doors.do(undo_last, series.pattern_id, by=ASHA, at=FOUNDED)
    assert await listed() == []


async def test_bad_words_are_no_theme_and_there_is_an_end(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    rude = await doors.do(suggest_theme, series.id, "phone 1", "You are all fucking idiots", at=FOUNDED)
    assert rude.verdict is not Verdict.APPROVED
    for wrong in ("", "   ", "x" * 121):
        with pytest.raises(Refused):
            await doors.do(suggest_theme, series.id, "phone 1", wrong, at=FOUNDED)
    theme = await doors.do(suggest_theme, series.id, "phone 1", "Tea", at=FOUNDED)
    await doors.do(judge_theme, theme.id, Verdict.APPROVED, seen=theme.seen, by=ASHA, at=FOUNDED)

    def all_have_one(db) -> None:
        for one in editions(db):
            db.get_one(Edition, one.event.id).theme = "Taken"

    await doors.do(all_have_one)
    with pytest.raises(Refused, match="has a theme already"):
        await doors.do(plan_theme, theme.id, by=ASHA, at=FOUNDED)
    assert (await doors.ask(lambda db: db.get_one(Theme, theme.id))).planned_for is None
