"""What a tablet tapped without a network: done once each, in any order of answers, and never over what others did since."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.actions.arrivals import receive
from app.actions.chair_marks import Marks, write_note
from app.actions.current_talk import move_programme_on
from app.actions.events import Refused
from app.actions.questions import bring_on_stage, dismiss, make_question, mark_answered, reopen
from app.actions.taps import MovedOn, SettledBefore, forget_taps
from app.actions.taps_on_questions import mark_by_tap, move_by_tap, take_move_back_by_tap
from app.actions.taps_taken_back import undo_by_tap
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.talk import Talk
from app.domain.tap import SettledTap, Tap
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "store"]

VERBS = {
    QuestionState.ON_STAGE: bring_on_stage,
    QuestionState.ANSWERED: mark_answered,
    QuestionState.DISMISSED: dismiss,
    QuestionState.OPEN: reopen,
}
NIA, BEN = Actor("Nia"), Actor("Ben")
ON_STAGE, ANSWERED, DISMISSED, OPEN = VERBS


class Hall:
    """Questions, a tablet that knows of the log what it was told last, and somebody else at the desk."""

    def __init__(self, doors: Backchannel, event: Event) -> None:
        self.doors, self.event = doors, event
        self._seconds, self._names = count(1), count(1)
        self.stands = 0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=next(self._seconds))

    async def asks(self, number: int, talk_id: int | None = None) -> int:
        post = incoming(f"What of number {number}?", ref=str(number), by=f"a{number}")
        post_id = (await self.doors.do(receive, self.event.id, post, at=self.now())).post_id
        made = await self.doors.do(make_question, post_id, by=BEN, at=self.now(), talk_id=talk_id)
        return int(made.id)  # type: ignore[union-attr]

    async def is_told(self) -> None:
        self.stands = (await self.doors.ask(lambda db: db.get_one(Event, self.event.id))).cursor

    def tap(self, tablet: str = "tablet") -> Tap:
        return Tap(tablet, f"k{next(self._names)}", self.stands)

    async def moves(self, question_id: int, to: QuestionState, tap: Tap | None = None) -> Tap:
        tap = tap or self.tap()
        by = replace(NIA, tap=tap.name)
        await self.doors.do(move_by_tap, question_id, tap, VERBS[to], to=to, by=by, at=self.now())
        return tap

    async def undoes(self) -> bool:
        tap = self.tap()
        by = replace(NIA, tap=tap.name)
        return await self.doors.do(undo_by_tap, self.event.id, tap, by=by, at=self.now()) is not None

    async def by_ben(self, verb: Callable[..., Any], *args: Any) -> None:
        await self.doors.do(verb, *args, by=BEN, at=self.now())

    async def states(self) -> list[QuestionState]:
        return list(await self.doors.ask(lambda db: db.exec(select(Question.state).order_by(col(Question.id))).all()))


@pytest.fixture
async def hall(doors: Backchannel, event: Event) -> Hall:
    return Hall(doors, event)


async def test_a_tap_that_is_sent_again_does_nothing_whatever_happened_since(hall: Hall) -> None:
    one, other = await hall.asks(1), await hall.asks(2)
    await hall.is_told()
    tap = await hall.moves(one, ON_STAGE)
    await hall.by_ben(bring_on_stage, other)
    await hall.by_ben(reopen, one)
    with pytest.raises(SettledBefore):
        await hall.moves(one, ON_STAGE, tap)
    assert await hall.states() == [OPEN, ON_STAGE]
    await hall.is_told()
    undo = hall.tap()
    assert await hall.doors.do(undo_by_tap, hall.event.id, undo, by=NIA, at=hall.now()) is None, (
        "Ben went on from there"
    )
    with pytest.raises(SettledBefore):
        await hall.doors.do(undo_by_tap, hall.event.id, undo, by=NIA, at=hall.now())
    await hall.doors.do(forget_taps, at=NOON + timedelta(days=2))
    assert await hall.doors.ask(lambda db: db.exec(select(SettledTap)).all()) == []


async def test_a_row_of_taps_is_settled_as_it_was_tapped_though_the_page_knew_of_none(hall: Hall) -> None:
    one, two, three = [await hall.asks(number) for number in range(3)]
    await hall.is_told()
    for question, to in ((one, ON_STAGE), (two, ON_STAGE), (two, ANSWERED), (three, DISMISSED), (three, OPEN)):
        await hall.moves(question, to)
    assert await hall.states() == [ANSWERED, ANSWERED, OPEN]


@pytest.mark.parametrize(("by_ben", "tapped"), [(DISMISSED, ON_STAGE), (ANSWERED, DISMISSED), (ON_STAGE, DISMISSED)])
async def test_what_somebody_else_decided_unseen_stands_and_is_told(
    hall: Hall, by_ben: QuestionState, tapped: QuestionState
) -> None:
    one = await hall.asks(1)
    await hall.is_told()
    await hall.by_ben(VERBS[by_ben], one)
    with pytest.raises(MovedOn) as found:
        await hall.moves(one, tapped)
    assert (found.value.by_other.by, found.value.by_other.after) == ("Ben", by_ben)
    assert await hall.states() == [by_ben]
    await hall.moves(one, by_ben)  # it is as it was wanted
    await hall.is_told()
    await hall.moves(one, tapped)  # now the tablet shows it: it is meant
    assert await hall.states() == [tapped]


async def test_a_late_tap_takes_nothing_off_the_stage_that_it_could_not_know(hall: Hall) -> None:
    one, two, three = [await hall.asks(number) for number in range(3)]
    await hall.is_told()
    await hall.by_ben(bring_on_stage, two)
    with pytest.raises(MovedOn) as found:
        await hall.moves(one, ON_STAGE)
    assert (found.value.by_other.subject_id, found.value.question and found.value.question.id) == (two, one)
    assert await hall.states() == [OPEN, ON_STAGE, OPEN]
    await hall.moves(one, ANSWERED)  # it was answered in the hall all the same
    await hall.is_told()
    await hall.moves(three, ON_STAGE)
    assert await hall.states() == [ANSWERED, ANSWERED, ON_STAGE]


async def test_two_chairs_who_want_the_next_question_at_once_pass_over_none(hall: Hall) -> None:
    one, two = await hall.asks(1), await hall.asks(2)
    await hall.is_told()
    first, second = hall.tap("left"), hall.tap("right")
    await hall.moves(one, ON_STAGE, first)
    with pytest.raises(MovedOn):
        await hall.moves(two, ON_STAGE, second)
    assert await hall.states() == [ON_STAGE, OPEN]


async def test_an_undo_is_of_ones_own_and_never_of_an_older_move_because_others_went_on(hall: Hall) -> None:
    one, two = await hall.asks(1), await hall.asks(2)
    await hall.is_told()
    await hall.moves(one, DISMISSED)
    await hall.moves(two, DISMISSED)
    await hall.by_ben(mark_answered, two)
    with pytest.raises(MovedOn):
        await hall.undoes()
    tap = hall.tap()
    with pytest.raises(MovedOn):
        await hall.doors.do(take_move_back_by_tap, two, tap, state=DISMISSED, by=NIA, at=hall.now())
    assert await hall.states() == [DISMISSED, ANSWERED]
    await hall.is_told()
    assert await hall.undoes()
    assert await hall.states() == [OPEN, ANSWERED]


async def test_a_note_that_others_wrote_meanwhile_stays(hall: Hall) -> None:
    one = await hall.asks(1)
    await hall.is_told()
    await hall.by_ben(write_note, one, "Samina knows")

    async def notes(words: str) -> None:
        tap = hall.tap()
        by = replace(NIA, tap=tap.name)
        await hall.doors.do(mark_by_tap, one, tap, Marks(note=words), by=by, at=hall.now())

    with pytest.raises(MovedOn):
        await notes("Ask Nia")
    await hall.is_told()
    for words in ("Ask Nia", "Ask Nia first"):
        await notes(words)
    assert (await hall.doors.ask(lambda db: db.get_one(Question, one))).note == "Ask Nia first"


async def test_no_tap_brings_up_a_question_whose_talk_has_ended_meanwhile(hall: Hall) -> None:
    def plan(db: Session) -> int:
        talk = Talk(
            event_id=hall.event.id,
            title="Over",
            starts_at=NOON - timedelta(hours=1),
            ends_at=NOON + timedelta(minutes=5),
        )
        db.add(talk)
        db.flush()
        return talk.id

    talk_id = await hall.doors.do(plan)
    await hall.doors.do(move_programme_on, hall.event.id, at=hall.now())
    late = await hall.asks(1, talk_id)
    await hall.is_told()
    after = NOON + timedelta(minutes=6)
    await hall.doors.do(move_programme_on, hall.event.id, at=after)
    how = {"to": ON_STAGE, "by": NIA}
    with pytest.raises(Refused, match="over"):
        await hall.doors.do(move_by_tap, late, hall.tap(), bring_on_stage, at=after, **how)  # type: ignore[arg-type]
    await hall.is_told()
    await hall.doors.do(move_by_tap, late, hall.tap(), bring_on_stage, at=after, **how)  # type: ignore[arg-type]
    assert await hall.states() == [ON_STAGE], "who sees that it is over may bring it up"
