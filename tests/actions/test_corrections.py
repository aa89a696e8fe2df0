"""A phone corrects its own post while it waits: screened anew, never after a decision, and the row settles a race."""

import asyncio

import pytest

from app.actions.arrivals import receive
from app.actions.corrections import Correction, correct
from app.actions.policies import change_policy
from app.actions.verdicts import Seen, approve, hold, reject, stash
from app.domain.decision import EDITED
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.post import Post
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.change_log import news
from app.queries.posts import decisions_on, post_by_id
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "store"]

PERSONAL = "My patient Edith Quillfeather, NHS number 943 476 5919, was so brave"


async def sent(doors: Backchannel, event: Event, text: str = "Is their a hearing loop?", **facts: object) -> int:
    told = {"source": "floor", "device": "mine", "asks_event": True, **facts}
    return (await doors.do(receive, event.id, incoming(text, **told), at=NOON)).post_id


async def now(doors: Backchannel, post_id: int) -> Post:
    post = await doors.ask(post_by_id, post_id)
    assert post is not None
    return post


async def test_the_new_words_take_their_place_and_are_screened(doors: Backchannel, event: Event) -> None:
    post_id = await sent(doors, event)
    before = (await doors.ask(news, event.id, 0)).cursor
    did = await doors.do(correct, event.id, post_id, "mine", PERSONAL, version=0, at=NOON)
    post = await now(doors, post_id)
    assert (did, post.text, post.version, post.asks) == (Correction.DONE, PERSONAL, 1, True)
    assert "privacy" in post.doubts
    told = (await doors.ask(news, event.id, before)).lines
    assert told is not None
    assert post_id in told.of(Subject.POST)
    assert [one.reason for one in await doors.ask(decisions_on, Subject.POST, post_id)][-1] == EDITED
    await doors.do(correct, event.id, post_id, "mine", "Is there a hearing loop?", version=1, at=NOON)
    assert "privacy" not in (await now(doors, post_id)).doubts


async def test_an_approval_of_the_old_words_does_not_count(doors: Backchannel, event: Event) -> None:
    post_id = await sent(doors, event)
    await doors.do(correct, event.id, post_id, "mine", "Is there a hearing loop?", version=0, at=NOON)
    settled = await doors.do(approve, post_id, by=ASHA, at=NOON, seen=Seen(Verdict.HELD, 0))
    assert not settled.won
    assert (await now(doors, post_id)).verdict is Verdict.HELD


@pytest.mark.parametrize("verb", [approve, reject, stash])
async def test_after_a_decision_it_is_too_late(doors: Backchannel, event: Event, verb: object) -> None:
    post_id = await sent(doors, event)
    await doors.do(verb, post_id, by=ASHA, at=NOON)  # type: ignore[arg-type]
    did = await doors.do(correct, event.id, post_id, "mine", "Other words", version=0, at=NOON)
    assert (did, (await now(doors, post_id)).text) == (Correction.TOO_LATE, "Is their a hearing loop?")


async def test_what_waits_again_may_be_corrected_and_loses_the_first_of_two(doors: Backchannel, event: Event) -> None:
    await doors.do(change_policy, event.id, Policy(second_person=True), at=NOON)
    post_id = await sent(doors, event, PERSONAL)
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    assert (await now(doors, post_id)).agreed_by == "Asha"
    await doors.do(correct, event.id, post_id, "mine", f"{PERSONAL}!", version=0, at=NOON)
    assert (await now(doors, post_id)).agreed_by == ""
    await doors.do(reject, post_id, by=ASHA, at=NOON)
    await doors.do(hold, post_id, by=ASHA, at=NOON)
    did = await doors.do(correct, event.id, post_id, "mine", "What a morning", version=1, at=NOON)
    assert did is Correction.DONE


@pytest.mark.parametrize(
    ("device", "version", "did"),
    [("another", 0, Correction.NOT_YOURS), ("", 0, Correction.NOT_YOURS), ("mine", 7, Correction.TOO_LATE)],
)
async def test_only_ones_own_and_only_what_one_saw(
    doors: Backchannel, event: Event, device: str, version: int, did: Correction
) -> None:
    post_id = await sent(doors, event)
    assert await doors.do(correct, event.id, post_id, device, "Other words", version=version, at=NOON) is did
    assert (
        await doors.do(correct, event.id + 1, post_id, "mine", "Other words", version=0, at=NOON)
        is Correction.NOT_YOURS
    )
    assert (
        await doors.do(correct, event.id, post_id, "mine", "Is their a hearing loop?", version=0, at=NOON)
        is Correction.SAME
    )


async def test_who_approves_and_who_corrects_at_once_never_both_win(doors: Backchannel, event: Event) -> None:
    for number in range(12):
        post_id = await sent(doors, event, f"Is their a loop in room {number}?", ref=str(number))
        words = f"Is there a loop in room {number}?"
        settled, did = await asyncio.gather(
            doors.do(approve, post_id, by=ASHA, at=NOON, seen=Seen(Verdict.HELD, 0)),
            doors.do(correct, event.id, post_id, "mine", words, version=0, at=NOON),
        )
        post = await now(doors, post_id)
        assert settled.won is not (did is Correction.DONE)
        assert (post.verdict is Verdict.APPROVED, post.text == words) == (settled.won, did is Correction.DONE)
