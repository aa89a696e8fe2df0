"""An author is called otherwise: the card keeps what was approved, follows by one key, and leaves when it must."""

import pytest

from app.actions.author_renames import NotTaken, take_new_name
from app.actions.screening_again import screen_again
from app.actions.second_person import Agreed
from app.actions.undo import undo_last
from app.actions.verdicts import Seen, approve
from app.actions.withdrawals import withdraw
from app.domain.decision import MACHINE, Actor
from app.domain.event import Event
from app.domain.incoming import Byline, Withdrawal
from app.domain.verdict import Verdict
from app.queries.events import cursor_of
from app.queries.posts import decisions_on, shown_cards, shown_ids
from tests.actions.desk import PERSONAL, Desk
from tests.conftest import NOON

GWEN = Byline("gwen", "Gwen", "https://pictures.example/gwen.png", url="https://social.example/gwen")
GWENDOLEN = Byline("gwen", "Gwendolen", "https://pictures.example/new.png", url="https://social.example/gwen")
HELD = [
    ("Prof Wanker McFuckface", "abuse"),
    ("Call 07700 900123", "privacy"),
    ("Closer Official", "author"),
    ("Gwen ✔️", "author"),
    ("FREE CRYPTO bit.ly/xyz", "link"),
]


async def signed_on_the_wall(desk: Desk) -> dict[int, str]:
    ids = await desk.doors.ask(lambda db: shown_ids(db, db.get_one(Event, desk.event.id), 50))
    return {card.id: card.author.name for card in (await desk.doors.ask(shown_cards, ids)).values()}


async def takes_new_name(desk: Desk, post_id: int, by: Actor) -> None:
    seen = (await desk.card(post_id)).signed.now_mark
    await desk.doors.do(take_new_name, post_id, by=by, at=NOON, seen=seen)


async def approved(desk: Desk, byline: Byline = GWEN, **facts: object) -> int:
    post_id = await desk.arrives("Lovely keynote this morning.", byline=byline, **facts)
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    assert (await desk.verdicts(post_id)) == ["approved"]
    return post_id


@pytest.mark.parametrize(("name", "category"), HELD)
async def test_a_card_leaves_when_its_account_takes_a_name_that_would_be_held(
    desk: Desk, name: str, category: str
) -> None:
    post_id = await approved(desk)
    other = await desk.arrives("Something else that is fine.", byline=Byline("gwen", name))
    assert await desk.verdicts(post_id, other) == ["held", "held"]
    assert await signed_on_the_wall(desk) == {}
    card = await desk.card(post_id)
    assert (card.signed.name, card.signed.now) == ("Gwen", name)
    about = [signal for signal in card.post.signals if signal["category"] == category]
    assert [signal["field"] for signal in about] == ["now"] * len(about)
    assert f",{category}," in card.post.doubts
    last = (await desk.doors.ask(decisions_on, "post", post_id))[-1]
    assert (last.before, last.after, last.by, last.machine) == ("approved", "held", MACHINE.label, True)
    # Personal data in it is covered, and needs two people.
    assert ("07700 900123" in card.author.now) is False
    settled = await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    assert (settled.agreed is not None) is (category == "privacy")
    if category != "privacy":
        # Who has looked may show it again, under the name that was approved; the rules do not take it down twice.
        assert await signed_on_the_wall(desk) == {post_id: "Gwen"}
        await desk.arrives("And a third one that is fine.", byline=Byline("gwen", name))
        assert await signed_on_the_wall(desk) == {post_id: "Gwen"}


async def test_a_card_stays_when_the_new_name_is_harmless_or_was_typed_on_a_phone(desk: Desk) -> None:
    post_id = await approved(desk)
    await desk.arrives("Something else that is fine.", byline=GWENDOLEN)
    phone = await approved(desk, Byline("floor-1", "Sam"), source="floor")
    await desk.arrives("Another one.", source="floor", byline=Byline("floor-1", "Wanker"))
    assert await signed_on_the_wall(desk) == {post_id: "Gwen", phone: "Sam"}


