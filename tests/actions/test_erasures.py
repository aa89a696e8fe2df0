"""Law: everything of one person is gone, whatever column it stood in, and what belongs to others stays."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event as listen
from sqlalchemy import func
from sqlmodel import Session, select

from app.actions.arrivals import Outcome, receive
from app.actions.erasures import erase_everything, erase_mail, erase_person, erase_phone, note_swept
from app.actions.events import Refused, create_event
from app.actions.undo import undo_last
from app.domain.decision import Decision
from app.domain.erasure import Erasure
from app.domain.event import Event
from app.domain.incoming import Quoted
from app.domain.policy import Policy
from app.domain.post import Author, Post
from app.domain.question import Question
from app.domain.subject import Subject
from app.domain.tables import metadata
from app.queries.change_log import news
from app.queries.erasures import found_of_person, found_of_phone, phone_of
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming
from tests.erasing import DEVICE, HANDLE, MAIL, NEEDLES, QUILLA, SAID, fill, furnish, where_she_stands
from tests.personal_columns import COLUMNS

PERSONS = {(table, column) for table, stated in COLUMNS.items() for column in stated.person.split()}


def test_every_column_is_stated_once() -> None:
    """A new table, or a new column, says whether a person's words may stand in it."""
    there = {table.name: sorted(column.name for column in table.columns) for table in metadata.sorted_tables}
    assert {table: sorted(stated.columns) for table, stated in COLUMNS.items()} == there


async def test_what_is_stated_to_be_a_persons_is_where_she_stood_and_stands_no_more(
    doors: Backchannel, event: Event, database_url: str
) -> None:
    """Out of 8,000 posts, in every table and in every byte of every file."""
    await doors.do(fill, event.id, 8_000)
    ids = await furnish(doors, event)
    assert await doors.ask(where_she_stands) == PERSONS
    before = await doors.ask(rows)
    await doors.do(erase_person, event.id, f"@{HANDLE.upper()}", by=ASHA, at=NOON)
    await doors.do(erase_phone, event.id, DEVICE, by=ASHA, at=NOON)
    await doors.do(erase_mail, event.id, MAIL, by=ASHA, at=NOON)
    assert await doors.ask(where_she_stands) == set()
    after = await doors.ask(rows)
    assert {name: before[name] - after[name] for name in ("post", "author", "question", "vote")} == {
        "post": 2, "author": 2, "question": 2, "vote": 1,
    }  # fmt: skip
    theirs = await doors.ask(lambda db: db.get_one(Post, ids["theirs"]))
    assert (theirs.text, theirs.quote, theirs.reply_to) == (
        "Look at this", {"available": False, "name": "", "handle": "", "avatar": "", "text": "", "url": ""}, "",
    )  # fmt: skip
    assert (await doors.ask(lambda db: db.get_one(Question, ids["question"]))).votes == 1
    policy = Policy.from_json((await doors.ask(lambda db: db.get_one(Event, event.id))).policy)
    assert policy.trusted == ("sam_lee",)
    assert await doors.sweep()
    folder = Path(database_url.removeprefix("sqlite:///")).parent
    assert [(file.name, needle) for file in files(folder) for needle in NEEDLES if holds(file, needle)] == []
    assert any(holds(file, "plain words, 7999") for file in files(folder))


def rows(db: Session) -> dict[str, int]:
    return {table.name: db.exec(select(func.count()).select_from(table)).one() for table in metadata.sorted_tables}


def files(folder: Path) -> list[Path]:
    return [Path(place, name) for place, _, names in os.walk(folder) for name in names]


def holds(file: Path, needle: str) -> bool:
    return needle.encode() in file.read_bytes().lower()


async def test_screens_are_told_of_every_post_and_question_that_went(doors: Backchannel, event: Event) -> None:
    ids = await furnish(doors, event)
    cursor = (await doors.ask(news, event.id, 0)).cursor
    await doors.do(erase_person, event.id, HANDLE, by=ASHA, at=NOON)
    await doors.do(erase_phone, event.id, DEVICE, by=ASHA, at=NOON)
    told = (await doors.ask(news, event.id, cursor)).lines
    assert told is not None
    assert {ids["mine"], ids["sent"], ids["theirs"]} <= told.of(Subject.POST)
    assert ids["question"] in told.of(Subject.QUESTION)
    assert len(told.of(Subject.QUESTION)) == 3


async def test_the_register_says_when_by_whom_and_how_much_and_nobodys_name(doors: Backchannel, event: Event) -> None:
    await furnish(doors, event)
    made = await doors.do(erase_person, event.id, HANDLE, by=ASHA, at=NOON)
    kept = await doors.ask(lambda db: db.get_one(Erasure, made.id))
    assert (kept.what, kept.at, kept.by, kept.posts, kept.rows > kept.posts) == ("person", NOON, "Asha", 1, True)
    assert (len(kept.marks), kept.swept_at) == (2, None)
    line = await doors.ask(lambda db: db.exec(select(Decision).where(Decision.subject == Subject.ERASURE)).one())
    assert (line.by, line.after, "rows are gone" in line.detail) == ("Asha", "erased", True)
    await doors.do(note_swept, [made.id], at=NOON)
    assert (await doors.ask(lambda db: db.get_one(Erasure, made.id))).swept_at == NOON


