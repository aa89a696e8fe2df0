"""The author of a post from the room is asked to shorten it; the words of a network are never touched."""

import pytest

from app.actions.corrections import Correction, correct
from app.actions.events import Refused
from app.actions.suggestions import keep_own_words, suggest_words
from app.actions.undo import undo_last
from app.actions.verdicts import approve
from app.actions.withdrawals import retract
from app.domain.verdict import Verdict
from tests.actions.desk import Desk
from tests.conftest import NOON

LONG, SHORT = "What does it cost, all in, for each and every one of the people at home?", "What does it cost a person?"
PHONE = {"source": "floor", "device": "phone"}


async def suggested(desk: Desk, post_id: int) -> str:
    return (await desk.post(post_id)).suggested


async def test_the_author_takes_it_and_the_new_words_wait(desk: Desk) -> None:
    post_id = await desk.arrives(LONG, **PHONE)
    await desk.doors.do(suggest_words, post_id, f" {SHORT} ", by=desk.asha, at=NOON)
    assert await suggested(desk, post_id) == SHORT
    assert (await desk.post(post_id)).text == LONG, "nothing has changed but that somebody asks"
    did = await desk.doors.do(correct, desk.event.id, post_id, "phone", SHORT, version=0, at=NOON)
    post = await desk.post(post_id)
    assert (did, post.text, post.verdict, post.suggested) == (Correction.DONE, SHORT, Verdict.HELD, "")


async def test_it_is_gone_when_the_author_says_no_or_it_is_decided_undone_or_withdrawn(desk: Desk) -> None:
    posts = [await desk.arrives(f"{LONG} {number}", **{**PHONE, "by": "one"}) for number in range(4)]
    for post_id in posts:
        await desk.doors.do(suggest_words, post_id, SHORT, by=desk.asha, at=NOON)
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert not await desk.doors.do(keep_own_words, desk.event.id, posts[0], "another phone", at=NOON)
    assert await suggested(desk, posts[0]) == SHORT
    assert await desk.doors.do(keep_own_words, desk.event.id, posts[0], "phone", at=NOON)
    assert not await desk.doors.do(keep_own_words, desk.event.id, posts[0], "phone", at=NOON)
    await desk.doors.do(approve, posts[1], by=desk.asha, at=NOON)
    await desk.doors.do(retract, desk.event.id, posts[2], "phone", at=NOON)
    assert [await suggested(desk, post_id) for post_id in posts] == [""] * 4


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"source": "x"}, SHORT), ({"source": "mastodon"}, SHORT), (PHONE, LONG), (PHONE, LONG + "!"), (PHONE, "  ")],
)
async def test_what_is_not_the_authors_to_change_or_no_shorter_is_refused(
    desk: Desk, facts: dict[str, str], words: str
) -> None:
    post_id = await desk.arrives(LONG, **facts)
    with pytest.raises(Refused):
        await desk.doors.do(suggest_words, post_id, words, by=desk.asha, at=NOON)
    assert await suggested(desk, post_id) == ""


async def test_what_was_decided_is_not_asked_for(desk: Desk) -> None:
    post_id = await desk.arrives(LONG, **PHONE)
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    with pytest.raises(Refused):
        await desk.doors.do(suggest_words, post_id, SHORT, by=desk.asha, at=NOON)