async def test_what_waits_is_told_too_and_stays_so_when_it_is_screened_again(desk: Desk) -> None:
    post_id = await desk.arrives("Lovely keynote.", byline=GWEN)
    await desk.arrives("Something else.", byline=Byline("gwen", "Wanker"))
    signals = (await desk.card(post_id)).post.signals
    assert ",abuse," in (await desk.post(post_id)).doubts
    await desk.policy(mode="pass")
    before = await desk.doors.ask(cursor_of, desk.event.id)
    await desk.doors.do(screen_again, desk.event.id, at=NOON)
    after = (await desk.card(post_id)).post.signals
    told = [signal for signal in signals if signal["field"] == "now"]
    assert [signal for signal in after if signal["field"] == "now"] == told != []
    assert await desk.verdicts(post_id) == ["held"]
    assert before
    # It is called as before again: nothing is said any more.
    await desk.arrives("A third one.", byline=GWEN)
    assert (await desk.post(post_id)).doubts == ""


async def test_the_new_name_is_taken_with_one_key_and_taken_back(desk: Desk) -> None:
    post_id = await approved(desk)
    await desk.arrives("Something else.", byline=GWENDOLEN)
    was = (await desk.card(post_id)).author
    before = await desk.doors.ask(cursor_of, desk.event.id)
    await desk.doors.do(take_new_name, post_id, by=desk.ben, at=NOON, seen=was.now_mark)
    assert await desk.doors.ask(cursor_of, desk.event.id) > before
    card = await desk.card(post_id)
    assert (card.author.name, card.author.avatar, card.author.now) == ("Gwendolen", was.now_avatar, "")
    assert await signed_on_the_wall(desk) == {post_id: "Gwendolen"}
    (entry,) = await desk.doors.ask(decisions_on, "name", post_id)
    assert (entry.before, entry.after, entry.by) == ("old_name", "new_name", "Ben")

    undone = await desk.doors.do(undo_last, desk.event.id, by=desk.ben, at=NOON)
    assert undone is not None
    assert undone.id == entry.id
    card = await desk.card(post_id)
    assert (card.author.name, card.author.avatar, card.author.now_mark) == ("Gwen", was.avatar, was.now_mark)
    assert await desk.doors.do(undo_last, desk.event.id, by=desk.ben, at=NOON) is None


async def test_names_that_were_taken_one_after_the_other_come_back_in_order(desk: Desk) -> None:
    post_id = await approved(desk)
    for name, by in (("Gwendolen", desk.asha), ("Gwenda", desk.ben)):
        await desk.arrives(byline=Byline("gwen", name))
        await takes_new_name(desk, post_id, by)
    # Asha's is overruled by Ben's: undoing hers would undo his.
    undone = await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert undone is not None
    assert undone.subject == "post"
    await desk.doors.do(undo_last, desk.event.id, by=desk.ben, at=NOON)
    assert (await desk.card(post_id)).author.name == "Gwendolen"
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert (await desk.card(post_id)).author.name == "Gwen"


async def test_only_the_name_that_was_seen_is_taken(desk: Desk) -> None:
    post_id = await approved(desk)
    with pytest.raises(NotTaken, match="bears that name already"):
        await takes_new_name(desk, post_id, desk.asha)
    await desk.arrives(byline=GWENDOLEN)
    with pytest.raises(NotTaken, match="which name"):
        await desk.doors.do(take_new_name, post_id, by=desk.asha, at=NOON, seen="")
    seen = (await desk.card(post_id)).author.now_mark
    await desk.arrives(byline=Byline("gwen", "Gwenda"))
    with pytest.raises(NotTaken, match="Look once more"):
        await desk.doors.do(take_new_name, post_id, by=desk.asha, at=NOON, seen=seen)
    assert await signed_on_the_wall(desk) == {post_id: "Gwen"}


