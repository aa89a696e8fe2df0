"""Prompts are written beforehand, released by hand or by the clock, taken back by one undo."""

from datetime import timedelta

import pytest

from app.actions.editions import keep_edition_times
from app.actions.events import Refused
from app.actions.prompts import (
    change_prompt,
    end_prompt,
    release_by_clock,
    release_prompt,
    remove_prompt,
    set_prompts_by_clock,
    write_prompt,
)
from app.actions.undo import undo_last
from app.domain.event import Event
from app.domain.prompt import LONGEST_PROMPT, PromptKind
from app.queries.prompts import chats_by_clock, prompts_of
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON
from tests.weekly import editions, weekly

PLAN = ((PromptKind.CLOSING, 50), (PromptKind.QUESTION, 30), (PromptKind.WELCOME, 0), (PromptKind.QUESTION, 10))
BY = {"by": ASHA, "at": NOON}


async def written(doors: Backchannel, event_id: int) -> dict[str, int]:
    for kind, minute in PLAN:
        await doors.do(write_prompt, event_id, kind=kind, text=f"{kind} at {minute}", minute=minute, **BY)
    return {one.label or one.kind.value: one.id for one in await doors.ask(prompts_of, event_id)}


async def running(doors: Backchannel, event_id: int) -> int | None:
    return await doors.ask(lambda db: db.get_one(Event, event_id).prompt_id)


async def test_they_stand_in_the_order_of_their_minutes_and_questions_are_numbered(
    doors: Backchannel, event: Event
) -> None:
    assert list(await written(doors, event.id)) == ["welcome", "Q1", "Q2", "closing"]
    assert [one.minute for one in await doors.ask(prompts_of, event.id)] == [0, 10, 30, 50]


async def test_one_runs_at_a_time_and_an_undo_brings_the_one_before_back(doors: Backchannel, event: Event) -> None:
    ids = await written(doors, event.id)
    for label in ("welcome", "Q1", "Q2"):
        await doors.do(release_prompt, ids[label], **BY)
    assert await doors.do(release_prompt, ids["Q2"], **BY) is None
    assert await doors.do(undo_last, event.id, **BY) is not None
    assert await running(doors, event.id) == ids["Q1"]
    released = [one.id for one in await doors.ask(prompts_of, event.id) if one.released_at]
    assert released == [ids["welcome"], ids["Q1"]]
    await doors.do(end_prompt, event.id, **BY)
    assert await running(doors, event.id) is None
    await doors.do(undo_last, event.id, **BY)
    assert await running(doors, event.id) == ids["Q1"]


async def test_what_was_put_is_not_removed_and_the_others_close_up(doors: Backchannel, event: Event) -> None:
    ids = await written(doors, event.id)
    await doors.do(remove_prompt, ids["Q1"], **BY)
    assert [one.label for one in await doors.ask(prompts_of, event.id)] == ["", "Q1", ""]
    await doors.do(release_prompt, ids["Q2"], **BY)
    with pytest.raises(Refused, match="released"):
        await doors.do(remove_prompt, ids["Q2"], **BY)


@pytest.mark.parametrize(
    ("text", "minute", "said"),
    [(" \n", 0, "Type the prompt"), ("x" * (LONGEST_PROMPT + 1), 0, "letters"), ("x", -1, "minute")],
)
async def test_what_cannot_be_put_is_refused(
    text: str, minute: int, said: str, doors: Backchannel, event: Event
) -> None:
    with pytest.raises(Refused, match=said):
        await doors.do(write_prompt, event.id, kind=PromptKind.QUESTION, text=text, minute=minute, **BY)
    ids = await written(doors, event.id)
    with pytest.raises(Refused, match=said):
        await doors.do(change_prompt, ids["Q1"], text=text, minute=minute, **BY)


async def test_the_clock_puts_them_at_their_minutes_unless_a_hand_is_to(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    first = (await doors.ask(editions))[0]
    begins = first.edition.starts_at
    await doors.do(keep_edition_times, series.id, at=begins)
    ids = await written(doors, first.event.id)
    ran = []
    for minute in (-1, 0, 9, 10, 29, 55):
        at = begins + timedelta(minutes=minute)
        for event_id in await doors.ask(chats_by_clock, at):
            await doors.do(release_by_clock, event_id, at=at)
        ran.append(await running(doors, first.event.id))
    assert ran == [None, ids["welcome"], ids["welcome"], ids["Q1"], ids["Q1"], ids["closing"]]
    second = (await doors.ask(editions))[1]
    await written(doors, second.event.id)
    await doors.do(set_prompts_by_clock, second.event.id, by_clock=False, **BY)
    late = second.edition.starts_at + timedelta(minutes=20)
    assert second.event.id not in await doors.ask(chats_by_clock, late)
    assert await doors.do(release_by_clock, second.event.id, at=late) is None
