"""Writers commit together what waits together: nothing is lost, nothing is mixed up, nobody waits for another's error."""

import asyncio
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, func, select

from app.actions.arrivals import Outcome, receive
from app.actions.questions import NoSuchQuestion, dismiss, make_question
from app.actions.verdicts import approve
from app.actions.votes import publish_vote_totals, vote
from app.bus.memory import MemoryBus
from app.domain.event import Event
from app.domain.post import Author, Post
from app.domain.publication import Publication
from app.domain.question import Question, Vote
from app.store.doors import Backchannel, Busy
from app.store.writers import GROUP, MAX_WRITES_WAITING
from tests.conftest import ASHA, NOON, incoming
from tests.until import until

HELLO, SAME = "Hello you", "All the same words here"


def everything(db: Session, event_id: int) -> tuple[list[str], list[int]]:
    texts = db.exec(select(Post.text).where(Post.event_id == event_id).order_by(col(Post.id)))
    cursors = db.exec(select(Publication.cursor).where(Publication.event_id == event_id).order_by(Publication.cursor))  # type: ignore[arg-type]
    return list(texts), list(cursors)


async def test_a_thousand_posts_at_once_are_stored_in_their_order_without_a_gap(
    doors: Backchannel, event: Event
) -> None:
    posts = [incoming(f"Something worth saying, number {n}", ref=str(n), by=f"a{n % 90}") for n in range(1_000)]
    received = await asyncio.gather(*(doors.do(receive, event.id, post, at=NOON) for post in posts))
    assert {one.outcome for one in received} == {Outcome.NEW}
    texts, cursors = await doors.ask(everything, event.id)
    assert texts == [post.text for post in posts]
    assert cursors == list(range(cursors[0], cursors[0] + len(cursors)))
    assert await doors.ask(lambda db: db.exec(select(func.count()).select_from(Author)).one()) == 90
    # Fewer commits than posts, or grouping does nothing.
    assert doors.writers.tally.groups < 1_000 / 4


async def test_a_verb_that_fails_takes_nothing_of_its_neighbours_with_it(doors: Backchannel, event: Event) -> None:
    def keep(db: Session, number: int) -> int:
        db.add(
            Author(event_id=event.id, source="x", ref=f"{number}", handle=f"n{number}", name="N", first_seen_at=NOON)
        )
        db.flush()
        if number % 3 == 0:
            raise ValueError(number)
        return number

    results = await asyncio.gather(*(doors.do(keep, number) for number in range(300)), return_exceptions=True)
    for number, result in enumerate(results):
        if number % 3 == 0:
            assert isinstance(result, ValueError)
            assert result.args == (number,)
        else:
            assert result == number
    handles = await doors.ask(lambda db: set(db.exec(select(Author.handle))))
    assert handles == {f"n{number}" for number in range(300) if number % 3}


async def test_too_much_at_once_is_refused_and_the_rest_is_stored(doors: Backchannel, event: Event) -> None:
    posts = [incoming(f"Number {n} of very many", ref=str(n)) for n in range(MAX_WRITES_WAITING + 50)]
    results = await asyncio.gather(
        *(doors.do(receive, event.id, post, at=NOON) for post in posts), return_exceptions=True
    )
    assert sum(isinstance(result, Busy) for result in results) == 50
    texts, _ = await doors.ask(everything, event.id)
    assert len(texts) == MAX_WRITES_WAITING


