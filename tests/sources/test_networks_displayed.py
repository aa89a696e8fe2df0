"""What each network asks of who shows its posts: whose, where, when, a way there, its mark, and nothing made up."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from app.actions.arrivals import receive
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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("data")
    lay_down(folder)
    settings = Settings(_env_file=None, data_dir=folder, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    with TestClient(create_app(settings, by_itself=False)) as client:
        context = client.app.state.context  # type: ignore[attr-defined]
        assert client.portal is not None
        event, _, links = client.portal.call(furnish, context.backchannel)
        client.get(f"/e/box10/setup?key={links[Role.OWNER].token}")
        for said in SAID.values():
            for verb in (lambda said=said: context.backchannel.do(receive, event.id, said, at=NOON),):
                post_id = client.portal.call(verb).post_id
            client.portal.call(lambda post_id=post_id: context.backchannel.do(approve, post_id, by=ASHA, at=NOON))
        yield client


@pytest.mark.parametrize("screen", ["wall", "", "desk?list=approved"])
@pytest.mark.parametrize("kind", SAID)
def test_a_card_shows_whose_it_is_where_and_when_and_all_of_it(site: TestClient, kind: str, screen: str) -> None:
    said = SAID[kind]
    page: Any = html.document_fromstring(site.get(f"/e/box10/{screen}".rstrip("/")).text)
    [card] = page.xpath(f"//article[contains(@class, 'post')][@data-source='{kind}']")
    shown = " ".join(card.text_content().replace("\u2060", "").replace("\xad", "").split())
    assert " ".join(said.text.split()) in shown
    assert said.byline.name in shown
    assert f"@{said.byline.handle}" in shown
    [time] = card.xpath(f".//header//a[@href='{said.url}']//time/@datetime")
    assert time.startswith(f"{NOON:%Y-%m-%dT%H:%M}")
    assert card.xpath(f".//header//a[@href='{said.byline.url}']")
    [network] = [one for one in NETWORKS if one.key == kind]
    [mark] = card.xpath(f".//svg[@aria-label='{network.label}']")
    assert {path.get("d") for path in mark} == {path for path in (network.mark.fill, network.mark.line) if path}
    assert [one.get("alt") for one in card.xpath(".//div[@class='photos']//img")][:1] == [said.photos[0].alt]
    assert bool(card.xpath(".//blockquote")) is (said.quote is not None)
    assert [one.text_content() for one in card.xpath(".//ul[@class='poll']/li")] == list(said.poll)
    # Nothing of a stranger's markup, and nothing that their servers would be asked for.
    assert card.xpath(".//script | .//iframe | .//*[@style] | .//*[starts-with(@src, 'http')]") == []


def test_warnings_come_first_and_custom_emoji_stay_as_they_are_written() -> None:
    assert SAID["mastodon"].text.startswith("long post")
    assert ":blobcat:" in SAID["mastodon"].text
    assert SAID["mastodon"].sensitive
    assert replace(SAID["mastodon"], text="").byline.name == "Mira :blobcat:"
