"""An author is one account: whatever it calls itself, and whoever bears its handle afterwards."""

from dataclasses import replace

import pytest

from app.actions.authors import block_author, follow_account
from app.domain.incoming import Account, Byline
from tests.actions.desk import Desk
from tests.actions.test_author_renames import GWEN, approved, signed_on_the_wall
from tests.conftest import NOON

ACCOUNT = Byline("gwen", "Gwen", "https://pictures.example/gwen.png", ref="77")


@pytest.mark.parametrize(
    "renamed",
    [replace(ACCOUNT, handle="box10_official"), replace(ACCOUNT, name="Wanker"), replace(ACCOUNT, handle="jo_wanker")],
)
async def test_an_account_is_the_same_author_whatever_it_calls_itself(desk: Desk, renamed: Byline) -> None:
    post_id = await approved(desk, ACCOUNT)
    author = (await desk.post(post_id)).author_id
    await desk.doors.do(block_author, author, by=desk.asha, at=NOON)
    other = await desk.arrives("I am back.", byline=renamed)
    assert (await desk.post(other)).author_id == author
    assert await desk.verdicts(post_id, other) == ["rejected", "rejected"]


async def test_a_handle_that_changed_hands_is_another_author(desk: Desk) -> None:
    first = await desk.arrives(byline=ACCOUNT)
    second = await desk.arrives(byline=replace(ACCOUNT, ref="88"))
    third = await desk.arrives(byline=replace(ACCOUNT, ref=""))
    authors = [(await desk.post(post_id)).author_id for post_id in (first, second, third)]
    assert authors[0] != authors[1] == authors[2]


async def test_whoever_was_known_by_the_handle_only_is_the_account_once_its_id_is_told(desk: Desk) -> None:
    before = await desk.arrives(byline=GWEN)
    told = await desk.arrives(byline=ACCOUNT)
    later = await desk.arrives(byline=replace(ACCOUNT, handle="gwendolen"))
    assert len({(await desk.post(post_id)).author_id for post_id in (before, told, later)}) == 1


@pytest.mark.parametrize("handle", ["wanker", "box10_official"])
async def test_a_card_leaves_when_a_look_up_finds_its_account_under_a_handle_that_would_be_held(
    desk: Desk, handle: str
) -> None:
    post_id = await approved(desk, ACCOUNT, ref="7")
    told = Account("x", "7", replace(ACCOUNT, handle="gwendolen"))
    await desk.doors.do(follow_account, desk.event.id, told, at=NOON)
    assert await signed_on_the_wall(desk) == {post_id: "Gwen"}
    assert (await desk.card(post_id)).author.now_handle == "gwendolen"
    await desk.doors.do(follow_account, desk.event.id, Account("x", "7", replace(ACCOUNT, handle=handle)), at=NOON)
    assert await signed_on_the_wall(desk) == {}
    found = (await desk.post(post_id)).signals
    assert {signal["field"] for signal in found if signal["field"] != "text"} == {"now_handle"}
