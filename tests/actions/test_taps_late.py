"""Taps that come late: what others did meanwhile stands, whatever it was, and however much was told since."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event as listen
from sqlmodel import Session, select

from app.actions.chair_marks import Marks, hold_for, mark_for_the_chair
from app.actions.change_log import trim_log
from app.actions.merged_questions import merge_question, set_apart
from app.actions.questions import bring_on_stage, dismiss
from app.actions.scenes import show_scene
from app.actions.taps import MovedOn
from app.actions.taps_on_questions import mark_by_tap, move_by_tap, set_apart_by_tap, take_move_back_by_tap
from app.actions.taps_on_walls import show_by_tap
from app.actions.taps_taken_back import undo_tap
from app.bus.memory import MemoryBus
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.scene import Scene, Showing
from app.domain.tap import Tap
from app.queries.taps import done_meanwhile
from app.store.doors import Backchannel
from tests.actions.test_taps import ANSWERED, BEN, DISMISSED, NIA, ON_STAGE, OPEN, Hall, hall
from tests.conftest import NOON
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "hall", "store"]


async def tapped(hall: Hall, verb: Callable[..., Any], *args: Any, tap: Tap | None = None, **facts: Any) -> Any:
    """Nia taps; `args` begin with what it is about."""
    tap = tap or hall.tap()
    return await hall.doors.do(verb, args[0], tap, *args[1:], by=replace(NIA, tap=tap.name), at=hall.now(), **facts)


async def question(hall: Hall, question_id: int) -> Question:
    return await hall.doors.ask(lambda db: db.get_one(Question, question_id))


@pytest.mark.parametrize("to", [ON_STAGE, ANSWERED, DISMISSED])
async def test_what_was_tapped_is_not_done_to_the_question_that_it_was_put_under_meanwhile(
    hall: Hall, to: QuestionState
) -> None:
    one, two = await hall.asks(1), await hall.asks(2)
    await hall.is_told()
    await hall.by_ben(merge_question, one, two)
    for again in (
        hall.moves(one, to),
        tapped(hall, mark_by_tap, one, Marks(starred=True)),
        tapped(hall, take_move_back_by_tap, one, state=to),
    ):
        with pytest.raises(MovedOn) as found:
            await again
        assert (found.value.by_other.subject, found.value.question and found.value.question.id) == ("merge", one)
    assert await hall.states() == [OPEN, OPEN]
    assert not (await question(hall, two)).starred
    await hall.is_told()
    await hall.moves(one, to)
    assert await hall.states() == [OPEN, to], "who sees that they are asked together means both"


async def test_what_others_put_under_another_one_meanwhile_is_not_set_apart(hall: Hall) -> None:
    one, two, three = [await hall.asks(number) for number in range(3)]
    await hall.by_ben(merge_question, one, two)
    await hall.is_told()
    await hall.by_ben(set_apart, one)
    await hall.by_ben(merge_question, one, three)
    with pytest.raises(MovedOn):
        await tapped(hall, set_apart_by_tap, one)
    assert (await question(hall, one)).asked_with == three


@pytest.mark.parametrize(
    ("name", "before", "by_ben", "late"),
    [
        ("held_for", "Nia", "Samina", "Omar"),
        ("held_for", "", "Samina", "Omar"),
        ("held_for", "Nia", "Samina", ""),
        ("note", "a", "b", "c"),
        ("note", "a", "b", ""),
        ("starred", False, True, False),
        ("starred", True, False, True),
    ],
)
async def test_no_late_mark_writes_over_a_newer_one(
    hall: Hall, name: str, before: object, by_ben: object, late: object
) -> None:
    one = await hall.asks(1)
    await hall.by_ben(mark_for_the_chair, one, Marks(**{name: before}))
    await hall.is_told()
    await hall.by_ben(mark_for_the_chair, one, Marks(**{name: by_ben}))
    with pytest.raises(MovedOn):
        await tapped(hall, mark_by_tap, one, Marks(**{name: late}))
    assert getattr(await question(hall, one), name) == by_ben
    await tapped(hall, mark_by_tap, one, Marks(**{name: by_ben}))
    await hall.is_told()
    await tapped(hall, mark_by_tap, one, Marks(**{name: late}))
    assert getattr(await question(hall, one), name) == late


async def test_what_the_log_has_forgotten_is_known_all_the_same(hall: Hall) -> None:
    one, two = await hall.asks(1), await hall.asks(2)
    await hall.is_told()
    await hall.by_ben(dismiss, one)
    await hall.doors.do(trim_log, hall.event.id, keep=0)
    with pytest.raises(MovedOn):
        await hall.moves(one, ON_STAGE)
    await hall.moves(two, ON_STAGE)
    assert await hall.states() == [DISMISSED, ON_STAGE]


async def test_what_is_asked_grows_neither_with_the_log_nor_with_what_was_decided(hall: Hall) -> None:
    one = await hall.asks(1)
    await hall.is_told()
    tap = hall.tap()

    def look(db: Session) -> tuple[int, str]:
        with counted(db) as statements:
            found = done_meanwhile(db, hall.event.id, tap, "question", [one])
        assert found is None or found.by == "Ben"
        return len(statements), " ".join(statements)

    before = await hall.doors.ask(look)
    for _ in range(5):
        await hall.by_ben(bring_on_stage, one)
        await hall.by_ben(dismiss, one)
    assert await hall.doors.ask(look) == before
    assert "publication" not in before[1]


@contextmanager
def counted(db: Session) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    engine = db.get_bind()
    listen.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        listen.remove(engine, "before_cursor_execute", note)


async def test_an_undo_passes_over_nothing_that_others_changed_unseen(hall: Hall) -> None:
    one = await hall.asks(1)
    await hall.is_told()
    await hall.moves(one, DISMISSED)
    await tapped(hall, show_by_tap, hall.event.id, Showing(Scene.JOIN), room_id=None)
    await hall.doors.do(show_scene, hall.event.id, Showing(Scene.HOLDING), by=BEN, at=hall.now())
    with pytest.raises(MovedOn):
        await hall.undoes()
    assert await hall.states() == [DISMISSED], "the older move was not meant"
    await hall.is_told()
    assert await hall.undoes()
    assert await hall.states() == [OPEN]


async def test_a_tap_that_is_named_is_taken_back_whatever_was_done_since_and_nothing_else(hall: Hall) -> None:
    one, two = await hall.asks(1), await hall.asks(2)
    await hall.is_told()
    named = hall.tap()
    await tapped(hall, mark_by_tap, one, Marks(held_for="Samina"), tap=named)
    await hall.moves(two, DISMISSED)
    assert await tapped(hall, undo_tap, hall.event.id, named.key) is not None
    assert ((await question(hall, one)).held_for, await hall.states()) == ("", [OPEN, DISMISSED])
    for key in (named.key, "unknown", hall.tap("other").key):
        assert await tapped(hall, undo_tap, hall.event.id, key) is None
    assert await hall.states() == [OPEN, DISMISSED], "what did nothing has nothing to be taken back"


async def test_a_named_tap_is_not_taken_back_where_others_went_on(hall: Hall) -> None:
    one = await hall.asks(1)
    await hall.is_told()
    named = hall.tap()
    await tapped(hall, mark_by_tap, one, Marks(held_for="Samina"), tap=named)
    await hall.by_ben(hold_for, one, "Omar")
    await hall.by_ben(hold_for, one, "Samina")
    with pytest.raises(MovedOn):
        await tapped(hall, undo_tap, hall.event.id, named.key)
    assert (await question(hall, one)).held_for == "Samina"


async def test_of_two_tablets_at_once_the_second_sees_the_first(
    store: str, doors: Backchannel, event: Event, hall: Hall
) -> None:
    """Eight times two chairs, each with a process of their own, bring up another question at the same moment."""
    other = Backchannel(store, MemoryBus())
    try:
        for number in range(8):
            pair = [await hall.asks(10 * number + one) for one in range(2)]
            await hall.is_told()
            taps = [hall.tap("left"), hall.tap("right")]
            done = await asyncio.gather(
                *(
                    moves(one, question_id, tap)
                    for one, question_id, tap in zip((doors, other), pair, taps, strict=True)
                ),
                return_exceptions=True,
            )
            assert sorted(type(one).__name__ for one in done) == ["MovedOn", "Question"]
            on_stage = await doors.ask(lambda db: db.exec(select(Question).where(Question.state == ON_STAGE)).all())
            assert len(on_stage) == 1
            await hall.by_ben(dismiss, on_stage[0].id)
    finally:
        await other.close()


async def moves(doors: Backchannel, question_id: int, tap: Tap) -> Any:
    how = {"to": ON_STAGE, "by": replace(NIA, tap=tap.name), "at": NOON}
    return await doors.do(move_by_tap, question_id, tap, bring_on_stage, **how)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u200b\u200d\u2060", ""),
        (" \u3164 ", ""),
        ("Nia\u200b  Rees\u2060", "Nia Rees"),
        ("\u200eNia\u200d", "Nia"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
async def test_a_name_that_nobody_can_read_holds_nothing(hall: Hall, typed: str, kept: str) -> None:
    one = await hall.asks(1)
    await hall.by_ben(hold_for, one, typed)
    assert (await question(hall, one)).held_for == kept
