"""The law of votes that were left out: such a device's vote never counts again for that question until a moderator lets it,
however often it is taken back and given again. Random histories against a model of what should count."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.events import create_event
from app.actions.hasty_votes import leave_hasty_votes_out, take_back_leaving_out
from app.actions.questions import make_question
from app.actions.votes import publish_vote_totals, take_vote_back, vote
from app.domain.decision import Decision
from app.domain.question import Question
from app.domain.vote_bursts import MANY
from app.queries.questions import voted_for
from tests.conftest import ASHA, NOON, incoming
from tests.databases import lay_down

DEVICES = MANY + 2
"""The last two never vote in a burst."""
device = st.integers(0, DEVICES - 1)
step = st.one_of(
    st.tuples(st.sampled_from(("vote", "vote", "unvote")), device),
    st.tuples(st.sampled_from(("burst", "leave out", "leave out", "let count")), st.just(0)),
)


class Model:
    """Which devices wish it, which of those came in a burst, and which are left out, by the decision that did it."""

    def __init__(self) -> None:
        self.wishes: set[int] = set()
        self.hasty: set[int] = set()
        self.out: dict[int, int] = {}

    @property
    def counted(self) -> set[int]:
        return self.wishes - set(self.out)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = create_engine(lay_down(tmp_path_factory.mktemp("votes")))
    with Session(engine, expire_on_commit=False) as opened:
        yield opened
    engine.dispose()


numbers = count(1)


def question_of(db: Session) -> Question:
    number = next(numbers)
    event = create_event(db, f"event-{number}", name="Box 10", hashtags=["box10"], at=NOON)
    post_id = receive(db, event.id, incoming(ref=str(number)), at=NOON).post_id
    made = make_question(db, post_id, by=ASHA, at=NOON)
    assert isinstance(made, Question)
    return made


@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=st.lists(step, min_size=5, max_size=30))
@example(history=[("burst", 0), ("leave out", 0), ("unvote", 1), ("vote", 1), ("let count", 0)])
@example(history=[("burst", 0), ("unvote", 1), ("leave out", 0), ("vote", 1), ("let count", 0)])
@example(history=[("burst", 0), ("leave out", 0), ("unvote", 1), ("let count", 0), ("vote", 1)])
def test_what_was_left_out_counts_when_a_moderator_lets_it_only(db: Session, history: list[tuple[str, int]]) -> None:
    question, model, at = question_of(db), Model(), NOON
    decisions: list[Decision] = []

    def give(number: int, origin: str) -> None:
        vote(db, question.id, f"device {number}", at=at, origin=origin)
        model.wishes.add(number)

    for kind, number in history:
        at += timedelta(minutes=2)
        match kind:
            case "vote":
                give(number, "somewhere")
            case "unvote":
                take_vote_back(db, question.id, f"device {number}", at=at)
                model.wishes.discard(number)
            case "burst":
                came = [one for one in range(MANY) if one not in model.wishes]
                for one in range(MANY):
                    give(one, "one address")
                model.hasty |= set(came if len(came) >= MANY else ())
                publish_vote_totals(db, question.event_id, at=at)
            case "leave out":
                decision = leave_hasty_votes_out(db, question.id, by=ASHA, at=at)
                if decision is not None:
                    decisions.append(decision)
                    model.out |= dict.fromkeys(model.hasty - set(model.out), decision.id)
            case "let count" if decisions:
                last = decisions.pop()
                take_back_leaving_out(db, last, by=ASHA, at=at)
                model.out = {one: by for one, by in model.out.items() if by != last.id}
        assert_as(model, db, question)


def assert_as(model: Model, db: Session, question: Question) -> None:
    db.refresh(question)
    assert question.votes == len(model.counted)
    assert question.hasty == len(model.counted & model.hasty)
    # Who gave them is told nothing.
    for number in range(DEVICES):
        assert (question.id in voted_for(db, question.event_id, f"device {number}")) is (number in model.wishes)
