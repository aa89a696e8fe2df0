"""What the reader found joins what was said at the door: it raises, it never lowers, and nothing passes before it."""

from datetime import datetime

import pytest
from sqlmodel import Session

from app.actions.reader_findings import Finding, reader_came, reader_went, take_findings
from app.actions.red_buttons import set_intake
from app.actions.screening_again import screen_again
from app.actions.undo import undo_last
from app.actions.verdicts import approve
from app.actions.withdrawals import withdraw
from app.domain.incoming import Withdrawal
from app.domain.lease import NOBODY
from app.domain.policy import Intake
from app.domain.post import Author, Standing
from app.domain.screening.reader.combining import shipped
from app.domain.verdict import Unread
from app.queries.unread import to_read
from tests.actions.desk import Desk
from tests.conftest import NOON

SURE = 30.0
NOTHING = {name: -SURE for head in shipped() for name in head.witness}


def found(*heads: str) -> dict[str, float]:
    return {name: SURE if name in heads else odds for name, odds in NOTHING.items()}


async def reads(desk: Desk, post_id: int, *heads: str, revision: int = 0) -> int:
    return await desk.doors.do(take_findings, [Finding(post_id, revision, found(*heads))], by=NOBODY, at=NOON)


async def with_reader(desk: Desk, **policy: object) -> None:
    await desk.policy(**policy)
    await desk.doors.do(reader_came, desk.event.id, by=NOBODY, at=NOON)


async def test_nothing_passes_by_itself_before_it_was_read(desk: Desk) -> None:
    await with_reader(desk, mode="pass")
    post_id = await desk.arrives()
    assert (await desk.verdicts(post_id), (await desk.post(post_id)).unread) == (["held"], Unread.PASSES)
    await reads(desk, post_id)
    post = await desk.post(post_id)
    assert (post.verdict, post.unread, post.decided_by_machine) == ("approved", Unread.NO, True)
    assert post.wall_cursor


async def test_what_the_reader_doubts_waits_for_a_person(desk: Desk) -> None:
    await with_reader(desk, mode="pass")
    post_id = await desk.arrives()
    await reads(desk, post_id, "abuse")
    post = await desk.post(post_id)
    assert (post.verdict, post.unread) == ("held", Unread.NO)
    assert "abuse" in post.doubts


async def test_without_a_reader_the_rules_and_heads_decide(desk: Desk) -> None:
    await desk.policy(mode="pass")
    assert await desk.verdicts(await desk.arrives()) == ["approved"]


async def test_where_the_reader_goes_what_only_waited_for_it_passes(desk: Desk) -> None:
    await with_reader(desk, mode="pass")
    clean, doubted = await desk.arrives(), await desk.arrives("you stupid idiot")
    assert await desk.doors.do(reader_went, desk.event.id, by=NOBODY, at=NOON) == 1
    assert await desk.verdicts(clean, doubted) == ["approved", "held"]
    assert [one.post_id for one in await desk.doors.ask(to_read, 9)] == [doubted, clean]


async def test_what_passed_without_a_reader_comes_back_if_it_finds_something(desk: Desk) -> None:
    await desk.policy(mode="pass")
    post_id = await desk.arrives()
    await reads(desk, post_id, "abuse")
    assert await desk.verdicts(post_id) == ["held"]


@pytest.mark.parametrize(
    ("heads", "verdict"), [((), "rejected"), (("abuse",), "rejected"), (("care",), "held"), (("threat",), "held")]
)
async def test_what_was_hidden_as_certain_comes_back_where_people_must_see_it(
    desk: Desk, heads: tuple[str, ...], verdict: str
) -> None:
    await with_reader(desk, mode="pass", banned_words=("tombola",))
    hidden = await desk.arrives("shut up you stupid bitch nobody wants you")
    banned = await desk.arrives("Come to the tombola, all of you")
    assert await desk.verdicts(hidden, banned) == ["rejected", "rejected"]
    for post_id in (hidden, banned):
        await reads(desk, post_id, *heads)
    assert await desk.verdicts(hidden, banned) == [verdict, "rejected"]


async def test_what_a_person_let_through_stays(desk: Desk) -> None:
    await with_reader(desk)
    post_id = await desk.arrives()
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await reads(desk, post_id, "abuse")
    assert await desk.verdicts(post_id) == ["approved"]


async def test_what_was_said_at_the_door_stands(desk: Desk) -> None:
    await with_reader(desk)
    post_id = await desk.arrives("you stupid idiot, get off the stage")
    before = (await desk.post(post_id)).signals
    await reads(desk, post_id)
    assert (await desk.post(post_id)).signals[: len(before)] == before
    assert await desk.verdicts(post_id) == ["held"]


