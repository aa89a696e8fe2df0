"""The demo has a chat that comes every week, with what was said in it, and a meet with its notes; all of it invented."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fastapi.testclient import TestClient

from app.demo.weekly_chat import make_series, written
from app.domain.linked import addresses_in
from app.domain.series import Series
from app.jobs.series import keep_all_series
from app.queries.meets import guests_of, notes_of, people_coming
from app.queries.series import Whole, whole
from app.queries.shelf import shelf_of_series
from app.queries.surveys import wishes
from app.queries.transcript import transcript
from tests.views.conftest import site
from tests.views.site import Site

__all__ = ["site"]


def test_two_editions_a_survey_a_shelf_and_a_meet_are_there_whenever_it_begins(site: Site) -> None:
    at = datetime.now(UTC) + timedelta(days=200)

    async def while_the_calendar_looks_after_them() -> tuple[Series, Series]:
        here, making = replace(site.context, now=lambda: at), asyncio.create_task(make_series(doors, at=at))
        while not making.done():
            await keep_all_series(here)
        return await making

    doors = site.context.backchannel
    chat, meet = site._call(while_the_calendar_looks_after_them)
    found: Whole = site.ask(whole, chat, at)
    assert ([one.event.state for one in found.past], len(found.coming) >= 3) == (["closed", "closed"], True)
    for one, edition in zip(reversed(found.past), written()["editions"], strict=True):
        told = site.ask(transcript, one.event)
        assert [chapter.prompt.text for chapter in told.chapters if chapter.prompt] == [
            p[1] for p in edition["prompts"]
        ]
        assert sum(len(chapter.said) for chapter in told.chapters) == len(edition["said"])
        assert [len(chapter.said) for chapter in told.chapters if chapter.prompt and chapter.said] != []
        for chapter in told.chapters:
            spelled = {said.card.post.text[1] for said in chapter.said if re.match(r"[AaQqTt]\d", said.card.post.text)}
            assert spelled <= {str(chapter.prompt.number) if chapter.prompt else ""}
    stands = site.ask(lambda db: wishes(db, found.pattern.id, "", host=False))
    assert (stands.counted.winner.day, stands.counted.winner.time, len(stands.words)) == ("1", "20:00", 3)  # type: ignore[union-attr]
    assert found.next is not None
    assert found.next.edition.theme == "How to say no to the tenth night"
    assert len(site.ask(shelf_of_series, chat)) == 5
    met: Whole = site.ask(whole, meet, at)
    was, comes = met.past[0].event, met.next
    assert comes is not None
    assert (people_coming(site.ask(guests_of, was.id)), people_coming(site.ask(guests_of, comes.event.id))) == (10, 10)
    assert "Next time" in site.ask(notes_of, was.id).text
    told_pages(site.client, found, met)


def told_pages(client: TestClient, chat: Whole, meet: Whole) -> None:
    paths = ["/s/kettle-chat", "/s/kettle-chat/survey", "/s/kettle-chat/links", "/s/cake-at-the-quay"]
    paths += [f"/e/{meet.past[0].event.slug}/meet"]
    paths += [f"/e/{chat.past[0].event.slug}/{page}" for page in ("transcript", "missed", "reflection", "archive")]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_every_address_in_it_leads_nowhere() -> None:
    hosts = {address.split("/")[2] for address in addresses_in(str(written()).replace("\\n", " "))}
    assert {host for host in hosts if not host.endswith(".example")} == {"doi.org"}
