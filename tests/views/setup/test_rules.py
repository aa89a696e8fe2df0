"""The rules: set, refused, tried out, previewed, run again over what waits, brought back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.arrivals import receive
from app.actions.moderation import approve, hold, reject
from app.actions.policies import change_policy
from app.actions.screening_again import POSTS_A_ROUND, screen_again
from app.domain.decision import Actor
from app.domain.event import Event, Role
from app.domain.policy import Mode, Policy
from app.domain.post import Post
from app.domain.rules import BadPolicy, checked, difference, entries
from app.domain.screening import screen
from app.domain.screening.context import Context
from app.domain.verdict import Verdict
from app.main import create_app
from app.queries.arrived import matched, tried
from app.queries.posts import decisions_on, post_by_id
from app.settings import Settings
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming
from tests.views.desk.test_decisions import Desk

PERSONAL = "My patient Edith Quillfeather, NHS number 943 476 5919, was so brave"
FORM: dict[str, Any] = {
    "mode": "wait", "delay_seconds": "30", "good_record": "2", "preset": "standard", "speakers_pass": "true",
    "second_person": "true",
}  # fmt: skip


async def arrives(doors: Backchannel, event: Event, text: str, ref: str, **facts: object) -> int:
    facts = {"by": f"author_{ref}", **facts}
    return (await doors.do(receive, event.id, incoming(text, ref=ref, **facts), at=NOON)).post_id  # type: ignore[arg-type]


async def post(doors: Backchannel, post_id: int) -> Post:
    found = await doors.ask(post_by_id, post_id)
    assert found is not None
    return found


# What may be set


def test_one_entry_a_line_or_with_commas_each_once() -> None:
    assert entries("@nia\n omar ,@nia,\n", "@") == ("nia", "omar")
    assert checked(Policy(allowed_hosts=("https://www.example.org/x",))).allowed_hosts == ("www.example.org",)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"mode": "chaos"}, "no mode"),
        ({"source_modes": (("telex", "wait"),)}, "no source"),
        ({"delay_seconds": 2}, "between 5 and 600"),
        ({"good_record": 0}, "between 1 and 20"),
        ({"preset": "lax"}, "no preset"),
        ({"levels": (("weather", "hold"),)}, "cannot be set"),
        ({"levels": (("self_harm", "hide"),)}, "never hidden"),
        ({"banned_words": ("*",)}, "match everything"),
        ({"watched_words": ("x" * 101,)}, "longer than 100"),
        ({"trusted": tuple(map(str, range(2_001)))}, "At most 2000"),
    ],
)
def test_rules_that_cannot_be_are_refused_with_a_sentence(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(BadPolicy, match=words):
        checked(Policy(**facts))


def test_a_difference_is_said_in_words() -> None:
    after = Policy(mode="delay", banned_words=("crypto",), trusted=("nia",))
    said = difference(Policy(trusted=("omar",)), after)
    assert said == ["mode: wait → delay", "trusted authors: +1 −1", "banned words: +1"]


@given(st.text(max_size=200), st.sampled_from(list(Mode)), st.sampled_from(["strict", "standard", "relaxed"]))
@settings(max_examples=60, deadline=None)
def test_the_same_text_and_rules_give_the_same_signals(text: str, mode: Mode, preset: str) -> None:
    one, other = (Policy(mode=mode, preset=preset, banned_words=("crypto",)) for _ in range(2))
    assert one.version == other.version
    assert Policy.from_json(one.as_json()) == one
    assert screen(incoming(text), one, Context()) == screen(incoming(text), other, Context())


# Trying


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
    from app.store.schema import migrate

    then = (
        Policy(blocked_words=("tombola",)),
        Policy(preset="strict"),
        Policy(levels=(("link", "note"),)),
        Policy(allowed_words=("wankers", "stupid"), preset="relaxed"),
    )[which]
    url = f"sqlite:///{tmp_path_factory.mktemp('trial') / 'x.sqlite3'}"
    migrate(url)
    doors = Backchannel(url, MemoryBus())
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


# Running again


async def test_screening_again_follows_the_new_rules_but_never_overrules_a_person(
    doors: Backchannel, event: Event
) -> None:
    from app.actions.access import give_link

    link = await doors.do(give_link, event.id, Role.MODERATOR, at=NOON)
    asha = Actor("Asha", link.access.id)
    raffle = await arrives(doors, event, "The raffle is at noon in the hall", "1")
    link_post = await arrives(doors, event, "see https://shop.example/now", "2")
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


# The page, and the API


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only for tests")  # type: ignore[call-arg]
    with TestClient(create_app(made, by_itself=False)) as client:
        opened = Desk(client)
        opened.opens(Role.OWNER)
        yield opened


def in_force(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = desk.call("GET", "/policy").json()
    return found


def test_an_organiser_sets_the_rules(desk: Desk) -> None:
    form = {
        **FORM, "mode": "delay", "mode-floor": "wait", "delay_seconds": "45", "preset": "strict", "level-link": "note",
        "trusted": "@nia\nomar", "banned_words": "crypto, buy now", "welfare": "Priya, room 3",
    }  # fmt: skip
    del form["second_person"]
    assert desk.post("/e/box10/setup/rules", **form).status_code == 303
    policy = in_force(desk)["policy"]
    assert (policy["mode"], policy["source_modes"], policy["levels"]) == ("delay", {"floor": "wait"}, {"link": "note"})
    assert (policy["trusted"], policy["banned_words"]) == (["nia", "omar"], ["crypto", "buy now"])
    assert (policy["second_person"], policy["speakers_pass"], policy["welfare"]) == (False, True, "Priya, room 3")
    page = desk.get("setup/rules").text
    assert "mode: wait → delay" in page
    assert "Owner" in page


def test_what_is_refused_stays_typed_and_stores_nothing(desk: Desk) -> None:
    answer = desk.post("/e/box10/setup/rules", **{**FORM, "delay_seconds": "soon", "banned_words": "crypto"})
    assert answer.status_code == 422
    assert "The delay must be a number." in answer.text
    assert "crypto</textarea>" in answer.text
    assert in_force(desk)["version"] == 1


def test_trying_and_previewing_store_nothing(desk: Desk) -> None:
    desk.says("The raffle is at noon in the hall", "1")
    form = {**FORM, "blocked_words": "raffle"}
    assert "Would hold 1 more, release 0" in desk.post("/e/box10/setup/rules", act="try", **form).text
    assert "would have matched 1 post" in desk.post("/e/box10/setup/rules", act="preview", **form).text
    assert in_force(desk)["version"] == 1
    desk.post("/e/box10/setup/rules", **form)
    assert "1 has a doubt now" in desk.post("/e/box10/setup/rules/again").text


def test_an_earlier_version_comes_back_as_a_new_one(desk: Desk) -> None:
    desk.post("/e/box10/setup/rules", **{**FORM, "mode": "pass"})
    assert desk.post("/e/box10/setup/rules/versions/1").status_code == 303
    assert (in_force(desk)["version"], in_force(desk)["policy"]["mode"]) == (3, "wait")
    assert desk.post("/e/box10/setup/rules/versions/99").status_code == 404


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.SPEAKER])
def test_only_owners_open_and_change_the_rules(desk: Desk, role: Role) -> None:
    desk.opens(role)
    assert desk.get("setup/rules").status_code == 403
    assert desk.post("/e/box10/setup/rules", **FORM).status_code == 403
    assert desk.call("PUT", "/policy", role, json={"version": 1, "policy": {}}).status_code == 403


def test_a_program_changes_the_rules_unless_somebody_was_quicker(desk: Desk) -> None:
    change = {"version": 1, "policy": {**in_force(desk)["policy"], "mode": "trusted"}}
    assert desk.call("PUT", "/policy", Role.OWNER, json=change).json()["version"] == 2
    assert desk.call("PUT", "/policy", Role.OWNER, json=change).status_code == 409
    bad = {"version": 2, "policy": {"mode": "chaos"}}
    assert desk.call("PUT", "/policy", Role.OWNER, json=bad).status_code == 422
    assert desk.call("PUT", "/policy", Role.OWNER, json={"version": 2, "policy": {"trusted": 7}}).status_code == 422
    assert [one["version"] for one in desk.call("GET", "/policy/versions").json()] == [2, 1]


def test_a_program_tries_previews_and_screens_again(desk: Desk) -> None:
    desk.says("The raffle is at noon in the hall", "1", at=datetime.now(UTC))
    trial = desk.call("POST", "/policy/trial", json={"policy": {"blocked_words": ["raffle"]}}).json()
    assert (trial["posts"], trial["would_hold"], trial["would_release"]) == (1, 1, 0)
    (word,) = desk.call("POST", "/policy/words/preview", json={"words": ["raffle", "*"]}).json()
    assert (word["word"], word["times"]) == ("raffle", 1)
    assert desk.call("POST", "/policy/screen-again", Role.OWNER).json()["unchanged"] == 1


def test_moderators_do_not_undo_the_organisers_rules(desk: Desk) -> None:
    desk.post("/e/box10/setup/rules", **{**FORM, "mode": "pass"})
    (row,) = desk.call("GET", "/decisions?subject=policy").json()
    assert desk.call("POST", "/undo?whose=anyone").json()["subject"] is None
    assert desk.call("POST", f"/decisions/{row['id']}/undoing").status_code == 403
    desk.opens(Role.MODERATOR)
    assert desk.post(f"/decisions/{row['id']}/undoing").status_code == 403
    assert in_force(desk)["policy"]["mode"] == "pass"
    assert desk.call("POST", f"/decisions/{row['id']}/undoing", Role.OWNER).status_code == 200
    assert in_force(desk)["policy"]["mode"] == "wait"
