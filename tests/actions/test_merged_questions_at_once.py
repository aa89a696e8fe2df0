"""Two who ask questions together at the same moment, in two processes: nothing stands under what stands under another."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.actions.arrivals import receive
from app.actions.events import create_event
from app.actions.merged_questions import merge_question
from app.actions.questions import make_question
from app.domain.question import Question
from tests.conftest import ASHA, NOON, incoming
from tests.store.stores import migrated, store
from tests.until import until_now

__all__ = ["store"]


@pytest.mark.parametrize("store", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_no_question_ends_at_the_end_of_a_chain(store: str) -> None:
    engine = sa.create_engine(migrated(store))
    with Session(engine, expire_on_commit=False) as db:
        event = create_event(db, "box10", name="Box 10", hashtags=["box10"], at=NOON)
        posts = [receive(db, event.id, incoming(f"What of {n}?", ref=f"{n}"), at=NOON).post_id for n in range(3)]
        one, two, three = [make_question(db, post_id, by=ASHA, at=NOON).id for post_id in posts]
        db.commit()

    def elsewhere() -> None:
        with Session(engine) as db:
            merge_question(db, two, three, by=ASHA, at=NOON)
            db.commit()

    def waits() -> bool:
        with engine.connect() as looking:
            return bool(looking.scalar(sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")))

    with ThreadPoolExecutor(1) as other, Session(engine) as db:
        merge_question(db, one, two, by=ASHA, at=NOON)
        done = other.submit(elsewhere)
        until_now(waits)
        db.commit()
        done.result()
    with Session(engine) as db:
        stand = {q.id: q.asked_with for q in db.exec(select(Question).where(col(Question.asked_with).is_not(None)))}
    engine.dispose()
    assert stand == {one: three, two: three}
