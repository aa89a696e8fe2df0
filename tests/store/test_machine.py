"""Rows from before the machine was told apart from its name keep their meaning."""

import sqlalchemy as sa
from alembic import command
from sqlmodel import Session, col, select

from app.actions.arrivals import receive
from app.actions.events import create_event
from app.actions.links import give_link
from app.actions.policies import change_policy
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.decision import Actor, Decision
from app.domain.policy import Policy
from app.domain.post import Post
from app.store.schema import alembic_config, migrate
from tests.conftest import NOON, incoming
from tests.store.stores import store

__all__ = ["store"]

Found = tuple[list[bool], list[bool]]


def test_a_name_with_a_link_was_a_person_and_one_without_the_machine(store: str) -> None:
    migrate(store)
    engine = sa.create_engine(store)
    with Session(engine) as db:
        event = create_event(db, "hall", name="The hall", hashtags=["hall"], at=NOON)
        link = give_link(db, event.id, Role.MODERATOR, at=NOON, label="screening")
        change_policy(db, event.id, Policy(muted=("troll",)), at=NOON)
        waits = receive(db, event.id, incoming(ref="1"), at=NOON)
        receive(db, event.id, incoming("Something else, and unwelcome", ref="2", by="troll"), at=NOON)
        approve(db, waits.post_id, by=Actor("screening", link.access.id), at=NOON)
        db.commit()
    before = who_did_what(engine)
    assert before == ([False, False, False, True, True, False], [False, True])
    command.downgrade(alembic_config(store), "0004")
    migrate(store)
    assert who_did_what(engine) == before
    engine.dispose()


def who_did_what(engine: sa.Engine) -> Found:
    """Of each decision, and of each post, whether it was the machine."""
    with Session(engine) as db:
        decisions = db.exec(select(Decision.machine).order_by(col(Decision.id)))
        return list(decisions), list(db.exec(select(Post.decided_by_machine).order_by(col(Post.id))))
