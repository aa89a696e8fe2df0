"""What each network asks of who shows its posts: whose, where, when, a way there, its mark, and nothing made up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from app.actions.arrivals import receive
from app.actions.questions import bring_on_stage, make_question
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.incoming import Incoming
from app.main import create_app
from app.settings import Settings
from app.sources.bluesky.payload import read_post
from app.sources.mastodon.payload import read_status
from app.sources.networks import NETWORKS
from tests.conftest import ASHA, NOON
from tests.databases import lay_down
from tests.running import furnish
from tests.sources.bluesky.recorded import CID, QUOTE_WITH_IMAGE
from tests.sources.mastodon.recorded import EVERYTHING

URI = "at://did:plc:mira/app.bsky.feed.post/3kaheyt6vpc22"


def status() -> Incoming:
    facts = {
        "id": "1",
        "uri": "https://hall.example/s/1",
        "url": "https://hall.example/@mira/1",
        "visibility": "public",
    }
    said = {**EVERYTHING, **facts, "created_at": NOON.isoformat(), "tags": [{"name": "box10"}]}
    said["account"] = {**said["account"], "acct": "mira", "display_name": "Mira :blobcat:"}
    found = read_status(said, server="hall.example")
    assert isinstance(found, Incoming)
    return found


def post() -> Incoming:
    more = dict(QUOTE_WITH_IMAGE)
    record = {**more.pop("record"), "text": "Grüße #box10 to all", "createdAt": NOON.isoformat()}
    author = {
        "did": "did:plc:mira",
        "handle": "mira.example",
        "displayName": "Mira",
        "avatar": "https://p.example/m.jpg",
    }
    return read_post({"uri": URI, "cid": CID, "record": record, "author": author, "labels": [], **more})


SAID = {"mastodon": status(), "bluesky": post()}


SCREENS = {
    "wall": "wall", "overlay": "overlay", "floor": "", "stage": "stage", "desk": "desk?list=approved", "remote": "remote",
}  # fmt: skip
LEAST = {"wall": 2, "overlay": 1, "floor": 3, "stage": 2, "desk": 3, "remote": 2}
"""So many cards of a network each screen shows: one post, one question that is open, one on stage."""


@dataclass
class Hall:
    """One post on the wall, one as an open question, one on stage: all of one network."""

    client: TestClient
    said: Incoming

    def page(self, screen: str) -> Any:
        answer = self.client.get(f"/e/box10/{SCREENS[screen]}".rstrip("/"))
        assert answer.status_code == 200, answer.text
        return html.document_fromstring(answer.text)

    def cards(self, screen: str) -> list[Any]:
        """What carries the network as its source and lies in no other."""
        found = self.page(screen).xpath(f"//*[@data-source='{self.said.source}'][.//*[@datetime]]")
        return [one for one in found if not one.xpath(f".//*[@data-source='{self.said.source}'][.//*[@datetime]]")]


@pytest.fixture(scope="module", params=SAID)
def hall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder: Path = tmp_path_factory.mktemp("data")
    lay_down(folder)
    settings = Settings(_env_file=None, data_dir=folder, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    with TestClient(create_app(settings, by_itself=False)) as client:
        context, said = client.app.state.context, SAID[request.param]  # type: ignore[attr-defined]
        assert client.portal is not None
        event, _, links = client.portal.call(furnish, context.backchannel)
        client.get(f"/e/box10/setup?key={links[Role.OWNER].token}")

        def do(verb: Any, *args: Any, **kwargs: Any) -> Any:
            assert client.portal is not None
            return client.portal.call(lambda: context.backchannel.do(verb, *args, **kwargs, at=NOON))

        ids = [do(receive, event.id, replace(said, ref=f"{said.ref}{number}")).post_id for number in range(3)]
        do(approve, ids[0], by=ASHA)
        asked = [do(make_question, post_id, by=ASHA) for post_id in ids[1:]]
        do(bring_on_stage, asked[1].id, by=ASHA)
        yield Hall(client, said)


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_card_shows_whose_it_is_where_and_when_and_all_of_it(hall: Hall, screen: str) -> None:
    said = hall.said
    [network] = [one for one in NETWORKS if one.key == said.source]
    cards = hall.cards(screen)
    assert len(cards) >= LEAST[screen]
    for card in cards:
        shown = " ".join(card.text_content().replace("\u2060", "").replace("\xad", "").split())
        assert " ".join(said.text.split()) in shown
        assert said.byline.name in shown
        assert f"@{said.byline.handle}" in shown
        [time] = card.xpath(f".//a[@href='{said.url}']//time/@datetime")
        assert time.startswith(f"{NOON:%Y-%m-%dT%H:%M}")
        [mark] = card.xpath(f".//svg[@aria-label='{network.label}']")
        assert {path.get("d") for path in mark} == {path for path in (network.mark.fill, network.mark.line) if path}
        assert len(card.xpath(".//svg[@role='img'][contains(@class, 'network')]")) == 1
        # Nothing of a stranger's markup, and nothing that their servers would be asked for.
        assert card.xpath(".//script | .//iframe | .//*[@style] | .//*[starts-with(@src, 'http')]") == []


@pytest.mark.parametrize("whole", ["wall", "floor", "desk"])
def test_the_card_of_a_post_has_all_that_hangs_on_it(hall: Hall, whole: str) -> None:
    said = hall.said
    page = hall.page(whole)
    card = page.xpath(f"//article[starts-with(@id, 'post-')][descendant-or-self::*[@data-source='{said.source}']]")[0]
    assert card.xpath(f".//header//a[@href='{said.byline.url}']")
    assert [one.get("alt") for one in card.xpath(".//div[@class='photos']//img")][:1] == [said.photos[0].alt]
    assert bool(card.xpath(".//blockquote")) is (said.quote is not None)
    assert [one.text_content() for one in card.xpath(".//ul[@class='poll']/li")] == list(said.poll)


def test_warnings_come_first_and_custom_emoji_stay_as_they_are_written() -> None:
    assert SAID["mastodon"].text.startswith("long post")
    assert ":blobcat:" in SAID["mastodon"].text
    assert SAID["mastodon"].sensitive
    assert replace(SAID["mastodon"], text="").byline.name == "Mira :blobcat:"
