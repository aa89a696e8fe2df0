"""Verdicts on many posts at once: one transaction, one message, and as many statements as for a few."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from app.actions.undo import undo_last
from app.actions.verdicts import Seen, approve, settle_many
from app.domain.decision import Decision
from app.domain.post import Post
from app.domain.publication import Publication
from app.domain.verdict import Verdict
from app.store.doors import Backchannel
from tests.actions.desk import Desk
from tests.conftest import NOON

FEW, MANY = 3, 60


@contextmanager
def told(doors: Backchannel) -> Iterator[dict[str, int]]:
    """How many statements the writer was given, and how often it was told to commit."""
    seen = {"statements": 0, "commits": 0}

    def stated(*_: Any) -> None:
        seen["statements"] += 1

    def committed(*_: Any) -> None:
        seen["commits"] += 1

    sa.event.listen(doors.write_engine, "before_cursor_execute", stated)
    sa.event.listen(doors.write_engine, "commit", committed)
    yield seen
    sa.event.remove(doors.write_engine, "before_cursor_execute", stated)
    sa.event.remove(doors.write_engine, "commit", committed)


async def test_many_verdicts_are_one_transaction_of_as_many_statements_as_a_few(desk: Desk) -> None:
    found = []
    for number in (FEW, MANY):
        ids = [await desk.arrives() for _ in range(number)]
        chosen = [(post_id, Seen(Verdict.HELD, 0)) for post_id in ids]
        with told(desk.doors) as seen:
            settled = await desk.doors.do(settle_many, desk.event.id, chosen, Verdict.APPROVED, by=desk.asha, at=NOON)
        assert [one.won for one in settled] == [True] * number
        found.append(seen)
    few, many = found
    assert (few["commits"], many["commits"]) == (1, 1)
    # Decisions are given back their numbers a statement at a time on some databases, nothing else is.
    assert many["statements"] <= few["statements"] + MANY - FEW


async def test_each_stands_on_the_wall_in_the_order_in_which_it_was_chosen(desk: Desk) -> None:
    ids = [await desk.arrives() for _ in range(4)][::-1]
    await desk.doors.do(
        settle_many, desk.event.id, [(one, Seen(Verdict.HELD, 0)) for one in ids], Verdict.APPROVED,
        by=desk.asha, at=NOON,
    )  # fmt: skip

    def look(db: Any) -> tuple[list[int], list[int], list[int], set[int]]:
        posts = db.exec(select(Post).where(col(Post.id).in_(ids)).order_by(col(Post.wall_cursor))).all()
        lines = db.exec(select(Publication).order_by(col(Publication.cursor).desc()).limit(4)).all()
        by_line = {line.subject_id: line.cursor for line in lines}
        causes = {
            one.cause_id for one in db.exec(select(Decision).where(Decision.by == desk.asha.label)) if one.cause_id
        }
        return (
            [post.id for post in posts],
            [post.wall_number - posts[0].wall_number for post in posts],
            [post.wall_cursor - by_line[post.id] for post in posts],
            causes,
        )

    order, numbers, apart, causes = await desk.doors.ask(look)
    assert (order, numbers, apart, len(causes)) == (ids, [0, 1, 2, 3], [0, 0, 0, 0], 1)
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert await desk.verdicts(*ids) == ["held"] * 4


async def test_each_of_many_counts_by_itself(desk: Desk) -> None:
    mine, theirs, changed = [await desk.arrives() for _ in range(3)]
    await desk.doors.do(approve, theirs, by=desk.ben, at=NOON)
    chosen = [(theirs, Seen(Verdict.HELD, 0)), (mine, Seen(Verdict.HELD, 0)), (changed, Seen(Verdict.HELD, 7))]
    settled = await desk.doors.do(settle_many, desk.event.id, chosen, Verdict.REJECTED, by=desk.asha, at=NOON)
    assert [(one.post.id, one.won) for one in settled] == [(theirs, False), (mine, True), (changed, False)]
    assert settled[0].other is not None
    assert settled[0].other.by == desk.ben.label
    assert await desk.verdicts(mine, theirs, changed) == ["rejected", "approved", "held"]
