"""X's display rules, held against every card of every screen: whose, when, all of it, and nothing of anybody else."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from app.actions.arrivals import receive
from app.actions.folds import fold
from app.actions.questions import bring_on_stage, make_question
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.incoming import Byline, Incoming, Photo, Quoted, Segment
from app.main import create_app
from app.settings import Settings
from app.sources.mastodon.network import MASTODON
from app.sources.x.network import X
from tests.conftest import ASHA, NOON, incoming
from tests.databases import lay_down
from tests.networks import x_with
from tests.running import furnish

WORDS = "Ünïcode & <b>all</b> of it, however long: " + "care moves home with us " * 20 + "#box10 slides.example/a"
URL = "https://x.com/jo_nhs/status/1576994746135764992"
QUOTED_URL = "https://x.com/ann/status/55"
QUOTED = Quoted(
    True,
    Byline("ann_rees", "Ann Rees", "https://pbs.example/ann.png"),
    "What is quoted, whole",
    QUOTED_URL,
    datetime(2026, 10, 1, 10, tzinfo=UTC),
    (Photo("https://pbs.example/quoted.png", "A slide", 800, 600),),
)
POLL = ("On Monday", "Never")
SCREENS = {
    "wall": "wall",
    "overlay": "overlay",
    "floor": "",
    "stage": "stage",
    "desk": "desk?list=approved",
    "remote": "remote",
}
NAME, HANDLE = "Jo Hart · RN ‍🩺", "jo_nhs"


def said(ref: str) -> Incoming:
    """A long post of X with everything that a card of it must show."""
    at = WORDS.index("#box10")
    return incoming(
        WORDS,
        ref=ref,
        byline=Byline(HANDLE, NAME, "https://pbs.example/jo.png", f"https://x.com/{HANDLE}", "blue"),
        url=URL,
        segments=(
            Segment("text", WORDS[:at]),
            Segment("hashtag", "#box10", "https://x.com/hashtag/box10"),
            Segment("text", " "),
            Segment("link", "slides.example/a", "https://slides.example/a"),
        ),
        photos=(Photo("https://pbs.example/slide.png", "A slide", 800, 600),),
        quote=QUOTED,
        poll=POLL,
    )


@dataclass
class Hall:
    """One post on the wall, one as an open question, one on stage: all of X, and one of a phone beside each."""

    client: TestClient
    open: int
    on_stage: int
    post: int

    def page(self, screen: str) -> Any:
        answer = self.client.get(f"/e/box10/{SCREENS[screen]}".rstrip("/"))
        assert answer.status_code == 200, answer.text
        return answer, html.document_fromstring(answer.text)

    def cards(self, screen: str) -> dict[str, Any]:
        """Each card of X that a screen shows: what carries its source and lies in no other."""
        _, page = self.page(screen)
        found = page.xpath("//*[@data-source='x'][contains(., 'care moves home')]")
        inner = [one for one in found if not one.xpath(".//*[@data-source='x']")]
        return {str(one.xpath("string(ancestor-or-self::*[@id][1]/@id)")): one for one in inner}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder: Path = tmp_path_factory.mktemp("data")
    lay_down(folder)
    settings = Settings(_env_file=None, data_dir=folder, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    with TestClient(create_app(settings, networks=(x_with(), MASTODON), by_itself=False)) as client:
        context = client.app.state.context  # type: ignore[attr-defined]
        assert client.portal is not None
        event, _, links = client.portal.call(furnish, context.backchannel)
        client.get(f"/e/box10/setup?key={links[Role.OWNER].token}")

        def do(verb: Any, *args: Any, **kwargs: Any) -> Any:
            assert client.portal is not None
            return client.portal.call(lambda: context.backchannel.do(verb, *args, **kwargs, at=NOON))

        ids = [do(receive, event.id, said(ref)).post_id for ref in ("1", "2", "3")]
        do(approve, ids[0], by=ASHA)
        elsewhere = replace(said("elsewhere"), source="mastodon", photos=(), quote=None, poll=())
        do(fold, do(receive, event.id, elsewhere).post_id)
        asked = [do(make_question, post_id, by=ASHA) for post_id in ids[1:]]
        do(bring_on_stage, asked[1].id, by=ASHA)
        yield Hall(client, asked[0].id, asked[1].id, ids[0])


def expected(hall: Hall) -> dict[str, set[str]]:
    post, question = f"post-{hall.post}", f"question-{hall.open}"
    return {
        "wall": {post, f"question-{hall.on_stage}"},
        "overlay": {f"question-{hall.on_stage}"},
        "floor": {post, question, "onstage"},
        "stage": {question, "onstage"},
        "desk": {post, question, "onstage"},
        "remote": {post, "onstage"},
    }


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_card_of_a_screen_is_among_those_that_are_looked_at(hall: Hall, screen: str) -> None:
    assert hall.cards(screen).keys() >= expected(hall)[screen]


def test_the_text_is_whole_and_unmodified(hall: Hall, screen: str) -> None:
    for name, card in hall.cards(screen).items():
        texts = [one.text_content().replace("\u2060", "").replace("\xad", "") for one in card.iter() if one.tag == "p"]
        assert any(" ".join(text.split()) == " ".join(WORDS.split()) for text in texts), name


def test_name_handle_avatar_time_mark_and_link_are_shown(hall: Hall, screen: str) -> None:
    for name, card in hall.cards(screen).items():
        assert NAME in card.text_content(), name
        assert f"@{HANDLE}" in card.text_content(), name
        assert card.xpath(".//*[contains(@class, 'avatar')][not(ancestor::blockquote)]//img"), name
        [time] = card.xpath(f".//a[@href='{URL}']//time")
        assert time.get("datetime", "").startswith(f"{NOON:%Y-%m-%dT%H:%M}"), name
        [mark] = card.xpath(".//*[@aria-label='X']/*")
        assert mark.get("d") == X.mark.fill, name


def test_nothing_of_others_is_inside_neither_marks_nor_votes(hall: Hall, screen: str) -> None:
    for name, card in hall.cards(screen).items():
        assert len(card.xpath(".//svg[@role='img'][contains(@class, 'network')]")) == 1, name
        if not (screen == "desk" and name.startswith("post-")):  # the moderators' tools are beside what they judge
            ours = card.xpath(".//form | .//button | .//input | .//*[contains(@class, 'votes')]")
            ours += card.xpath(".//*[contains(@class, 'goes-on') or contains(@class, 'asks')]")
            asides = [] if screen == "desk" else ours
            assert asides == [], name


def test_where_the_same_was_said_elsewhere_that_networks_mark_stands_below_the_card(hall: Hall, screen: str) -> None:
    _, page = hall.page(screen)
    if screen in {"stage", "overlay"}:  # which show no post that has pictures
        return
    [post] = page.xpath(f"//article[@id='post-{hall.post}']")
    [card] = post.xpath("descendant-or-self::*[@data-source='x']")
    assert "Mastodon" in (
        post.text_content() if screen == "desk" else post.xpath(".//*[@class='also-on']//@aria-label")
    )
    assert card.xpath(".//*[@class='also-on'] | .//svg[@aria-label='Mastodon']") == []
    assert (card is post) is (screen == "desk")


def test_a_quoted_post_shows_whose_it_is_when_it_was_and_its_pictures(hall: Hall, screen: str) -> None:
    for name, card in hall.cards(screen).items():
        if not name.startswith("post-"):
            continue
        [quoted] = card.xpath(".//blockquote")
        for words in ("Ann Rees", "@ann_rees", QUOTED.text):
            assert words in quoted.text_content(), name
        assert quoted.xpath(".//*[contains(@class, 'avatar')]//img"), name
        assert quoted.xpath(f".//a[@href='{QUOTED_URL}']//time/@datetime") == ["2026-10-01T10:00:00+00:00"]
        assert len(quoted.xpath(".//figure//img")) == 1, name


def test_a_poll_shows_what_one_may_choose(hall: Hall, screen: str) -> None:
    for name, card in hall.cards(screen).items():
        if name.startswith("post-"):
            assert [one.text_content().strip() for one in card.xpath(".//ul[@class='poll']/li")] == list(POLL), name


def test_a_picture_comes_with_its_text_and_its_description(hall: Hall, screen: str) -> None:
    for name, card in hall.cards(screen).items():
        for picture in card.xpath(".//figure//img"):
            assert picture.get("alt") == "A slide", name
            assert picture.get("src").startswith("/pictures/"), name


def test_no_page_can_be_put_into_a_frame_and_none_asks_x_for_anything(hall: Hall, screen: str) -> None:
    answer, page = hall.page(screen)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers.get("x-frame-options", "DENY") == "DENY"
    assert page.xpath("//iframe | //embed | //object") == []
    for one in page.xpath("//*[@src] | //link[@href]"):
        assert not str(one.get("src") or one.get("href")).startswith(("http:", "https:", "//"))