async def test_a_writer_that_hangs_is_known_with_the_place_where_it_stands(
    doors: Backchannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def hangs(_db: Session) -> None:
        begun.set()
        may_end.wait()

    asked = asyncio.create_task(doors.do(hangs))
    await asyncio.to_thread(begun.wait)
    assert doors.writers.hanging() == []
    monkeypatch.setattr("app.store.writers.HANGING_SECONDS", 0.0)
    assert ["in hangs" in stack for stack in doors.writers.hanging()] == [True]
    may_end.set()
    await asked


async def test_a_caller_that_hangs_up_is_stored_all_the_same_and_its_bell_rings(
    doors: Backchannel, event: Event
) -> None:
    bus = doors._bus
    assert isinstance(bus, MemoryBus)
    await bus.next_bell()  # of the event that was made
    asked = asyncio.create_task(doors.do(receive, event.id, incoming(), at=NOON))
    await asyncio.sleep(0)
    asked.cancel()
    async with asyncio.timeout(60):
        assert await bus.next_bell() == event.id
    texts, _ = await doors.ask(everything, event.id)
    assert len(texts) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(history=[(0, 0, 0, SAME), (0, 0, 1, HELLO), (1, 0, 0, SAME)])
@example(
    history=[(0, 0, 0, SAME), (0, 0, 0, HELLO), (1, 0, 0, HELLO), (0, 0, 2, SAME), (1, 0, 0, SAME), (2, 1, 0, SAME)]
)
@example(history=[(ref, 0, 0, SAME) for ref in range(8)] + [(3, 0, 1, SAME), (8, 0, 0, HELLO)])
@given(
    history=st.lists(
        st.tuples(
            st.integers(0, 12),
            st.integers(0, 3),
            st.integers(0, 2),
            st.sampled_from((HELLO, SAME)),
        ),
        max_size=40,
    )
)
async def test_posts_taken_in_together_are_what_they_would_be_one_by_one(
    doors: Backchannel, history: list[tuple[int, int, int, str]]
) -> None:
    # An event each: what one knows never leaves it. Making a store for each would take most of the time.
    posts = [
        incoming(f"{words} {ref}" if version else words, ref=str(ref), by=f"author_{by}", version=version)
        for ref, by, version, words in history
    ]
    found = []
    for together in (False, True):
        event = await doors.do(_event, uuid4().hex)
        if together:
            outcomes = await asyncio.gather(*(doors.do(receive, event, post, at=NOON) for post in posts))
        else:
            outcomes = [await doors.do(receive, event, post, at=NOON) for post in posts]
        found.append(([one.outcome for one in outcomes], await doors.ask(_state, event)))
    assert found[0] == found[1]


def _event(db: Session, slug: str) -> int:
    event = Event(slug=slug, name="Box 10", created_at=NOON)
    db.add(event)
    db.flush()
    return event.id


def _state(db: Session, event_id: int) -> list[tuple[object, ...]]:
    query = select(Post, Author).join(Author, col(Author.id) == Post.author_id).where(Post.event_id == event_id)
    rows = db.exec(query.order_by(Post.ref))  # type: ignore[arg-type]
    return [
        (post.ref, post.text, post.version, post.verdict, [one["code"] for one in post.signals], author.handle)
        for post, author in rows
    ]


async def test_votes_by_the_thousand_count_once_each_and_are_told_together(doors: Backchannel, event: Event) -> None:
    question = await _question(doors, event)
    before = await doors.ask(lambda db: db.get_one(Event, event.id).cursor)
    wishes = [doors.do(vote, question.id, f"device-{n % 700}", at=NOON) for n in range(1_400)]
    await asyncio.gather(*wishes)
    assert await doors.ask(lambda db: db.get_one(Question, question.id).votes) == 700
    assert await doors.ask(lambda db: db.exec(select(func.count()).select_from(Vote)).one()) == 700
    await until(lambda: doors.ask(lambda db: db.get_one(Question, question.id).votes_told == 700))
    lines = await doors.ask(lambda db: db.get_one(Event, event.id).cursor) - before
    assert 1 <= lines <= 8


async def test_a_vote_that_nobody_told_of_is_told_at_the_next_look(doors: Backchannel, event: Event) -> None:
    question = await _question(doors, event)
    # As a process does that ends right after the commit.
    doors.writers.run(vote, (question.id, "device"), {"at": NOON})
    assert await doors.do(publish_vote_totals, event.id, at=NOON + timedelta(seconds=5)) == 1
    assert await doors.do(publish_vote_totals, event.id, at=NOON + timedelta(seconds=9)) == 0


async def test_among_votes_that_are_taken_together_those_for_a_closed_question_are_refused(
    doors: Backchannel, event: Event
) -> None:
    is_open, closed = await _question(doors, event, "1"), await _question(doors, event, "2")
    await doors.do(dismiss, closed.id, by=ASHA, at=NOON)
    results = await asyncio.gather(
        *(doors.do(vote, (is_open, closed)[n % 2].id, f"device-{n}", at=NOON) for n in range(40)),
        return_exceptions=True,
    )
    assert [isinstance(one, NoSuchQuestion) for one in results] == [bool(n % 2) for n in range(40)]


async def _question(doors: Backchannel, event: Event, ref: str = "1") -> Question:
    post = incoming(f"How do you keep people safe at home, {ref}?", ref=ref)
    post_id = (await doors.do(receive, event.id, post, at=NOON)).post_id
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    question = await doors.do(make_question, post_id, by=ASHA, at=NOON)
    assert isinstance(question, Question)
    return question


def test_a_group_is_bounded() -> None:
    assert 0 < GROUP <= MAX_WRITES_WAITING