async def test_what_was_erased_does_not_come_back_from_its_network_and_what_is_new_does(
    doors: Backchannel, event: Event
) -> None:
    await furnish(doors, event)
    await doors.do(erase_person, event.id, HANDLE, by=ASHA, at=NOON)
    old = incoming(SAID, ref="quill-1", byline=QUILLA, posted_at=NOON)
    assert (await doors.do(receive, event.id, old, at=NOON)).outcome is Outcome.GONE
    quoting = incoming("See this", ref="8", by="sam_lee", quote=Quoted(True, QUILLA, SAID, posted_at=NOON))
    again = await doors.do(receive, event.id, quoting, at=NOON)
    assert (await doors.ask(lambda db: db.get_one(Post, again.post_id))).quote["text"] == ""
    late = incoming("A new day", ref="quill-2", byline=QUILLA, posted_at=NOON + timedelta(minutes=1))
    assert (await doors.do(receive, event.id, late, at=NOON)).outcome is Outcome.NEW


async def test_another_event_and_another_person_lose_nothing(doors: Backchannel, event: Event) -> None:
    other = await doors.do(create_event, "other", name="Other", hashtags=[], at=NOON)
    for one, by in ((event, HANDLE), (other, HANDLE), (event, "quillfeather2")):
        await doors.do(receive, one.id, incoming(f"Words of {by}", ref=f"{by}-{one.id}", by=by), at=NOON)
    await doors.do(erase_person, event.id, HANDLE, by=ASHA, at=NOON)
    left = await doors.ask(lambda db: sorted((post.event_id, post.ref) for post in db.exec(select(Post))))
    assert left == sorted([(other.id, f"{HANDLE}-{other.id}"), (event.id, f"quillfeather2-{event.id}")])


async def test_posts_of_others_that_name_the_handle_go_only_if_it_is_said(doors: Backchannel, event: Event) -> None:
    await furnish(doors, event)
    await doors.do(receive, event.id, incoming(f"As @{HANDLE} says", ref="9", by="sam_lee"), at=NOON)
    await doors.do(receive, event.id, incoming(f"As @{HANDLE}2 says", ref="10", by="sam_lee"), at=NOON)
    assert (await doors.ask(found_of_person, event.id, HANDLE)).mentioned == 1
    await doors.do(erase_person, event.id, HANDLE, by=ASHA, at=NOON, with_mentions=True)
    refs = await doors.ask(lambda db: set(db.exec(select(Post.ref))))
    assert refs & {"9", "10"} == {"10"}


async def test_a_preview_counts_and_changes_nothing(doors: Backchannel, event: Event) -> None:
    ids = await furnish(doors, event)
    before = await doors.ask(rows)
    person = await doors.ask(found_of_person, event.id, HANDLE)
    assert ([one.handle for one in person.authors], person.posts, person.questions) == ([HANDLE], 1, 1)
    device = await doors.ask(phone_of, event.id, f"https://live.example/e/box10#post-{ids['sent']}")
    phone = await doors.ask(found_of_phone, event.id, device)
    assert (device, phone.posts, phone.questions, phone.votes) == (DEVICE, 1, 1, 1)
    assert await doors.ask(phone_of, event.id, str(ids["mine"])) == ""
    assert await doors.ask(rows) == before


async def test_who_is_not_here_cannot_be_erased(doors: Backchannel, event: Event) -> None:
    for handle in ("nobody", "", "%"):
        with pytest.raises(Refused, match="Nobody here"):
            await doors.do(erase_person, event.id, handle, by=ASHA, at=NOON)
    for device in ("", "unknown"):
        with pytest.raises(Refused, match="Nothing was sent"):
            await doors.do(erase_phone, event.id, device, by=ASHA, at=NOON)


async def test_everything_goes_and_the_event_stays(doors: Backchannel, event: Event) -> None:
    await doors.do(fill, event.id, 1_200)
    await furnish(doors, event)
    made = await doors.do(erase_everything, event.id, by=ASHA, at=NOON)
    left = await doors.ask(rows)
    assert {name: left[name] for name in ("post", "author", "question", "vote", "repost", "takedown", "picture")} == (
        dict.fromkeys(("post", "author", "question", "vote", "repost", "takedown", "picture"), 0)
    )
    assert (made.posts, left["event"], left["source"]) == (1_203, 1, 1)
    assert await doors.ask(where_she_stands) == set()


async def test_an_undo_passes_over_what_is_gone(doors: Backchannel, event: Event) -> None:
    await furnish(doors, event)
    await doors.do(erase_person, event.id, HANDLE, by=ASHA, at=NOON)
    undone = await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert undone is not None
    assert await doors.ask(lambda db: db.get(Author, undone.subject_id) or db.get(Post, undone.subject_id)) is not None


@contextmanager
def statements(doors: Backchannel) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    listen.listen(doors.write_engine, "before_cursor_execute", note)
    yield said
    listen.remove(doors.write_engine, "before_cursor_execute", note)


async def test_a_larger_hall_takes_no_more_statements(doors: Backchannel) -> None:
    counted = []
    for number, posts in enumerate((500, 4_000)):
        event = await doors.do(create_event, f"hall-{number}", name="Hall", hashtags=[], at=NOON)
        await doors.do(fill, event.id, posts)
        await doors.do(receive, event.id, incoming(SAID, ref=f"quill-{number}", byline=QUILLA), at=NOON)
        with statements(doors) as said:
            await doors.do(erase_person, event.id, HANDLE, by=ASHA, at=NOON)
        counted.append(len(said))
    assert counted[0] == counted[1]
