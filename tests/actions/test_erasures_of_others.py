"""What an erasure leaves alone, because it is others'; and what of somebody stands in what is others'."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from app.actions.arrivals import receive
from app.actions.chair_marks import hold_for, write_note
from app.actions.erasures import erase_mail, erase_person, erase_phone
from app.actions.events import Refused
from app.actions.meet_photos import bring_photo
from app.actions.meets import come
from app.actions.notes import write_notes
from app.actions.questions import make_question
from app.actions.reposts import count_repost
from app.actions.takedowns import ask_for_takedown
from app.actions.verdicts import approve
from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.incoming import Byline, IncomingRepost
from app.domain.meet import GuestWords, MeetFacts
from app.domain.post import Post, Repost
from app.domain.question import Question
from app.domain.takedown import Takedown, TakedownRequest
from app.queries.erasures import found_of_person, post_of_link
from app.queries.meets import guests_of, meet_of, photos_of, versions_of
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming
from tests.meeting import meet_made
from tests.weekly import FOUNDED

DEVICE = "device-of-quill"


async def test_a_phone_takes_nothing_away_that_is_not_its_own(doors: Backchannel, event: Event) -> None:
    """What it is called, and says, it chooses itself: no finding or request of others goes because of that."""
    for number, said in enumerate(('"category": "', "waits for a moderator", '"level": "hold"')):
        post = incoming(said, ref=f"{DEVICE}:{number}", source="floor", device=DEVICE, byline=Byline("f", "the photo"))
        await doors.do(receive, event.id, post, at=NOON)
    theirs = (await doors.do(receive, event.id, incoming("Call 07700 900123", ref="t", by="sam"), at=NOON)).post_id
    asked = TakedownRequest("", "the photo", "waits for a moderator", "sam@mail.example")
    await doors.do(ask_for_takedown, event.id, asked, key="k", within=timedelta(days=1), at=NOON)
    before = await doors.ask(lambda db: (db.get_one(Post, theirs).signals, db.exec(select(Takedown)).one().why))
    assert before[0]
    await doors.do(erase_phone, event.id, DEVICE, by=ASHA, at=NOON)
    after = await doors.ask(lambda db: (db.get_one(Post, theirs).signals, db.exec(select(Takedown)).one().why))
    assert after == before


async def test_a_question_is_not_repeated_where_others_ask_the_same(doors: Backchannel, event: Event) -> None:
    words = ('Is "safe staffing" on the night ward funded at all?', "Is safe staffing on the night ward funded at all?")
    for number, (text, device) in enumerate(zip(words, (DEVICE, "another"), strict=True)):
        post = incoming(
            text, ref=f"{device}:{number}", source="floor", device=device, byline=Byline(device, ""), asks_event=True
        )
        post_id = (await doors.do(receive, event.id, post, at=NOON)).post_id
        await doors.do(approve, post_id, by=ASHA, at=NOON)
    assert "safe staffing" in await doors.ask(lambda db: str(db.get_one(Post, post_id).signals))
    await doors.do(erase_phone, event.id, DEVICE, by=ASHA, at=NOON)
    assert "safe staffing" not in await doors.ask(lambda db: str(db.get_one(Post, post_id).signals))


async def test_an_address_is_the_whole_address(doors: Backchannel, event: Event) -> None:
    for number, contact in enumerate(("anna@x.example", "call 0113-496, or a@x.example", "a@x.example.org")):
        asked = TakedownRequest("", f"words {number}", "why", contact)
        await doors.do(ask_for_takedown, event.id, asked, key=str(number), within=timedelta(days=1), at=NOON)
    for none in ("-", "a", "x.example"):
        with pytest.raises(Refused):
            await doors.do(erase_mail, event.id, none, by=ASHA, at=NOON)
    await doors.do(erase_mail, event.id, "A@x.example", by=ASHA, at=NOON)
    left = await doors.ask(lambda db: [one.contact for one in db.exec(select(Takedown).order_by(Takedown.id))])
    assert left == ["anna@x.example", "", "a@x.example.org"]


async def test_whoever_passed_others_on_is_not_named_by_that(doors: Backchannel, event: Event) -> None:
    post = incoming("Hello", ref="m1", source="mastodon", byline=Byline("anna@host.example", "Anna", ref="a-7"))
    await doors.do(receive, event.id, post, at=NOON)
    for ref in ("https://host.example/users/anna/statuses/1/activity", "https://host.example/users/annabel/statuses/2"):
        await doors.do(count_repost, event.id, IncomingRepost("mastodon", ref, "other", "fan", NOON), at=NOON)
    await doors.do(erase_person, event.id, "anna@host.example", by=ASHA, at=NOON)
    left = await doors.ask(lambda db: [one.ref for one in db.exec(select(Repost))])
    assert left == ["https://host.example/users/annabel/statuses/2"]


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ("15", 15), ("#post-15", 15), ("https://chat.example/e/box10#post-15", 15), ("/e/box10/now?a=b#post-15", 15),
        ("https://forum.example/posts/15", None), ("https://forum.example/thread#post-15", None), ("post 15", None),
    ],
)  # fmt: skip
def test_a_link_to_another_site_means_no_post_of_ours(link: str, number: int | None) -> None:
    assert post_of_link(link) == number


async def test_who_only_came_to_a_meet_is_erased_by_their_full_name(doors: Backchannel) -> None:
    """From the list, from photos and from every version of the notes; a name that others bear in part stays theirs."""
    first, _ = await doors.do(
        meet_made, facts=MeetFacts(cake="Nan Brightwell", agenda="# Tea\n- nan brightwell begins")
    )
    for name in ("Nan Brightwell", "Nan Brightwellow", "Nan"):
        await doors.do(come, first.id, name, GuestWords(name), at=FOUNDED)
    await doors.do(bring_photo, first.id, "", "image/png", b"-", "Nan Brightwell and her cake", at=FOUNDED)
    for after, text in enumerate(("Nan\nBrightwell was there", "- Nan Brightwell writes\n- tea")):
        await doors.do(write_notes, first.id, text, after=after, by=ASHA, at=FOUNDED)
    found = await doors.ask(found_of_person, first.id, " nan  Brightwell ")
    made = await doors.do(erase_person, first.id, " nan  Brightwell ", by=ASHA, at=FOUNDED)
    assert (found.is_anything, found.others, made.rows, made.marks) == (True, 5, 5, [])
    assert [one.name for one in await doors.ask(guests_of, first.id)] == ["Nan Brightwellow", "Nan"]
    assert [one.text for one in await doors.ask(versions_of, first.id)] == ["- tea", ""]
    meet = await doors.ask(meet_of, first)
    assert (meet.cake, meet.agenda) == ("", "# Tea")
    assert await doors.ask(photos_of, first.id) == []
    for little in ("Nan", "Nan Brightwell"):  # too little to be somebody's; nobody any more
        with pytest.raises(Refused, match="Nobody here"):
            await doors.do(erase_person, first.id, little, by=ASHA, at=FOUNDED)


async def test_who_was_to_answer_is_found_and_erased_by_their_full_name(doors: Backchannel, event: Event) -> None:
    post_id = (await doors.do(receive, event.id, incoming("Who pays?", ref="1", by="asker"), at=NOON)).post_id
    question = await doors.do(make_question, post_id, by=ASHA, at=NOON)
    for name in ("Nan Brightwell", "Omar Lind"):
        await doors.do(hold_for, question.id, name, by=ASHA, at=NOON)
    await doors.do(write_note, question.id, "Nan Brightwell knows", by=ASHA, at=NOON)
    assert (await doors.ask(found_of_person, event.id, "nan brightwell")).others == 3
    made = await doors.do(erase_person, event.id, "Nan Brightwell", by=ASHA, at=NOON)
    assert made.rows == 3

    def look(db: Session) -> tuple[str, str, list[tuple[str, str]]]:
        one = db.get_one(Question, question.id)
        held = db.exec(select(Decision).where(Decision.subject == "hold").order_by(col(Decision.id)))
        return one.held_for, one.note, [(line.before, line.after) for line in held]

    assert await doors.ask(look) == ("Omar Lind", "", [("for_anybody", "for"), ("for", "for")])
    with pytest.raises(Refused):
        await doors.do(erase_person, event.id, "Nan Brightwell", by=ASHA, at=NOON)
