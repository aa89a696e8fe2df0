"""Rules tried on what has arrived, and run again over what waits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.policies import change_policy
from app.actions.screening_again import POSTS_A_ROUND, screen_again
from app.actions.verdicts import approve, hold, reject
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.incoming import Byline, Photo, Quoted, ReplyTo
from app.domain.policy import Policy
from app.domain.verdict import Verdict
from app.queries.events import cursor_of
from app.queries.posts import decisions_on
from app.queries.rules_tried import matched, tried
from app.store.doors import Backchannel
from tests.actions.posts_to_screen import PERSONAL, arrives, post
from tests.conftest import ASHA, NOON
from tests.databases import lay_down

TEXTS = (
    "Tombola at the atrium tonight",
    "You stupid wankers should all be sacked",
    "see https://shop.example/now",
    PERSONAL,
    "A word of welcome to everybody",
    "Thank you all for coming so early",
)


@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.integers(0, 2)), max_size=12), st.integers(0, 3))
@settings(max_examples=15, deadline=None)
async def test_what_a_trial_foretells_is_what_then_happens(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, int]], which: int
) -> None:
    from app.actions.events import create_event
    from app.bus.memory import MemoryBus

    then = (
        Policy(blocked_words=("tombola",)),
        Policy(preset="strict"),
        Policy(levels=(("link", "note"),)),
        Policy(allowed_words=("wankers", "stupid"), preset="relaxed"),
    )[which]
    doors = Backchannel(lay_down(tmp_path_factory.mktemp("trial")), MemoryBus())
    event = await doors.do(create_event, "box10", name="Box 10", hashtags=["box10"], at=NOON)
    ids = [await arrives(doors, event, text, str(number), by=f"author_{by}") for number, (text, by) in enumerate(said)]
    foretold = await doors.ask(tried, event.id, then)
    before = {post_id: bool((await post(doors, post_id)).doubts) for post_id in ids}
    await doors.do(change_policy, event.id, then, at=NOON)
    await doors.do(screen_again, event.id, at=NOON)
    stopped = {"hold", "hide"}
    after = {}
    for post_id in ids:
        signals = (await post(doors, post_id)).signals
        after[post_id] = any(signal["level"] in stopped for signal in signals)
    await doors.close()
    assert foretold.posts == len(ids)
    for post_id, _ in foretold.held_posts:
        assert after[post_id]
    for post_id, _ in foretold.released_posts:
        assert not after[post_id]
        assert before[post_id]


async def test_a_trial_changes_nothing_and_covers_personal_data(doors: Backchannel, event: Event) -> None:
    held = await arrives(doors, event, PERSONAL, "1")
    plain = await arrives(doors, event, "Tombola tonight at the atrium", "2")
    found = await doors.ask(tried, event.id, Policy(levels=(("privacy", "note"),), blocked_words=("tombola",)))
    assert (found.posts, found.held, found.released) == (2, 1, 1)
    assert [post_id for post_id, _ in found.held_posts] == [plain]
    ((released, text),) = found.released_posts
    assert (released, "943" in text) == (held, False)
    assert (await post(doors, held)).doubts == ",privacy,"


async def test_a_preview_counts_what_a_word_would_have_matched(doors: Backchannel, event: Event) -> None:
    for number in range(30):
        text = f"The raffle number {number}" if number % 3 == 0 else f"something worth saying, number {number}"
        await arrives(doors, event, text, str(number))
    raffle, number = await doors.ask(matched, event.id, ["raff*", "number"], ())
    assert (raffle.times, raffle.of, raffle.is_too_much, len(raffle.examples)) == (10, 30, True, 5)
    assert number.times == 30


async def test_screening_again_follows_the_new_rules_but_never_overrules_a_person(
    doors: Backchannel, event: Event
) -> None:
    from app.actions.links import give_link

    link = await doors.do(give_link, event.id, Role.MODERATOR, at=NOON)
    asha = Actor("Asha", link.access.id)
    raffle = await arrives(doors, event, "The raffle is at noon in the hall", "1")
    link_post = await arrives(doors, event, "see https://bit.ly/now", "2")
    clean = await arrives(doors, event, "A word of welcome to everybody", "3")
    sent_back = await arrives(doors, event, "Another word of welcome, from me", "4")
    await doors.do(approve, sent_back, by=asha, at=NOON)
    await doors.do(hold, sent_back, by=asha, at=NOON)
    await doors.do(change_policy, event.id, Policy(mode="pass", banned_words=("raffle",)), at=NOON)
    done = await doors.do(screen_again, event.id, at=NOON)
    assert (done.hidden, done.shown) == (1, 1)
    verdicts = [(await post(doors, one)).verdict.value for one in (raffle, link_post, clean, sent_back)]
    assert verdicts == ["rejected", "held", "approved", "held"]
    assert {(await post(doors, one)).screened_with for one in (raffle, link_post, clean, sent_back)} == {2}
    last = (await doors.ask(decisions_on, "post", clean))[-1]
    assert (last.by, last.reason, last.policy_version) == ("screening", "screened again", 2)


async def test_many_posts_are_screened_again_in_rounds(doors: Backchannel, event: Event) -> None:
    for number in range(POSTS_A_ROUND + 30):
        await arrives(doors, event, f"The raffle number {number}", str(number))
    await doors.do(change_policy, event.id, Policy(blocked_words=("raffle",)), at=NOON)
    first = await doors.do(screen_again, event.id, at=NOON)
    rest = await doors.do(screen_again, event.id, after=first.last, at=NOON)
    assert (first.held, rest.held, rest.last) == (POSTS_A_ROUND, 30, 0)
    again = await doors.do(screen_again, event.id, at=NOON)
    assert (again.held, again.released, again.unchanged) == (0, 0, POSTS_A_ROUND)


async def test_what_was_decided_is_not_screened_again(doors: Backchannel, event: Event) -> None:
    post_id = await arrives(doors, event, "The raffle is at noon in the hall", "1")
    await doors.do(reject, post_id, by=ASHA, at=NOON)
    await doors.do(change_policy, event.id, Policy(mode="pass"), at=NOON)
    await doors.do(screen_again, event.id, at=NOON)
    assert (await post(doors, post_id)).verdict is Verdict.REJECTED


async def test_screening_again_tells_nobody_of_what_stays_as_it_is(doors: Backchannel, event: Event) -> None:
    await arrives(doors, event, PERSONAL, "1")
    await arrives(doors, event, "A very good day", "2", byline=Byline("jo", "Call 07700 900123"))
    before = await doors.ask(cursor_of, event.id)
    done = await doors.do(screen_again, event.id, at=NOON)
    assert (done.unchanged, await doors.ask(cursor_of, event.id)) == (2, before)


async def test_what_stands_beside_the_text_is_screened_again_as_it_was_at_the_door(
    doors: Backchannel, event: Event
) -> None:
    beside = {
        "byline": Byline("jo", "Tombola Jo"),
        "quote": Quoted(True, Byline("ann", "Tombola Ann"), "A tombola"),
        "photos": (Photo("https://pictures.example/1", "A chart"), Photo("https://pictures.example/2", "The tombola")),
        "reply_to": ReplyTo(handle="tombola_tim"),
    }
    post_id = await arrives(doors, event, "A very good day", "1", **beside)
    assert (await post(doors, post_id)).doubts == ""
    await doors.do(change_policy, event.id, Policy(blocked_words=("tombola",)), at=NOON)
    assert (await doors.do(screen_again, event.id, at=NOON)).held == 1
    again = (await post(doors, post_id)).signals
    other = await arrives(doors, event, "A very bad day", "2", **beside)
    at_the_door = [signal for signal in (await post(doors, other)).signals if signal["level"] != "note"]
    fields = [(signal["field"], signal.get("place", 0)) for signal in again if signal["level"] != "note"]
    assert fields == [("name", 0), ("reply", 0), ("quote", 0), ("quote_name", 0), ("alt", 1)]
    assert [signal for signal in again if signal["level"] != "note"] == at_the_door
