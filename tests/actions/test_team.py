"""A desk for a team: the order of the queue, folds, two people, covered words, seats, delays, red buttons."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions.access import give_link
from app.actions.agreements import Agreed
from app.actions.arrivals import receive
from app.actions.authors import trust_author
from app.actions.delays import keep_desk, stop_delay
from app.actions.events import add_talk
from app.actions.moderation import Seen, approve, reject, settle_many
from app.actions.policies import change_policy
from app.actions.red_buttons import clear_wall, set_intake
from app.actions.reveals import reveal
from app.actions.seats import leave_seat, take_seat
from app.actions.undo import undo_last
from app.domain.decision import Actor
from app.domain.event import Event, Role, Talk
from app.domain.masking import covered
from app.domain.policy import Intake, Policy
from app.domain.post import Post
from app.domain.queue import rank
from app.domain.seats import LEASE, PRESENT
from app.domain.verdict import Level, Signal, Verdict
from app.queries.desk import DeskCard, Search, desk_cards, found_ids, queue_ids
from app.queries.posts import decisions_on, post_by_id, shown_ids
from app.queries.seats import desks_to_keep, present
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming

PERSONAL = "My patient Edith Quillfeather, NHS number 943 476 5919, was so brave"


class Desk:
    """An event with two moderators, and short words for what they do."""

    def __init__(self, doors: Backchannel, event: Event, asha: Actor, ben: Actor) -> None:
        self.doors, self.event, self.asha, self.ben = doors, event, asha, ben
        self.arrived = 0

    async def arrives(self, text: str = "", *, at: datetime = NOON, **facts: object) -> int:
        self.arrived += 1
        facts = {"ref": str(self.arrived), "by": f"author_{self.arrived}", **facts}
        post = incoming(text or f"something worth saying, number {self.arrived}", **facts)  # type: ignore[arg-type]
        return (await self.doors.do(receive, self.event.id, post, at=at)).post_id

    async def post(self, post_id: int) -> Post:
        found = await self.doors.ask(post_by_id, post_id)
        assert found is not None
        return found

    async def verdicts(self, *ids: int) -> list[str]:
        return [(await self.post(post_id)).verdict.value for post_id in ids]

    async def queue(self) -> list[int]:
        return await self.doors.ask(lambda db: queue_ids(db, db.get_one(Event, self.event.id), 100))

    async def card(self, post_id: int) -> DeskCard:
        return (await self.doors.ask(desk_cards, [post_id]))[post_id]

    async def policy(self, **facts: object) -> None:
        await self.doors.do(change_policy, self.event.id, Policy(**facts), by=self.asha, at=NOON)  # type: ignore[arg-type]

    async def sits(self, by: Actor, post_id: int | None = None, at: datetime = NOON) -> str:
        claim = await self.doors.do(take_seat, self.event.id, f"tab of {by.label}", post_id, by=by, at=at)
        return claim.taken_by


@pytest.fixture
async def desk(doors: Backchannel, event: Event) -> Desk:
    links = [await doors.do(give_link, event.id, Role.MODERATOR, at=NOON, label=name) for name in ("Asha", "Ben")]
    return Desk(doors, event, *(Actor(link.access.label, link.access.id) for link in links))


# The order of the queue


async def test_what_may_do_harm_goes_first_then_questions_then_age(desk: Desk, talk: Talk) -> None:
    plain = await desk.arrives("A word of welcome to all of you here")
    asked = await desk.arrives("Where can we find the slides of this?", source="floor", asks_talk_id=talk.id)
    abuse = await desk.arrives("You stupid wankers should all be sacked")
    personal = await desk.arrives(PERSONAL)
    harm = await desk.arrives("I do not want to be here any more, I am thinking of ending my life")
    assert await desk.queue() == [harm, personal, *(await _in_order(desk, abuse, asked)), plain]


async def _in_order(desk: Desk, abuse: int, asked: int) -> list[int]:
    """A question for the talk that runs and a doubt about abuse are worth the same quarter of an hour."""
    return [abuse, asked] if (await desk.card(abuse)).sort_key > (await desk.card(asked)).sort_key else [asked, abuse]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["self_harm", "threat", "privacy", "abuse", "spam", "question", "vent"]),
            st.sampled_from(list(Level)),
            st.integers(0, 10_000),
        ),
        min_size=2,
    )
)
def test_nothing_starves(posts: list[tuple[str, Level, int]]) -> None:
    """Whatever a post is worth, one that came a day and a second later goes after it."""
    for category, level, second in posts:
        came = NOON + timedelta(seconds=second)
        old = rank(came, [], asks=False, delayed=False)
        new = rank(came + timedelta(days=1, seconds=1), [Signal("x", category, level, "y")], asks=True, delayed=True)
        assert old < new


# Folds


async def test_what_says_the_same_is_one_card_and_one_key_rejects_all(desk: Desk) -> None:
    wave = [await desk.arrives("Buy cheap followers today at followers dot example!") for _ in range(4)]
    near = await desk.arrives("BUY cheap followers today at followers dot example!! @jo_hart")
    other = await desk.arrives()
    assert await desk.queue() == [wave[0], other]
    assert (await desk.card(wave[0])).alike == 4
    settled = await desk.doors.do(
        reject, wave[0], by=desk.asha, at=NOON, seen=Seen(Verdict.HELD, 0), declined_as="spam", with_alike=True
    )
    assert settled.along == 4
    assert await desk.verdicts(*wave, near, other) == ["rejected"] * 5 + ["held"]
    assert (await desk.post(near)).declined_as == "spam"
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert await desk.verdicts(*wave, near) == ["held"] * 5


async def test_approving_a_fold_shows_one_and_declines_the_rest_as_said(desk: Desk) -> None:
    said = [await desk.arrives("Thank you to everybody in the main hall") for _ in range(3)]
    await desk.doors.do(approve, said[0], by=desk.asha, at=NOON, with_alike=True)
    assert await desk.verdicts(*said) == ["approved", "rejected", "rejected"]
    assert (await desk.post(said[2])).declined_as == "repeat"
    assert await desk.doors.ask(shown_ids, desk.event, 9) == [said[0]]


async def test_texts_that_turn_the_meaning_are_not_folded(desk: Desk) -> None:
    for text in ("We should close the day centre in Leeds", "We should not close the day centre in Leeds"):
        await desk.arrives(text)
    assert len(await desk.queue()) == 2


# Two people


async def test_personal_data_needs_two_people(desk: Desk) -> None:
    post_id = await desk.arrives(PERSONAL)
    first = await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    again = await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    assert (first.agreed, again.agreed) == (Agreed.FIRST, Agreed.TWICE)
    assert await desk.verdicts(post_id) == ["held"]
    second = await desk.doors.do(approve, post_id, by=desk.ben, at=NOON)
    assert (second.won, await desk.verdicts(post_id)) == (True, ["approved"])
    late = await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    assert (late.agreed, late.won, (await desk.post(post_id)).agreed_by) == (None, False, "")


async def test_an_edit_or_an_undo_takes_the_agreement_away(desk: Desk) -> None:
    post_id = await desk.arrives(PERSONAL, ref="same", by="jo")
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert (await desk.post(post_id)).agreed_by == ""
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await desk.arrives(PERSONAL + " today", ref="same", by="jo", version=1)
    settled = await desk.doors.do(approve, post_id, by=desk.ben, at=NOON)
    assert (settled.agreed, await desk.verdicts(post_id)) == (Agreed.FIRST, ["held"])


async def test_a_bulk_approval_does_not_get_around_the_second_person(desk: Desk) -> None:
    plain, personal = await desk.arrives(), await desk.arrives(PERSONAL)
    chosen = [(plain, Seen(Verdict.HELD, 0)), (personal, Seen(Verdict.HELD, 0))]
    await desk.doors.do(settle_many, desk.event.id, chosen, Verdict.APPROVED, by=desk.asha, at=NOON)
    assert await desk.verdicts(plain, personal) == ["approved", "held"]


async def test_an_organiser_alone_may_switch_the_second_person_off(desk: Desk) -> None:
    await desk.policy(second_person=False)
    post_id = await desk.arrives(PERSONAL)
    assert (await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)).won


# Covered words


async def test_personal_data_is_covered_until_it_is_approved_and_a_look_is_written_down(desk: Desk) -> None:
    post_id = await desk.arrives(PERSONAL)
    assert "943" not in (await desk.card(post_id)).text
    assert "Quillfeather" not in (await desk.card(post_id)).text
    await desk.doors.do(reveal, post_id, by=desk.asha, at=NOON)
    (looked,) = await desk.doors.ask(decisions_on, "reveal", post_id)
    assert (looked.by, looked.after) == ("Asha", "revealed")
    for by in (desk.asha, desk.ben):
        await desk.doors.do(approve, post_id, by=by, at=NOON)
    assert (await desk.card(post_id)).text == PERSONAL


@given(
    st.text(min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4),
)
def test_covering_keeps_every_place_and_no_letter_inside_a_span_of_a_name(
    text: str, found: list[tuple[int, int]]
) -> None:
    spans = [(start, min(start + size, len(text))) for start, size in found if start < len(text)]
    hidden = covered(text, [{"category": "privacy", "level": "hold", "spans": spans}] if spans else [])
    assert len(hidden) == len(text)
    for start, end in spans:
        if not any(map(str.isdigit, text[start:end])):
            assert not any(map(str.isalnum, hidden[start:end]))


# Seats


async def test_a_post_that_somebody_looks_at_is_theirs_until_the_lease_ends(desk: Desk) -> None:
    post_id = await desk.arrives()
    assert await desk.sits(desk.asha, post_id) == ""
    assert await desk.sits(desk.ben, post_id) == "Asha"
    assert await desk.sits(desk.asha, post_id, NOON + timedelta(seconds=9)) == ""
    late = NOON + timedelta(seconds=10) + LEASE
    assert await desk.sits(desk.ben, post_id, late) == ""
    assert await desk.sits(desk.asha, post_id, late) == "Ben"


async def test_a_desk_that_falls_silent_is_cleared_and_one_that_closes_at_once(desk: Desk) -> None:
    await desk.sits(desk.asha)
    await desk.sits(desk.ben)
    await desk.doors.do(leave_seat, desk.event.id, "tab of Ben", by=desk.ben, at=NOON)
    assert (await desk.doors.ask(present, desk.event)).names == ["Asha"]
    late = NOON + PRESENT + timedelta(seconds=1)
    assert await desk.doors.ask(desks_to_keep, late) == [desk.event.id]
    await desk.doors.do(keep_desk, desk.event.id, at=late)
    assert (await desk.doors.ask(present, desk.event)).names == []


async def test_a_beat_without_news_writes_no_line(desk: Desk) -> None:
    post_id = await desk.arrives()
    await desk.sits(desk.asha, post_id)
    before = await desk.doors.ask(lambda db: db.get_one(Event, desk.event.id).cursor)
    for second in range(1, 60):
        await desk.sits(desk.asha, post_id, NOON + timedelta(seconds=second))
    assert await desk.doors.ask(lambda db: db.get_one(Event, desk.event.id).cursor) == before


# Delays


async def clean_post_of_a_known_author(desk: Desk) -> int:
    await desk.policy(mode="delay", delay_seconds=20, good_record=1)
    first = await desk.arrives(by="jo")
    await desk.doors.do(approve, first, by=desk.asha, at=NOON)
    return await desk.arrives(by="jo")


async def kept(desk: Desk, *seconds: float) -> None:
    """Somebody is at the desk all the while, and the desk is kept at these seconds."""
    for second in seconds:
        at = NOON + timedelta(seconds=second)
        await desk.sits(desk.asha, None, at)
        await desk.doors.do(keep_desk, desk.event.id, at=at)


async def test_a_clean_post_of_a_known_author_shows_itself_after_the_delay(desk: Desk) -> None:
    post_id = await clean_post_of_a_known_author(desk)
    await kept(desk, 0, 10, 19)
    assert await desk.verdicts(post_id) == ["held"]
    await kept(desk, 20)
    assert (await desk.verdicts(post_id), (await desk.post(post_id)).decided_by) == (["approved"], "delay")


async def test_nothing_shows_itself_while_nobody_is_at_the_desk(desk: Desk) -> None:
    post_id = await clean_post_of_a_known_author(desk)
    await kept(desk, 0)
    for second in (40, 60, 600):
        await desk.doors.do(keep_desk, desk.event.id, at=NOON + timedelta(seconds=second))
    assert (await desk.verdicts(post_id), (await desk.post(post_id)).shows_at) == (["held"], None)
    # Whoever comes back has the whole delay to look.
    await kept(desk, 700, 719)
    assert await desk.verdicts(post_id) == ["held"]
    await kept(desk, 720)
    assert await desk.verdicts(post_id) == ["approved"]


async def test_a_post_that_was_stopped_waits_and_an_undo_lets_it_run_again(desk: Desk) -> None:
    post_id = await clean_post_of_a_known_author(desk)
    await kept(desk, 0)
    assert await desk.doors.do(stop_delay, post_id, by=desk.asha, at=NOON)
    await kept(desk, 10, 30)
    assert await desk.verdicts(post_id) == ["held"]
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    await kept(desk, 40, 59)
    assert await desk.verdicts(post_id) == ["held"]
    await kept(desk, 60)
    assert await desk.verdicts(post_id) == ["approved"]


async def test_strangers_doubts_and_rejected_authors_never_show_themselves(desk: Desk) -> None:
    await clean_post_of_a_known_author(desk)
    stranger = await desk.arrives(by="stranger")
    doubt = await desk.arrives("see my patient Edith Quillfeather, NHS number 943 476 5919", by="jo")
    await desk.doors.do(reject, await desk.arrives(by="bad"), by=desk.asha, at=NOON)
    await desk.doors.do(approve, await desk.arrives(by="bad"), by=desk.asha, at=NOON)
    bad = await desk.arrives(by="bad")
    await kept(desk, 0, 20, 25, 50)
    assert await desk.verdicts(stranger, doubt, bad) == ["held"] * 3


@pytest.mark.parametrize("stricter", ["hold_all", "wait"])
async def test_whatever_becomes_stricter_stops_what_runs(desk: Desk, stricter: str) -> None:
    post_id = await clean_post_of_a_known_author(desk)
    await kept(desk, 0)
    if stricter == "wait":
        await desk.policy(mode="wait")
    else:
        await desk.doors.do(set_intake, desk.event.id, Intake.HOLD_ALL, by=desk.ben, at=NOON)
        assert not (await desk.post(post_id)).delayed
    await kept(desk, 20, 21, 60)
    assert await desk.verdicts(post_id) == ["held"]


# Red buttons


async def test_only_trusted_keeps_the_rest_for_later_but_holds_what_has_a_doubt(desk: Desk) -> None:
    known = await desk.arrives(by="nia")
    await desk.doors.do(trust_author, (await desk.post(known)).author_id, by=desk.asha, at=NOON)
    await desk.doors.do(set_intake, desk.event.id, Intake.ONLY_TRUSTED, by=desk.asha, at=NOON)
    trusted, other = await desk.arrives(by="nia"), await desk.arrives()
    harm = await desk.arrives("I do not want to be here any more, I am thinking of ending my life")
    assert await desk.verdicts(trusted, other, harm) == ["approved", "stashed", "held"]
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert await desk.verdicts(await desk.arrives()) == ["held"]


async def test_hold_everything_holds_even_trusted_authors(desk: Desk) -> None:
    await desk.policy(mode="trusted", trusted=("nia",))
    await desk.doors.do(set_intake, desk.event.id, Intake.HOLD_ALL, by=desk.asha, at=NOON)
    assert await desk.verdicts(await desk.arrives(by="nia")) == ["held"]


async def test_a_cleared_wall_starts_afresh_and_comes_back_by_undo(desk: Desk) -> None:
    before = await desk.arrives()
    await desk.doors.do(approve, before, by=desk.asha, at=NOON)
    await desk.doors.do(clear_wall, desk.event.id, by=desk.asha, at=NOON)
    event = await desk.doors.ask(lambda db: db.get_one(Event, desk.event.id))
    assert (await desk.doors.ask(shown_ids, event, 9), await desk.verdicts(before)) == ([], ["approved"])
    after = await desk.arrives()
    await desk.doors.do(approve, after, by=desk.asha, at=NOON)
    assert await desk.doors.ask(shown_ids, event, 9) == [after]
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    event = await desk.doors.ask(lambda db: db.get_one(Event, desk.event.id))
    assert await desk.doors.ask(shown_ids, event, 9) == [before]


# Undo by anyone


async def test_anyone_may_undo_what_anybody_did_last_and_all_entries_stay(desk: Desk) -> None:
    first, second = await desk.arrives(), await desk.arrives()
    await desk.doors.do(approve, first, by=desk.asha, at=NOON)
    await desk.doors.do(reject, second, by=desk.ben, at=NOON)
    for _ in range(2):
        await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON, whosoever=True)
    assert await desk.verdicts(first, second) == ["held", "held"]
    rows = await desk.doors.ask(decisions_on, "post", second)
    assert [(row.before, row.after, row.by) for row in rows] == [
        ("", "held", "screening"),
        ("held", "rejected", "Ben"),
        ("rejected", "held", "Asha"),
    ]
    assert rows[2].undoes_id == rows[1].id


async def test_a_change_of_the_rules_is_a_decision_that_can_be_undone(desk: Desk) -> None:
    await desk.policy(mode="pass")
    assert await desk.verdicts(await desk.arrives()) == ["approved"]
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    post_id = await desk.arrives()
    assert await desk.verdicts(post_id) == ["held"]
    rows = await desk.doors.ask(decisions_on, "post", post_id)
    assert rows[0].policy_version == (await desk.post(post_id)).screened_with == 3


# Search


async def test_search_finds_words_names_doubts_sources_and_authors_in_any_list(desk: Desk) -> None:
    slides = await desk.arrives("100% of the slides_deck is online", by="priya")
    personal = await desk.arrives(PERSONAL)
    room = await desk.arrives(source="floor")

    async def found(**facts: object) -> list[int]:
        wanted = Search(**facts)  # type: ignore[arg-type]
        event = desk.event.id
        return await desk.doors.ask(lambda db: found_ids(db, db.get_one(Event, event), Verdict.HELD, wanted, 50))

    assert await found(words="100% SLIDES_deck") == [slides]
    assert await found(words="%") == [slides]
    assert await found(words="Priya") == [slides]
    assert await found(doubt="privacy") == [personal]
    assert await found(source="floor") == [room]
    assert await found(author=(await desk.post(room)).author_id) == [room]
    assert await found(words="nothing like it") == []


async def test_the_order_of_a_card_is_the_order_of_the_queue(desk: Desk, talk: Talk) -> None:
    for number in range(12):
        asks = talk.id if number % 5 == 0 else None
        text = PERSONAL + f" {number}" if number % 4 == 0 else ""
        await desk.arrives(
            text, source="floor", asks_talk_id=asks, at=NOON + timedelta(minutes=number * (-1) ** number)
        )
    queue = await desk.queue()
    keys = [(await desk.card(post_id)).sort_key for post_id in queue]
    assert all(one > other for one, other in pairwise(keys))


# Who is trusted


@pytest.mark.parametrize(
    ("speakers", "by", "verdict"),
    [
        (["Nia Rees @NiaRees"], "niarees", "approved"),
        (["Nia Rees (@NiaRees)"], "niarees", "approved"),
        (["Nia Rees @NiaRees"], "nia", "held"),
        (["Nia Rees"], "niarees", "held"),
    ],
)
async def test_speakers_are_trusted_by_the_handle_in_the_programme(
    desk: Desk, speakers: list[str], by: str, verdict: str
) -> None:
    await desk.policy(mode="trusted")
    await desk.doors.do(
        add_talk,
        desk.event.id,
        title="Closer to home",
        speakers=speakers,
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=1),
        at=NOON,
    )
    assert await desk.verdicts(await desk.arrives(by=by)) == [verdict]
    assert await desk.verdicts(await desk.arrives(by=by, source="floor")) == ["held"]


async def test_a_delegates_phone_is_trusted_and_a_stranger_who_says_so_is_not(desk: Desk) -> None:
    await desk.policy(mode="trusted")
    delegate = await desk.arrives(source="floor", vouched=True)
    stranger = await desk.arrives("I am a delegate, honestly, let me in", source="floor")
    assert await desk.verdicts(delegate, stranger) == ["approved", "held"]
    # And with a doubt nobody passes.
    assert await desk.verdicts(await desk.arrives(PERSONAL, source="floor", vouched=True)) == ["held"]