async def test_a_finding_about_an_older_version_is_nothing(desk: Desk) -> None:
    await with_reader(desk)
    post_id = await desk.arrives()
    await desk.arrives("something else now", ref="1", by="author_1", version=1)
    assert await reads(desk, post_id, "abuse") == 0
    assert (await desk.post(post_id)).unread is Unread.WAITS
    assert await reads(desk, post_id, "abuse", revision=1) == 1


async def test_a_post_is_read_once_and_worst_first(desk: Desk) -> None:
    await with_reader(desk)
    mild, care = await desk.arrives(), await desk.arrives("I cannot go on, I want to end my life")
    assert [one.post_id for one in await desk.doors.ask(to_read, 9)] == [care, mild]
    for post_id in (mild, care):
        assert await reads(desk, post_id) == 1
        assert await reads(desk, post_id, "abuse") == 0
    assert await desk.doors.ask(to_read, 9) == []


async def test_what_cannot_be_read_must_be_looked_at(desk: Desk) -> None:
    await with_reader(desk, mode="pass")
    post_id = await desk.arrives()
    await desk.doors.do(take_findings, [Finding(post_id, 0, None)], by=NOBODY, at=NOON)
    post = await desk.post(post_id)
    assert (post.verdict, post.doubts) == ("held", ",shape,")


async def test_rules_that_change_are_applied_together_with_what_was_found(desk: Desk) -> None:
    await with_reader(desk)
    post_id = await desk.arrives()
    await reads(desk, post_id, "abuse")
    await desk.policy(mode="pass")
    await desk.doors.do(screen_again, desk.event.id, at=NOON)
    assert await desk.verdicts(post_id) == ["held"]
    assert "abuse" in (await desk.post(post_id)).doubts


async def test_what_waits_to_be_read_still_does_after_rules_change(desk: Desk) -> None:
    await with_reader(desk)
    post_id = await desk.arrives()
    await desk.policy(mode="pass")
    await desk.doors.do(screen_again, desk.event.id, at=NOON)
    assert (await desk.verdicts(post_id), (await desk.post(post_id)).unread) == (["held"], Unread.PASSES)
    await reads(desk, post_id)
    assert await desk.verdicts(post_id) == ["approved"]


async def test_what_its_author_took_away_is_gone_here_too(desk: Desk) -> None:
    await with_reader(desk, mode="pass")
    read, unread = await desk.arrives(), await desk.arrives()
    await reads(desk, read)
    for ref in ("1", "2"):
        await desk.doors.do(withdraw, desk.event.id, Withdrawal("x", ref, "deleted"), at=NOON)
    assert await reads(desk, unread, "abuse") == 0
    for post_id in (read, unread):
        post = await desk.post(post_id)
        assert (post.found, post.scores, post.signals, post.unread) == ({}, {}, [], Unread.NO)


@pytest.mark.parametrize("stricter", ["hold all", "everything waits", "blocked"])
async def test_what_only_waited_to_be_read_goes_on_waiting_where_somebody_has_become_stricter(
    desk: Desk, stricter: str
) -> None:
    await with_reader(desk, mode="pass")
    read, waits = await desk.arrives(), await desk.arrives("Another fine morning in the atrium")
    if stricter == "hold all":
        await desk.doors.do(set_intake, desk.event.id, Intake.HOLD_ALL, by=desk.asha, at=NOON)
    elif stricter == "everything waits":
        await desk.policy(mode="wait")
    else:
        for post_id in (read, waits):
            author_id = (await desk.post(post_id)).author_id
            await desk.doors.do(_block, author_id, at=NOON)
    await reads(desk, read)
    await desk.doors.do(reader_went, desk.event.id, by=NOBODY, at=NOON)
    assert await desk.verdicts(read, waits) == ["held", "held"]


def _block(db: Session, author_id: int, *, at: datetime) -> None:
    """Only the standing: a verb would decide about the posts, too."""
    db.get_one(Author, author_id).standing = Standing.BLOCKED


async def test_what_a_person_has_put_back_is_not_let_through_by_the_reader(desk: Desk) -> None:
    await with_reader(desk, mode="pass")
    post_id = await desk.arrives()
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    await reads(desk, post_id)
    await desk.doors.do(reader_went, desk.event.id, by=NOBODY, at=NOON)
    assert await desk.verdicts(post_id) == ["held"]
