"""Verdicts: who decides first, what is shown, how everything is taken back."""

from app.actions.arrivals import Outcome, receive
from app.actions.authors import block_author
from app.actions.undo import undo_last, undo_on
from app.actions.verdicts import Seen, approve, reject, stash
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.incoming import Byline
from app.domain.post import Post
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.posts import decisions_on, post_by_id, shown_ids
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming

BEN = Actor(label="Ben", access_id=None)


async def arrives(doors: Backchannel, event: Event, **facts: object) -> int:
    received = await doors.do(receive, event.id, incoming(**facts), at=NOON)  # type: ignore[arg-type]
    return received.post_id


async def post(doors: Backchannel, post_id: int) -> Post:
    found = await doors.ask(post_by_id, post_id)
    assert found is not None
    return found


async def test_a_post_waits_for_a_moderator(doors: Backchannel, event: Event) -> None:
    post_id = await arrives(doors, event)
    assert (await post(doors, post_id)).verdict is Verdict.HELD
    assert await doors.ask(shown_ids, event, 10) == []


async def test_an_approved_post_is_shown(doors: Backchannel, event: Event) -> None:
    post_id = await arrives(doors, event)
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    assert await doors.ask(shown_ids, event, 10) == [post_id]


async def test_the_first_of_two_moderators_wins_and_the_other_is_told(doors: Backchannel, event: Event) -> None:
    post_id = await arrives(doors, event)
    seen = Seen(Verdict.HELD, 0)
    first = await doors.do(reject, post_id, by=ASHA, at=NOON, seen=seen)
    second = await doors.do(approve, post_id, by=BEN, at=NOON, seen=seen)
    assert (first.won, second.won) == (True, False)
    assert second.post.verdict is Verdict.REJECTED
    assert second.other is not None
    assert second.other.by == "Asha"


async def test_a_decision_about_an_old_version_does_not_count(doors: Backchannel, event: Event) -> None:
    post_id = await arrives(doors, event)
    await arrives(doors, event, text="Now it says something else entirely", version=1)
    settled = await doors.do(approve, post_id, by=ASHA, at=NOON, seen=Seen(Verdict.HELD, 0))
    assert not settled.won
    assert (await post(doors, post_id)).verdict is Verdict.HELD


async def test_an_edit_of_an_approved_post_goes_back_to_the_queue(doors: Backchannel, event: Event) -> None:
    post_id = await arrives(doors, event)
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    received = await doors.do(receive, event.id, incoming("An edited text, quite new", version=1), at=NOON)
    assert (received.post_id, received.outcome) == (post_id, Outcome.EDITED)
    edited = await post(doors, post_id)
    assert (edited.verdict, edited.text) == (Verdict.HELD, "An edited text, quite new")
    assert await doors.ask(shown_ids, event, 10) == []


async def test_the_same_post_twice_is_stored_once(doors: Backchannel, event: Event) -> None:
    first = await doors.do(receive, event.id, incoming(), at=NOON)
    again = await doors.do(receive, event.id, incoming(), at=NOON)
    assert (again.post_id, again.outcome) == (first.post_id, Outcome.KNOWN)


async def test_undo_puts_a_post_back_where_it_was_on_the_wall(doors: Backchannel, event: Event) -> None:
    older = await arrives(doors, event, ref="1", text="The first thing that was said")
    newer = await arrives(doors, event, ref="2", text="The second thing that was said")
    for post_id in (older, newer):
        await doors.do(approve, post_id, by=ASHA, at=NOON)
    await doors.do(reject, older, by=ASHA, at=NOON)
    assert await doors.ask(shown_ids, event, 10) == [newer]
    await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert await doors.ask(shown_ids, event, 10) == [newer, older]


async def test_undo_goes_back_step_by_step_and_keeps_both_entries(doors: Backchannel, event: Event) -> None:
    post_id = await arrives(doors, event)
    await doors.do(stash, post_id, by=ASHA, at=NOON)
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert (await post(doors, post_id)).verdict is Verdict.STASHED
    await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert (await post(doors, post_id)).verdict is Verdict.HELD
    assert await doors.do(undo_last, event.id, by=ASHA, at=NOON) is None
    trail = [(entry.before, entry.after) for entry in await doors.ask(decisions_on, "post", post_id)]
    assert trail == [
        ("", "held"),
        ("held", "stashed"),
        ("stashed", "approved"),
        ("approved", "stashed"),
        ("stashed", "held"),
    ]


async def test_undo_never_undoes_what_somebody_else_decided_since(doors: Backchannel, event: Event) -> None:
    post_id = await arrives(doors, event)
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    await doors.do(reject, post_id, by=BEN, at=NOON)
    assert await doors.do(undo_last, event.id, by=ASHA, at=NOON) is None
    assert (await post(doors, post_id)).verdict is Verdict.REJECTED


async def test_blocking_an_author_sweeps_all_of_theirs_and_undo_brings_them_back(
    doors: Backchannel, event: Event
) -> None:
    shown = await arrives(doors, event, ref="1", text="One of several things I said", by="troll")
    waiting = await arrives(doors, event, ref="2", text="Another of the things I said", by="troll")
    other = await arrives(doors, event, ref="3", text="A friendly word from elsewhere", by="nia")
    for post_id in (shown, other):
        await doors.do(approve, post_id, by=ASHA, at=NOON)
    author_id = (await post(doors, shown)).author_id
    await doors.do(block_author, author_id, by=ASHA, at=NOON)
    assert await doors.ask(shown_ids, event, 10) == [other]
    assert (await post(doors, waiting)).verdict is Verdict.REJECTED

    later = await arrives(doors, event, ref="4", text="And here I am once more", by="troll")
    assert (await post(doors, later)).verdict is Verdict.REJECTED

    await doors.do(undo_on, event.id, Subject.AUTHOR, author_id, "blocked", by=ASHA, at=NOON)
    assert await doors.ask(shown_ids, event, 10) == [other, shown]
    assert (await post(doors, waiting)).verdict is Verdict.HELD


async def test_a_name_typed_on_a_phone_is_never_trusted(doors: Backchannel, event: Event) -> None:
    from app.actions.policies import change_policy
    from app.domain.policy import Policy

    await doors.do(change_policy, event.id, Policy(mode="trusted", trusted=("nia",)), at=NOON)
    real = await arrives(doors, event, ref="1", text="I am the speaker of the hour", by="nia")
    claimed = await arrives(
        doors, event, ref="2", text="I claim to be the speaker", source="floor", byline=Byline("nia", "Nia")
    )
    assert (await post(doors, real)).verdict is Verdict.APPROVED
    assert (await post(doors, claimed)).verdict is Verdict.HELD