async def test_a_personal_name_is_not_taken_by_one_person_on_an_open_screen(desk: Desk) -> None:
    post_id = await approved(desk, Byline("floor-1", "Sam"), source="floor")
    await desk.arrives("Another one.", source="floor", byline=Byline("floor-1", "Call 07700 900123"))
    with pytest.raises(NotTaken, match="personal"):
        await takes_new_name(desk, post_id, desk.asha)
    assert await signed_on_the_wall(desk) == {post_id: "Sam"}


async def test_no_former_name_is_left_of_a_post_that_was_withdrawn(desk: Desk) -> None:
    post_id = await approved(desk, ref="7")
    await desk.arrives(byline=GWENDOLEN)
    await takes_new_name(desk, post_id, desk.asha)
    await desk.doors.do(withdraw, desk.event.id, Withdrawal("x", "7", "deleted by its author"), at=NOON)
    assert (await desk.post(post_id)).byline == {}
    with pytest.raises(NotTaken):
        await takes_new_name(desk, post_id, desk.asha)


async def test_a_name_that_nobody_approved_does_not_come_back_by_an_undo(desk: Desk) -> None:
    post_id = await desk.arrives("Lovely keynote.", byline=Byline("gwen", "Prof Wanker McFuckface"))
    await desk.arrives(byline=GWEN)
    await takes_new_name(desk, post_id, desk.asha)
    await desk.doors.do(approve, post_id, by=desk.ben, at=NOON)
    assert await signed_on_the_wall(desk) == {post_id: "Gwen"}
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert await signed_on_the_wall(desk) == {}
    assert await desk.verdicts(post_id) == ["held"]


async def test_an_approval_counts_for_the_name_that_was_seen(desk: Desk) -> None:
    post_id = await desk.arrives("Lovely keynote.", byline=GWEN)
    await desk.arrives(byline=GWENDOLEN)
    seen = Seen(Verdict.HELD, (await desk.post(post_id)).revision)
    await takes_new_name(desk, post_id, desk.ben)
    settled = await desk.doors.do(approve, post_id, by=desk.asha, at=NOON, seen=seen)
    assert (settled.won, await desk.verdicts(post_id)) == (False, ["held"])
    # Nor is it approved past a doubt about the name that came up meanwhile.
    seen = Seen(Verdict.HELD, (await desk.post(post_id)).revision)
    await desk.arrives(byline=Byline("gwen", "Wanker"))
    assert not (await desk.doors.do(approve, post_id, by=desk.asha, at=NOON, seen=seen)).won


async def test_two_people_agree_to_the_same_name(desk: Desk) -> None:
    post_id = await desk.arrives(PERSONAL, byline=GWEN)
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await desk.arrives(byline=GWENDOLEN)
    await takes_new_name(desk, post_id, desk.ben)
    assert (await desk.doors.do(approve, post_id, by=desk.ben, at=NOON)).agreed is Agreed.FIRST


async def test_a_phones_new_name_is_judged_and_covered_on_the_desk_and_its_cards_stay(desk: Desk) -> None:
    shown = await approved(desk, Byline("floor-1", "Sam"), source="floor")
    waits = await desk.arrives("A second thought.", source="floor", byline=Byline("floor-1", "Sam"))
    await desk.arrives("A third one.", source="floor", byline=Byline("floor-1", "Call 07700 900123"))
    assert await signed_on_the_wall(desk) == {shown: "Sam"}
    for post_id in (shown, waits):
        card = await desk.card(post_id)
        assert {signal["field"] for signal in card.post.signals if signal["category"] == "privacy"} == {"now"}
        assert (card.masked, card.author.name, "900123" in card.author.now) == (True, "Sam", False)
        assert card.uncovered("now") == "Call 07700 900123"
    # What is approved stands open: only what no screen shows is covered.
    assert (await desk.card(shown)).text == "Lovely keynote this morning."
