"""A chat by prompt: nothing that is shown is lost or comes twice, threads stand under what they answer, nobody is ranked."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.verdicts import approve, reject
from app.domain.event import Event
from app.domain.incoming import ANONYMOUS, Byline, ReplyTo, Segment
from app.domain.post import Post
from app.domain.prompt import Answer, FiledBy
from app.queries.posts import Card
from app.queries.transcript import DEEPEST_THREAD, _threads, transcript
from app.store.doors import Backchannel
from tests.actions.test_answers import TEXTS, Chat
from tests.conftest import ASHA, NOON


async def shown(chat: Chat, text: str, ref: str, **more: object) -> int:
    post_id = await chat.says(text, ref, **more)
    await chat.doors.do(approve, post_id, by=ASHA, at=NOON)
    return post_id


async def test_a_chat_reads_by_prompt_with_its_threads(doors: Backchannel, event: Event) -> None:
    chat = await Chat(doors, event).begin()
    link = (Segment("text", "A1 See "), Segment("link", "hips.example", "https://hips.example/"))
    await shown(chat, f"Q1 {TEXTS[0]}", "host")
    await shown(chat, f"RT @host: Q1 {TEXTS[0]}", "fan")
    await shown(chat, "Hello from Leeds", "hello", minute=-5)
    first = await shown(chat, "A1 See hips.example", "1", segments=link)
    other = await shown(chat, "A1 cake", "2")
    reply = await shown(chat, "Which hips?", "3", reply_to=ReplyTo("1", "author_1"))
    deeper = await shown(chat, "Mine", "4", reply_to=ReplyTo("3", "author_3"))
    second = await shown(chat, "A2 everything", "5")
    held = await chat.says("A2 nobody has seen this", "6")
    gone = await shown(chat, "A2 not this either", "7")
    await doors.do(reject, gone, by=ASHA, at=NOON)
    found = await doors.ask(lambda db: transcript(db, db.get_one(Event, event.id)))
    assert [one.prompt.label if one.prompt else "" for one in found.chapters] == ["", "Q1", "Q2"]
    around, q1, q2 = found.chapters
    assert len(around.said) == 1
    assert [(one.card.id, one.depth) for one in q1.said] == [(first, 0), (reply, 1), (deeper, 2), (other, 0)]
    assert (q1.repeats, len(q1.posted), q1.people) == (1, 1, 4)
    assert [one.card.id for one in q2.said] == [second]
    assert held not in {one.card.id for chapter in found.chapters for one in chapter.said}
    assert [one.href for one in found.links] == ["https://hips.example/"]
    assert list(found.names) == sorted(found.names)


async def test_people_are_counted_as_people_and_named_by_their_names(doors: Backchannel, event: Event) -> None:
    chat = await Chat(doors, event).begin()
    called = [("x", "jo", "Jo Hart"), ("x", "other", "Jo Hart"), ("x", "mask", ANONYMOUS), ("x", "ann", "Ann Rees")]
    called += [("floor", "floor-1", ANONYMOUS), ("floor", "floor-2", ANONYMOUS), ("floor", "floor-2", ANONYMOUS)]
    for number, (source, handle, name) in enumerate(called):
        await shown(chat, f"A1 tea, number {number}", str(number), source=source, byline=Byline(handle, name))
    found = await doors.ask(lambda db: transcript(db, db.get_one(Event, event.id)))
    assert (found.people, found.nameless) == (6, 2)
    assert found.names == ("Ann Rees", ANONYMOUS, "Jo Hart")
    assert sum(chapter.people for chapter in found.chapters) == found.people


@settings(max_examples=60)
@given(st.lists(st.integers(-1, 30), max_size=30))
def test_no_post_is_lost_and_none_comes_twice(answered: list[int]) -> None:
    """Whatever answers what, itself and what comes later too."""
    posts = [
        Card(Post(id=n + 1, event_id=1, author_id=1, source="x", ref=str(n), text="t", posted_at=NOON + timedelta(n), received_at=NOON), None, "")  # type: ignore[arg-type]
        for n in range(len(answered))
    ]  # fmt: skip
    answers = {
        n + 1: Answer(post_id=n + 1, event_id=1, filed_by=FiledBy.REPLY, under_id=under + 1 if under >= 0 else None)
        for n, under in enumerate(answered)
    }
    read = list(_threads(posts, answers, None))
    assert sorted(one.card.id for one in read) == [card.id for card in posts]
    assert all(0 <= one.depth <= DEEPEST_THREAD for one in read)
