"""The whole story, with four people in four browsers at once and a tweet on its way from X."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.domain.access import Role
from app.settings import Settings
from tests.browser.conftest import People
from tests.browser.local_x import LocalX
from tests.networks import x_with
from tests.running import Running, ThreadedServer

TEXT = "How do we keep families in the room when care moves home? #box10"
EDITED = "How do we keep families AND neighbours in the room when care moves home? #box10"


@pytest.fixture
def x() -> Iterator[LocalX]:
    started = LocalX()
    yield started
    started.stop()


@pytest.fixture
def server(tmp_path: Path, x: LocalX) -> Iterator[Running]:
    made = Settings(  # type: ignore[call-arg]
        _env_file=None,
        data_dir=tmp_path,
        secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3",
        picture_hosts=x.url.removeprefix("http://"),
    )
    threaded = ThreadedServer(made, [x_with(x_bearer_token="story-token", x_api_url=x.url)])
    yield threaded.start()
    threaded.stop()


@pytest.fixture
def people(browser: Browser, server: Running) -> Iterator[People]:
    opened = People(browser, server)
    yield opened
    for context in opened.contexts:
        context.close()


def connected(*pages: Page) -> None:
    for page in pages:
        expect(page.locator("body")).to_have_attribute("data-connection", "up")


def test_a_tweet_becomes_a_question_on_stage_and_leaves_when_it_is_edited(
    x: LocalX, server: Running, people: People
) -> None:
    wall, desk = people.open(Role.SCREEN), people.open(Role.MODERATOR)
    stage, floor = people.open(Role.SPEAKER), people.open(None)
    connected(wall, desk, stage, floor)
    expect(desk.locator('#sources [data-source="x"]')).to_have_attribute("data-state", "live")

    # A tweet streams in and waits at the desk; nobody else sees it.
    told = x.do(do="post", author="jo_nhs", text=TEXT, photos=["A packed hall"])
    waiting = desk.locator("#held .post", has_text="How do we keep families")
    expect(waiting).to_be_visible(timeout=20_000)
    post = f"#{waiting.get_attribute('id')}"
    for page in (wall, floor):
        expect(page.locator(post)).to_have_count(0)

    # One key, and it is on the wall and on every phone.
    desk.keyboard.press("a")
    for page in (wall, floor):
        expect(page.locator(post)).to_contain_text("How do we keep families")
    expect(wall.locator(f"{post} .photo img")).to_have_js_property("naturalWidth", 1200)
    expect(desk.locator(f"#held {post}")).to_have_count(0)

    # Another key makes it a question; a phone votes for it.
    desk.goto(f"{server.url}/e/box10/desk?list=approved")
    connected(desk)
    desk.locator(f"#approved {post}").click(position={"x": 8, "y": 8})
    desk.keyboard.press("q")
    question = floor.locator("#questions .question", has_text="How do we keep families")
    expect(question).to_be_visible()
    name = f"#{question.get_attribute('id')}"
    floor.locator(f"{name} .vote").tap()
    expect(floor.locator(f"{name} .vote")).to_have_attribute("aria-pressed", "true")
    expect(floor.locator(f"{name} .votes")).to_have_text("1")

    # The speaker sees it with its vote, and brings it on stage; the wall centres it.
    stage_question = stage.locator(f"#questions > {name}")
    expect(stage_question).to_be_visible()
    stage_question.get_by_role("button", name="Bring on stage").tap()
    expect(wall.locator("#onstage")).to_contain_text("How do we keep families")
    expect(wall.locator("#onstage")).to_be_visible()
    expect(floor.locator("#onstage")).to_contain_text("How do we keep families")
    assert centred(wall)

    # "Answered" clears it; undo brings it back.
    stage.get_by_role("button", name="Answered", exact=True).tap()
    expect(wall.locator("#onstage")).to_be_hidden()
    stage.get_by_role("button", name="Undo").tap()
    expect(wall.locator("#onstage")).to_contain_text("How do we keep families")

    # Its author edits it: it leaves wall, floor and stage until somebody has looked again.
    x.do(do="edit", post=told["done"][0]["id"], text=EDITED)
    for page in (wall, floor):
        expect(page.locator(post)).to_have_count(0)
    expect(wall.locator("#onstage")).to_be_hidden()
    expect(stage.locator("#onstage")).not_to_contain_text("families")

    desk.goto(f"{server.url}/e/box10/desk")
    connected(desk)
    expect(desk.locator(f"#held {post}")).to_contain_text("AND neighbours")
    expect(desk.locator(f"#held {post}")).to_contain_text("edited")
    desk.keyboard.press("a")
    expect(wall.locator(post)).to_contain_text("AND neighbours")
    expect(wall.locator("#onstage")).to_contain_text("AND neighbours")
    assert people.problems == []


def centred(wall: Page) -> bool:
    """Whether the question stands in the middle of the picture's height, large."""
    box = wall.locator("#onstage .question").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    return abs(middle - 540) < 60 and box["width"] > 1000


def test_the_desk_tells_how_x_is_doing_and_nothing_is_lost_meanwhile(
    x: LocalX, server: Running, people: People
) -> None:
    desk = people.open(Role.MODERATOR)
    source = desk.locator('#sources [data-source="x"]')
    expect(source).to_have_attribute("data-state", "live")
    expect(source).to_contain_text("live")

    # X breaks down: the desk says so, and until when it waits.
    x.do(do="fault", name="http", status=503, body="html", on="any")
    x.do(do="fault", name="reset", on="stream")
    x.do(do="post", author="ann", text="Said while X was down, for #box10")
    expect(source).to_have_attribute("data-state", "waiting")
    expect(source).to_contain_text("Waiting until")
    x.do(do="clear_faults")
    expect(source).to_have_attribute("data-state", "live")
    expect(desk.locator("#held .post", has_text="Said while X was down")).to_have_count(1)
    expect(source.locator("time[data-age]")).to_contain_text("ago")

    # The token is refused: the desk says what to do, and setup lets it try again.
    x.do(do="fault", name="401", on="any")
    x.do(do="fault", name="reset", on="stream")
    x.do(do="post", author="ann", text="Said while the token was refused, for #box10")
    expect(source).to_have_attribute("data-state", "stopped")
    expect(source).to_contain_text("token")
    x.do(do="clear_faults")
    setup = people.open(Role.OWNER)
    setup.get_by_role("button", name="Try again").click()
    expect(source).to_have_attribute("data-state", "live")
    expect(desk.locator("#held .post", has_text="while the token was refused")).to_have_count(1)
