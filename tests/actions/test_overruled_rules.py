"""A rule that people overrule is suggested to the organiser, who lets it say less or leaves it; on both databases."""

import pytest

from app.actions.events import Refused, create_event
from app.actions.overruled_rules import leave_rule, let_rule_say_less, take_back_easing
from app.actions.policies import change_policy
from app.actions.undo import undo_last
from app.actions.verdicts import approve, hold, reject, stash
from app.domain.decision import MACHINE, Actor
from app.domain.event import Event
from app.domain.policy import Policy
from app.queries.decisions import Sought, entries
from app.queries.overruled_rules import NEWEST_DOUBTED, rules_overruled
from app.queries.posts import post_by_id
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON
from tests.store.stores import arrives, doors, event, store

__all__ = ["doors", "event", "store"]
NIA = Actor(label="Nia")


async def linked(doors: Backchannel, event: Event, count: int, first: int = 100) -> list[int]:
    return [
        await arrives(doors, event, n, text=f"Our slides of the {n}th talk are at https://bit.ly/talk{n}")
        for n in range(first, first + count)
    ]


async def let_through(doors: Backchannel, event: Event, count: int = 10, first: int = 100) -> list[int]:
    posts = await linked(doors, event, count, first)
    for post_id in posts:
        await doors.do(approve, post_id, by=ASHA, at=NOON)
    return posts


async def suggested(doors: Backchannel, event: Event) -> list[tuple[str, int, int]]:
    found = await doors.ask(lambda db: rules_overruled(db, db.get_one(Event, event.id)))
    return [(one.category, one.overruled, one.of) for one in found]


async def levels(doors: Backchannel, event: Event) -> dict[str, str]:
    return await doors.ask(lambda db: dict(Policy.from_json(db.get_one(Event, event.id).policy).levels))


async def test_nine_of_ten_are_enough_and_only_what_people_decided_counts(doors: Backchannel, event: Event) -> None:
    posts = await linked(doors, event, 16)
    for post_id in posts[:9]:
        await doors.do(approve, post_id, by=ASHA, at=NOON)
    await doors.do(stash, posts[10], by=ASHA, at=NOON)
    await doors.do(approve, posts[11], by=MACHINE, at=NOON)
    await doors.do(approve, posts[12], by=ASHA, at=NOON)
    await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    await doors.do(approve, posts[13], by=ASHA, at=NOON)
    await doors.do(hold, posts[13], by=ASHA, at=NOON)
    assert await suggested(doors, event) == []
    await doors.do(reject, posts[9], by=ASHA, at=NOON)
    assert await suggested(doors, event) == [("link", 9, 10)]
    await doors.do(reject, posts[14], by=ASHA, at=NOON)
    assert await suggested(doors, event) == []


async def test_another_event_is_another_matter(doors: Backchannel, event: Event) -> None:
    await let_through(doors, event)
    other = await doors.do(create_event, "other", name="Other", hashtags=[], at=NOON)
    assert (await suggested(doors, event), await suggested(doors, other)) == ([("link", 10, 10)], [])


async def test_it_says_less_by_one_act_which_is_written_down_and_taken_back_by_one(
    doors: Backchannel, event: Event
) -> None:
    await let_through(doors, event)
    await doors.do(change_policy, event.id, Policy(welfare="Priya"), by=NIA, at=NOON)
    await doors.do(let_rule_say_less, event.id, "link", by=NIA, at=NOON)
    assert (await levels(doors, event), await suggested(doors, event)) == ({"link": "note"}, [])
    (newest, *_) = await doors.ask(entries, event.id, Sought())
    assert (newest.decision.subject, newest.decision.by) == ("policy", "Nia")
    assert newest.decision.detail == "It was overruled 10 of 10 times."
    assert [await post_doubts(doors, one) for one in await linked(doors, event, 1, 200)] == [""]
    await doors.do(take_back_easing, event.id, "link", by=NIA, at=NOON)
    assert (await levels(doors, event), await suggested(doors, event)) == ({}, [])
    with pytest.raises(Refused):
        await doors.do(take_back_easing, event.id, "link", by=NIA, at=NOON)
    await let_through(doors, event, 9, 300)
    assert await suggested(doors, event) == []
    await let_through(doors, event, 1, 400)
    assert await suggested(doors, event) == [("link", 10, 10)]


async def post_doubts(doors: Backchannel, post_id: int) -> str:
    found = await doors.ask(post_by_id, post_id)
    assert found is not None
    return found.doubts


async def test_nothing_is_taken_back_after_somebody_changed_the_rules(doors: Backchannel, event: Event) -> None:
    await let_through(doors, event)
    await doors.do(let_rule_say_less, event.id, "link", by=NIA, at=NOON)
    await doors.do(change_policy, event.id, Policy(levels=(("link", "note"),), welfare="Priya"), by=NIA, at=NOON)
    with pytest.raises(Refused):
        await doors.do(take_back_easing, event.id, "link", by=NIA, at=NOON)
    assert await levels(doors, event) == {"link": "note"}


async def test_what_is_left_as_it_is_is_asked_again_only_after_as_many_decisions(
    doors: Backchannel, event: Event
) -> None:
    await let_through(doors, event)
    await doors.do(leave_rule, event.id, "link", by=NIA, at=NOON)
    assert (await levels(doors, event), await suggested(doors, event)) == ({}, [])
    await let_through(doors, event, 9, 300)
    assert await suggested(doors, event) == []
    await let_through(doors, event, 1, 400)
    assert await suggested(doors, event) == [("link", 10, 10)]


@pytest.mark.parametrize("verb", [let_rule_say_less, leave_rule])
@pytest.mark.parametrize("category", ["link", "privacy", "self_harm", "nonsense"])
async def test_nothing_is_done_that_was_not_suggested(
    doors: Backchannel, event: Event, verb: object, category: str
) -> None:
    with pytest.raises(Refused):
        await doors.do(verb, event.id, category, by=NIA, at=NOON)  # type: ignore[arg-type]
    assert await levels(doors, event) == {}


async def test_only_the_newest_doubted_posts_are_looked_at(
    doors: Backchannel, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.queries.overruled_rules.NEWEST_DOUBTED", 12)
    assert NEWEST_DOUBTED >= 12
    await let_through(doors, event)
    assert await suggested(doors, event) == [("link", 10, 10)]
    await linked(doors, event, 3, 300)
    assert await suggested(doors, event) == []
