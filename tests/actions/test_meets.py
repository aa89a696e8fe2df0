"""Who comes to a meet: counted, bounded, named only if they want it and it may be read, and forgotten in time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from app.actions.editions import call_off_edition
from app.actions.events import Refused
from app.actions.meets import change_guest, come, describe_meet, judge_guest, stay_away, take_guest_off
from app.actions.notes import WrittenMeanwhile, write_notes
from app.actions.policies import change_policy
from app.domain.meet import Guest, GuestWords, MeetFacts
from app.domain.policy import Mode, Policy
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.meets import guests_of, meet_of, next_date, people_coming, versions_of
from app.queries.shelf import shelf
from app.store.doors import Backchannel
from tests.conftest import ASHA
from tests.meeting import FACTS, meet_made
from tests.weekly import FOUNDED

HOUR = timedelta(hours=1)


async def test_so_many_come_as_there_is_room_for_and_each_phone_once(doors: Backchannel) -> None:
    first, second = await doors.do(meet_made, facts=MeetFacts(place="Here", seats=5))
    kai = await doors.do(come, first.id, "kai", GuestWords("Kai", more=2), at=FOUNDED)
    await doors.do(come, first.id, "mel", GuestWords("Mel", more=1), at=FOUNDED)
    with pytest.raises(Refused, match="no room"):
        await doors.do(come, first.id, "jo", GuestWords("Jo"), at=FOUNDED)
    with pytest.raises(Refused, match="no room"):
        await doors.do(change_guest, kai.guest.id, GuestWords("Kai", more=3), at=FOUNDED)
    again = await doors.do(come, first.id, "kai", GuestWords("Kai", more=1), at=FOUNDED)
    assert (again.guest.id, again.token, kai.token != "") == (kai.guest.id, "", True)
    await doors.do(come, first.id, "jo", GuestWords("Jo"), at=FOUNDED)
    await doors.do(stay_away, kai.guest.id, at=FOUNDED)
    await doors.do(stay_away, kai.guest.id, at=FOUNDED)
    guests = await doors.ask(guests_of, first.id)
    assert ([one.name for one in guests], people_coming(guests)) == (["Mel", "Jo"], 3)
    for words in (
        GuestWords(" \u200b"),
        GuestWords("n" * 61),
        GuestWords("Jo", brings="c" * 121),
        GuestWords("Jo", 10),
    ):
        with pytest.raises(Refused):
            await doors.do(come, second.id, "jo", words, at=FOUNDED)
    with pytest.raises(Refused, match="over"):
        await doors.do(come, first.id, "ann", GuestWords("Ann"), at=FOUNDED + timedelta(days=30))


async def test_a_name_is_read_only_if_both_its_owner_and_screening_or_a_host_want_that(doors: Backchannel) -> None:
    first, _ = await doors.do(meet_made)

    async def named() -> list[str]:
        return [one.name for one in await doors.ask(guests_of, first.id) if one.is_named]

    async def judged(guest_id: int, verdict: Verdict) -> Any:
        seen = (await doors.ask(lambda db: db.get_one(Guest, guest_id))).seen
        return await doors.do(judge_guest, guest_id, verdict, seen=seen, by=ASHA, at=FOUNDED)

    kai = (await doors.do(come, first.id, "kai", GuestWords("Kai", brings="Cake", shown=True), at=FOUNDED)).guest
    await doors.do(come, first.id, "mel", GuestWords("Mel"), at=FOUNDED)
    assert await named() == []  # everything waits, by the rules
    await judged(kai.id, Verdict.APPROVED)
    assert await judged(kai.id, Verdict.APPROVED) is None
    assert await named() == ["Kai"]
    await doors.do(change_guest, kai.id, GuestWords("Kai", more=1, brings="Cake", shown=True), at=FOUNDED)
    assert await named() == ["Kai"]
    await doors.do(change_guest, kai.id, GuestWords("Buy gold", brings="Cake", shown=True), at=FOUNDED)
    assert await named() == []
    await doors.do(change_policy, first.id, Policy(mode=Mode.PASS, blocked_words=("gold",)), at=FOUNDED)
    await doors.do(change_guest, kai.id, GuestWords("Gold", brings="Cake", shown=True), at=FOUNDED)
    assert await named() == []
    await doors.do(change_guest, kai.id, GuestWords("Kai", brings="Cake", shown=True), at=FOUNDED)
    assert await named() == ["Kai"]
    await judged(kai.id, Verdict.REJECTED)
    for shown in (False, True):  # no other word, no tick takes back what a host has said
        await doors.do(change_guest, kai.id, GuestWords("Kai R.", brings="Cake", shown=shown), at=FOUNDED)
    assert await named() == []
    await judged(kai.id, Verdict.APPROVED)
    assert await named() == ["Kai R."]
    await doors.do(take_guest_off, kai.id, by=ASHA, at=FOUNDED)
    assert [one.name for one in await doors.ask(lambda db: db.exec(select(Guest)).all())] == ["Mel"]


async def test_nobody_comes_to_what_is_called_off_and_everybody_may_still_take_it_back(doors: Backchannel) -> None:
    first, _ = await doors.do(meet_made)
    kai = (await doors.do(come, first.id, "kai", GuestWords("Kai"), at=FOUNDED)).guest
    await doors.do(call_off_edition, first.id, by=ASHA, at=FOUNDED)
    for again in (
        (come, first.id, "mel", GuestWords("Mel")),
        (come, first.id, "kai", GuestWords("Kai", more=1)),
        (change_guest, kai.id, GuestWords("Kai", more=1)),
    ):
        with pytest.raises(Refused, match="does not take place"):
            await doors.do(*again, at=FOUNDED)
    await doors.do(stay_away, kai.id, at=FOUNDED)
    assert await doors.ask(guests_of, first.id) == []


@pytest.mark.parametrize("name", ["Cake meet team", "Kai (moderator)", "Kai ✔", "Dr Nia Rees", "Wanker"])
async def test_a_name_is_looked_at_as_what_a_post_is_signed_with(doors: Backchannel, name: str) -> None:
    """Whom the rules hold beneath a post they hold on the page of a meet."""
    first, _ = await doors.do(meet_made)
    await doors.do(change_policy, first.id, Policy(mode=Mode.PASS), by=ASHA, at=FOUNDED)
    talk = {"title": "Tea", "room": "", "speakers": ["Nia Rees"], "starts_at": FOUNDED, "ends_at": FOUNDED + HOUR}
    await doors.do(lambda db: db.add(Talk(event_id=first.id, **talk)))
    said = {one: await doors.do(come, first.id, one, GuestWords(one, shown=True), at=FOUNDED) for one in ("Kai", name)}
    assert {one: coming.guest.is_named for one, coming in said.items()} == {"Kai": True, name: False}


async def test_what_a_host_has_said_meanwhile_is_not_written_over(doors: Backchannel) -> None:
    """A row that was read before another transaction is read again once it is ours."""
    first, _ = await doors.do(meet_made)
    kai = (await doors.do(come, first.id, "kai", GuestWords("Kai", shown=True), at=FOUNDED)).guest

    def change(db: Session) -> None:
        db.get_one(Guest, kai.id)
        turned_down = update(Guest).where(col(Guest.id) == kai.id).values(verdict=Verdict.REJECTED)
        db.execute(turned_down.execution_options(synchronize_session=False))
        change_guest(db, kai.id, GuestWords("Kai R.", shown=True), at=FOUNDED)

    await doors.do(change)
    assert (await doors.ask(guests_of, first.id))[0].verdict is Verdict.REJECTED


async def test_what_stays_from_the_one_before_can_be_taken_away_for_one(doors: Backchannel) -> None:
    first, second = await doors.do(meet_made)
    await doors.do(describe_meet, second.id, MeetFacts(), by=ASHA, at=FOUNDED)
    assert (await doors.ask(meet_of, second)).place == ""
    assert (await doors.ask(meet_of, first)).place == FACTS.place
    await doors.do(describe_meet, first.id, replace(FACTS, place="Elsewhere"), by=ASHA, at=FOUNDED)
    assert (await doors.ask(meet_of, second)).place == ""  # what was said of it holds


async def test_the_place_stays_for_the_next_one_and_cake_and_agenda_do_not(doors: Backchannel) -> None:
    first, second = await doors.do(meet_made)
    stays = await doors.ask(meet_of, second)
    assert (stays.place, stays.step_free, stays.cake, stays.agenda) == (FACTS.place, FACTS.step_free, "", "")
    assert (await doors.ask(next_date, first.id, FOUNDED)).event.id == second.id  # type: ignore[union-attr]
    for wrong in (MeetFacts(map_url="javascript:alert(1)"), MeetFacts(place="p" * 501), MeetFacts(seats=501)):
        with pytest.raises(Refused):
            await doors.do(describe_meet, second.id, wrong, by=ASHA, at=FOUNDED)


async def test_notes_keep_their_versions_and_nobody_writes_over_what_they_have_not_seen(doors: Backchannel) -> None:
    first, _ = await doors.do(meet_made)

    def on_shelf(db: Session) -> list[str]:
        return [one.url for one in shelf(db, first)]

    assert await doors.do(write_notes, first.id, " ", after=0, by=ASHA, at=FOUNDED) is None
    text = "# Agreed\n- read https://hips.example/guide?utm_source=x, please"
    await doors.do(write_notes, first.id, text, after=0, by=ASHA, at=FOUNDED)
    assert await doors.ask(on_shelf) == ["https://hips.example/guide"]
    await doors.do(write_notes, first.id, text, after=0, by=ASHA, at=FOUNDED)  # it stands there already
    with pytest.raises(WrittenMeanwhile) as told:
        await doors.do(write_notes, first.id, "Mine", after=0, by=ASHA, at=FOUNDED)
    assert told.value.newest.text == text
    await doors.do(write_notes, first.id, "Mine", after=1, by=ASHA, at=FOUNDED)
    assert [(one.version, one.text) for one in await doors.ask(versions_of, first.id)] == [(2, "Mine"), (1, text)]
    assert await doors.ask(on_shelf) == []
    with pytest.raises(Refused):
        await doors.do(write_notes, first.id, "n" * 20_001, after=2, by=ASHA, at=FOUNDED)
