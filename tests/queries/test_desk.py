"""The desk's lists: the order of the queue, and what a search finds."""

from datetime import timedelta
from itertools import pairwise

from app.domain.event import Event
from app.domain.incoming import Byline
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.desk import Search, found_ids
from tests.actions.desk import PERSONAL, Desk
from tests.conftest import NOON


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


async def test_search_finds_the_name_on_the_card_and_the_one_its_author_bears_now(desk: Desk) -> None:
    first = await desk.arrives(byline=Byline("gwen", "Gwen Müller", ref="7"))
    second = await desk.arrives(byline=Byline("dolly", "Gwendolen Õun", ref="7"))

    async def found(words: str) -> set[int]:
        event, wanted = desk.event.id, Search(words)
        return set(await desk.doors.ask(lambda db: found_ids(db, db.get_one(Event, event), Verdict.HELD, wanted, 50)))

    assert await found("Müller") == {first}
    assert await found("gwen Müller") == {first}
    assert await found("dolly") == await found("Õun") == {first, second}


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
