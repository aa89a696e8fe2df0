"""The law of questions that are asked together: whatever the order of merging, parting, undoing, voting and hiding, the one
that stands for all has every person's vote once, and each apart has those of its own words. On both stores."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.events import Refused, create_event
from app.actions.merged_questions import merge_question
from app.actions.questions import NoSuchQuestion, bring_on_stage, make_question
from app.actions.undo import undo_last, undo_merge
from app.actions.verdicts import approve, reject
from app.actions.votes import publish_vote_totals, take_vote_back, vote
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.verdict import Verdict
from app.queries.posts import post_by_id
from app.queries.questions import question_cards, ranked_ids, voted_for
from tests.conftest import ASHA, NOON, incoming
from tests.store.stores import migrated, store

__all__ = ["store"]

QUESTIONS, DEVICES = 4, 3
which = st.integers(0, QUESTIONS - 1)
step = st.one_of(
    st.tuples(st.just("merge"), which, which),
    st.tuples(st.just("merge"), which, which),
    st.tuples(st.sampled_from(("part", "undo", "hide", "show", "stage")), which, st.just(0)),
    st.tuples(st.sampled_from(("vote", "vote", "unvote")), which, st.integers(0, DEVICES - 1)),
)
numbers = count(1)
STATES = tuple(state for state in QuestionState if state is not QuestionState.TAKEN_BACK)


@pytest.fixture
def db(store: str) -> Iterator[Session]:
    engine = create_engine(migrated(store))
    with Session(engine, expire_on_commit=False) as opened:
        yield opened
    engine.dispose()


def asked(db: Session) -> list[Question]:
    event = create_event(db, f"event-{next(numbers)}", name="Box 10", hashtags=["box10"], at=NOON)
    posts = [
        receive(db, event.id, incoming(f"What of {n}?", ref=str(n), by=f"a{n}"), at=NOON) for n in range(QUESTIONS)
    ]
    made = [make_question(db, post.post_id, by=ASHA, at=NOON) for post in posts]
    return [one for one in made if isinstance(one, Question)]


@settings(
    max_examples=20,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=st.lists(step, min_size=4, max_size=16))
@example(history=[("vote", 0, 1), ("vote", 1, 1), ("vote", 1, 2), ("merge", 0, 1), ("unvote", 1, 1), ("part", 0, 0)])
@example(history=[("merge", 0, 1), ("merge", 1, 2), ("vote", 0, 0), ("vote", 2, 0), ("undo", 0, 0), ("undo", 0, 0)])
@example(history=[("merge", 0, 1), ("hide", 1, 0), ("merge", 2, 0), ("show", 1, 0), ("undo", 0, 0)])
def test_one_person_has_one_vote_whatever_the_order(db: Session, history: list[tuple[str, int, int]]) -> None:
    questions = asked(db)
    votes: dict[int, set[int]] = {one.id: set() for one in questions}
    for kind, number, other in history:
        try:
            happens(db, kind, questions[number], questions, other, votes)
        except (NoSuchQuestion, Refused):
            continue
        assert_as(db, questions, votes)
    publish_vote_totals(db, questions[0].event_id, at=NOON)
    assert_as(db, questions, votes)


def happens(
    db: Session, kind: str, question: Question, questions: list[Question], other: int, votes: dict[int, set[int]]
) -> None:
    how: dict[str, Any] = {"by": ASHA, "at": NOON}
    match kind:
        case "merge":
            merge_question(db, question.id, questions[other].id, **how)
        case "part":
            undo_merge(db, question.id, **how)
        case "undo":
            undo_last(db, question.event_id, **how)
        case "hide":
            reject(db, question.post_id, **how)
        case "show":
            approve(db, question.post_id, **how)
        case "stage":
            bring_on_stage(db, question.id, **how)
        case "vote":
            vote(db, question.id, f"device {other}", at=NOON)
            votes[question.id].add(other)
        case "unvote":
            lead = take_vote_back(db, question.id, f"device {other}", at=NOON)
            for one in questions:
                if lead.id in {one.id, one.asked_with} or one.id == question.id:
                    votes[one.id].discard(other)


def assert_as(db: Session, questions: list[Question], votes: dict[int, set[int]]) -> None:
    for one in questions:
        db.refresh(one)
    over = {one.id: one.asked_with for one in questions}
    for one in questions:
        assert one.asked_with is None or over[one.asked_with] is None, "none stands under one that stands under another"
        mine = {one.id, *(other for other, lead in over.items() if lead == one.id)}
        assert one.votes == len(set().union(*(votes[other] for other in mine)))
    visible = {one.id for one in questions if is_seen(db, one)}
    shown = {one for one in visible if over[one] not in visible}
    event = db.get_one(Event, questions[0].event_id)
    listed = ranked_ids(db, event, STATES, 100)
    assert set(listed) == shown, "each is seen, by itself or by what stands for it"
    cards = question_cards(db, listed)
    under = {other.question.id for card in cards.values() for other in card.others}
    assert shown | under == visible
    for device in range(DEVICES):
        wished = {one for one in votes if device in votes[one]}
        leads = {over[one] for one in wished} - {None}
        assert voted_for(db, event.id, f"device {device}") == wished | leads


def is_seen(db: Session, question: Question) -> bool:
    post = post_by_id(db, question.post_id)
    return post is not None and post.verdict is Verdict.APPROVED and question.state is not QuestionState.TAKEN_BACK
