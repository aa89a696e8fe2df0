"""One queue, one wall, one question list: X, Mastodon, Bluesky and a phone, while X's money ends."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.actions.sources import add_sources, change_source
from app.domain.access import Role
from app.settings import Settings
from tests.browser.conftest import People
from tests.browser.local_x import LocalX
from tests.browser.test_states import violations
from tests.networks import bluesky_at, mastodon_at, x_with
from tests.running import Running, ThreadedServer
from tests.sources.bluesky.server import V2, BlueskyServer
from tests.sources.mastodon.server import MastodonServer

TWICE = "Handovers at four in the morning: what we heard #box10"
MARKS = {"X", "Mastodon", "Bluesky", "From the room"}


class Town:
    """Three networks and the program that listens to them."""

    def __init__(self, folder: Path, x: LocalX, mastodon: MastodonServer, bluesky: BlueskyServer) -> None:
        self.x, self.mastodon, self.bluesky = x, mastodon, bluesky
        settings = Settings(_env_file=None, data_dir=folder, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
        networks = [
            x_with(x_bearer_token="story-token", x_api_url=x.url),
            mastodon_at(mastodon.name),
            bluesky_at(bluesky.jetstream(V2), bluesky.appview),
        ]
        self.threaded = ThreadedServer(settings, networks)

    def start(self) -> Running:
        server = self.threaded.start()
        at = datetime.now(UTC)
        server.do(add_sources, server.event.id, ["x", "mastodon", "bluesky"], at=at)
        for kind, options in (("mastodon", {"servers": self.mastodon.url}), ("bluesky", {})):
            server.do(change_source, server.event.id, kind, enabled=True, options=options, at=at)
        return server


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setattr("app.sources.rechecks.EVERY", 1.0)
    x = LocalX()
    with MastodonServer() as mastodon, BlueskyServer() as bluesky:
        made = Town(tmp_path, x, mastodon, bluesky)
        yield made
        made.threaded.stop()
    x.stop()


def marks(page: Page, cards: str) -> set[str]:
    return {str(one.get_attribute("aria-label")) for one in page.locator(f"{cards} svg.network").all()}


def test_three_networks_and_a_phone_are_one_queue_one_wall_and_one_list_of_questions(
    browser: Browser, town: Town
) -> None:
    server = town.start()
    people = People(browser, server)
    wall, desk, floor = people.open(Role.SCREEN), people.open(Role.MODERATOR), people.open(None)
    sources = {kind: desk.locator(f'#sources [data-source="{kind}"]') for kind in ("x", "mastodon", "bluesky")}
    for source in sources.values():
        expect(source).to_have_attribute("data-state", "live" if source is not sources["mastodon"] else "polling")

    # One queue.
    told = town.x.do(do="post", author="jo_nhs", text="Who looks after the night staff? #box10")
    status = town.mastodon.post("<p>What about respite in the summer? #box10</p>", by="omar")
    uri = town.bluesky.post("Can families stay overnight? #box10", by="gethin")
    floor.locator("#text").fill("Is there a plan for carers who are ill?")
    floor.locator("#send button.primary").click()
    expect(desk.locator("#held .post")).to_have_count(4)
    assert marks(desk, "#held .post") == MARKS

    # One wall, one list of questions.
    for left in (3, 2, 1, 0):
        desk.keyboard.press("q")
        expect(desk.locator("#held .post")).to_have_count(left)
    expect(wall.locator(".wall-posts .post")).to_have_count(4)
    expect(floor.locator("#questions .question")).to_have_count(4)
    assert marks(wall, ".wall-posts .post") == MARKS

    # The same on two of them is one card, with the other's mark below it.
    town.x.do(do="post", author="nia", text=TWICE)
    expect(desk.locator("#held .post", has_text="Handovers")).to_have_count(1)
    desk.keyboard.press("a")
    expect(wall.locator(".post", has_text="Handovers")).to_have_count(1)
    town.bluesky.post(TWICE, by="nia")
    twice = wall.locator(".post", has_text="Handovers")
    expect(twice.locator('.also-on svg[aria-label="Bluesky"]')).to_be_visible()
    expect(twice).to_have_count(1)
    expect(desk.locator("#held .post")).to_have_count(0)

    # What its author deletes at X leaves; then X's credit is used up, and the desk says what goes on.
    town.x.do(do="delete", post=told["done"][0]["id"])
    expect(wall.locator(".post", has_text="night staff")).to_have_count(0)
    town.x.do(do="set_credit", credit=0)
    town.x.do(do="fault", name="reset", on="stream")
    expect(sources["x"]).to_have_attribute("data-state", "stopped")
    expect(sources["x"]).to_contain_text("credit")
    expect(desk.locator(".plan-b")).to_contain_text("No new posts from X now")
    expect(desk.locator(".plan-b")).to_contain_text("Mastodon, Bluesky and with phones")

    # The others are edited and deleted, and bring more.
    town.mastodon.edit(status, "<p>What about respite in August? #box10</p>")
    expect(wall.locator(".post", has_text="respite")).to_have_count(0)
    expect(desk.locator("#held .post", has_text="in August")).to_contain_text("edited")
    town.bluesky.delete(uri)
    expect(wall.locator(".post", has_text="overnight")).to_have_count(0)
    town.mastodon.post("<p>The wall lives on #box10</p>", by="omar")
    town.bluesky.post("And so do we, all of us #box10", by="gethin")
    for words in ("lives on", "so do we"):
        expect(desk.locator("#held .post", has_text=words)).to_have_count(1)
    expect(wall.locator(".post", has_text="Handovers")).to_be_visible()
    expect(floor.locator("#questions .question")).to_have_count(1)

    for page in (wall, desk, floor):
        assert violations(page) == []
    assert people.problems == []
    for context in people.contexts:
        context.close()
