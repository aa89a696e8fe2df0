"""Posts of a chat find their prompt as they arrive; what a hand has put somewhere stays there."""

from datetime import timedelta

import pytest

from app.actions.answers import file_answer
from app.actions.arrivals import receive
from app.actions.events import Refused, create_event
from app.actions.prompts import release_prompt, write_prompt
from app.actions.undo import undo_last
from app.domain.event import Event
from app.domain.incoming import Incoming, Quoted, ReplyTo
from app.domain.prompt import Answer, FiledBy, PromptKind
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming

TEXTS = ("What helped you most in your first week?", "What would you change at once?")
MINUTE = timedelta(minutes=1)


class Chat:
    """Two questions, ten minutes apart."""

    def __init__(self, doors: Backchannel, event: Event) -> None:
        self.doors, self.event = doors, event
        self.prompts: list[int] = []

    async def begin(self) -> "Chat":
        for number, text in enumerate(TEXTS):
            facts = {"kind": PromptKind.QUESTION, "text": text, "minute": None}
            prompt = await self.doors.do(write_prompt, self.event.id, **facts, by=ASHA, at=NOON)
            self.prompts.append(prompt.id)
            await self.doors.do(release_prompt, prompt.id, by=ASHA, at=NOON + 10 * number * MINUTE)
        return self

    async def says(self, text: str, ref: str, *, minute: float = 15, **more: object) -> int:
        at = NOON + minute * MINUTE
        post: Incoming = incoming(text, ref=ref, by=f"author_{ref}", posted_at=at, **more)
        return (await self.doors.do(receive, self.event.id, post, at=at)).post_id

    async def stands(self, post_id: int) -> tuple[int, str]:
        """The number of its question, 0 for none, and why."""
        answer: Answer = await self.doors.ask(lambda db: db.get(Answer, post_id))
        return (self.prompts.index(answer.prompt_id) + 1 if answer.prompt_id else 0), answer.filed_by.value


@pytest.fixture
async def chat(doors: Backchannel, event: Event) -> Chat:
    return await Chat(doors, event).begin()


async def test_they_stand_where_they_belong(chat: Chat) -> None:
    host = await chat.says(f"Q1 {TEXTS[0]} #box10", "host", url="https://x.example/host/1")
    under_host = ReplyTo("host", "author_host")
    posts = {
        "spelled": await chat.says("A1: tea", "1"),
        "time": await chat.says("More tea for everybody", "2"),
        "reply": await chat.says("Tea was it", "3", reply_to=under_host),
        "quote": await chat.says("Mine was tea", "4", quote=Quoted(True, url="https://x.example/host/1", text="…")),
        "phone": await chat.says("Tea again", "5", source="floor", device="d", prompt_id=chat.prompts[0]),
    }
    posts["thread"] = await chat.says("With milk?", "6", reply_to=ReplyTo("3", "author_3"))
    assert await chat.stands(host) == (1, "itself")
    assert {name: await chat.stands(one) for name, one in posts.items()} == {
        "spelled": (1, "spelled"), "time": (2, "time"), "reply": (1, "reply"), "quote": (1, "quote"),
        "phone": (1, "phone"), "thread": (1, "reply"),
    }  # fmt: skip
    under = await chat.doors.ask(lambda db: db.get_one(Answer, posts["thread"]).under_id)
    assert under == posts["reply"]


async def test_what_a_hand_has_put_stays_through_an_edit_and_an_undo_brings_it_back(chat: Chat) -> None:
    post = await chat.says("More tea", "1")
    await chat.doors.do(file_answer, post, chat.prompts[0], by=ASHA, at=NOON)
    assert await chat.says("A2: more tea", "1", version=1) == post
    assert await chat.stands(post) == (1, "hand")
    await chat.doors.do(undo_last, chat.event.id, by=ASHA, at=NOON)
    assert await chat.stands(post) == (2, "hand")
    await chat.doors.do(file_answer, post, None, by=ASHA, at=NOON)
    assert await chat.stands(post) == (0, "hand")


async def test_an_edit_that_says_another_number_moves_it(chat: Chat) -> None:
    post = await chat.says("A2: tea", "1")
    await chat.says("A1: tea, sorry", "1", version=1)
    assert await chat.stands(post) == (1, FiledBy.SPELLED)


async def test_a_prompt_of_another_chat_takes_none(chat: Chat) -> None:
    post = await chat.says("More tea", "1")
    other = await chat.doors.do(create_event, "other", name="Other", hashtags=[], at=NOON)
    theirs = await Chat(chat.doors, other).begin()
    with pytest.raises(Refused, match="no such prompt"):
        await chat.doors.do(file_answer, post, theirs.prompts[0], by=ASHA, at=NOON)


async def test_where_no_prompts_are_written_nothing_is_filed(doors: Backchannel, event: Event) -> None:
    received = await doors.do(receive, event.id, incoming("A1: tea"), at=NOON)
    assert await doors.ask(lambda db: db.get(Answer, received.post_id)) is None
