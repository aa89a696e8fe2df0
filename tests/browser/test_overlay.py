"""The overlay over a film, as OBS opens it: nothing but its pieces is drawn, each whole, and a blank wall is blank there."""

import base64
import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.actions.red_buttons import set_wall_state
from app.actions.scenes import end_announcement
from app.actions.screens import hang_screen
from app.domain.access import Role
from app.domain.event import WallState
from app.domain.incoming import Photo
from app.domain.screen_kind import ScreenKind
from app.queries.screens import screens
from tests.browser.conftest import People
from tests.browser.scene_contents import say_below
from tests.browser.wall_contents import ASHA, SENTENCE, STACKED, now, on_stage, say
from tests.running import Running

# How opaque the picture is in each corner of the safe area, and in its middle, from 0 to 255.
CLEAR = """
async ([png, points]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  return points.map(([x, y]) => pen.getImageData(x, y, 1, 1).data[3]);
}
"""
PIECES = (".overlay-join", ".third", ".ticker", ".ticker-words")
CUT = """
() => [...document.querySelectorAll('.overlay > :not([hidden], .visually-hidden)')].filter((one) => one.offsetHeight).flatMap((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  const [x, y] = [innerWidth * 0.05 - 1, innerHeight * 0.05 - 1];
  const out = left < x || top < y || right > innerWidth - x || bottom > innerHeight - y;
  const cut = [...one.querySelectorAll('.ticker-post[data-on]'), one].some(
    (box) => !box.matches('.ticker') && box.scrollHeight > box.clientHeight + 1);
  return out || cut ? [one.className] : [];
})
"""


def opened(people: People, server: Running, path: str, **options: object) -> Page:
    page = people.open(Role.SCREEN, reduced_motion="reduce", **options)
    page.goto(f"{server.floor}/{path}")
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    return page


def pieces(page: Page) -> list[str]:
    return [one for one in PIECES if page.locator(one).is_visible()]


def picture(page: Page, name: str) -> bytes:
    png = page.screenshot(omit_background=True)
    if folder := os.environ.get("OVERLAYS"):
        (Path(folder) / f"{name}.png").write_bytes(png)
    return png


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_not_a_piece_of_it_is_transparent(server: Running, people: People, scheme: str) -> None:
    say(server, "Good morning, all of you, from the back of the hall!")
    on_stage(server, "Who asked the night staff?")
    page = opened(people, server, "overlay", color_scheme=scheme)
    expect(page.locator(".ticker-post[data-on]")).to_have_count(1)
    assert pieces(page) == [".overlay-join", ".third", ".ticker"]
    png = base64.b64encode(picture(page, scheme)).decode()
    eye = people.context(None).new_page()
    points = [[1, 1], [1918, 1], [1, 1078], [1918, 1078], [300, 300], [960, 400], [1800, 800]]
    assert eye.evaluate(CLEAR, [png, points]) == [0] * len(points)
    box = page.locator(".third").bounding_box()
    assert box is not None
    inside = [[int(box["x"] + box["width"] / 2), int(box["y"] + 8)]]
    assert eye.evaluate(CLEAR, [png, inside]) == [255]
    assert people.problems == []


def test_an_address_and_a_screens_link_say_which_pieces_are_drawn(server: Running, people: People) -> None:
    say(server, "Good morning!")
    on_stage(server, "Who asked the night staff?")
    page = opened(people, server, "overlay/question")
    assert pieces(page) == [".third"]
    # A screen's link says itself what it is for, and an open page follows it.
    (screen,) = server.do(screens, server.event)
    hung = {"name": "Film", "room_id": None, "by": ASHA}
    server.do(hang_screen, server.event.id, screen.id, may_show=ScreenKind.OVERLAY, at=now(), **hung)
    page.goto(server.link(Role.SCREEN))
    expect(page.locator("body[data-view=overlay]")).to_have_count(1)
    for kind, drawn in (
        (ScreenKind.LOWER_THIRD, [".third"]),
        (ScreenKind.TICKER, [".ticker"]),
        (ScreenKind.JOIN_BADGE, [".overlay-join"]),
        (ScreenKind.OVERLAY, [".overlay-join", ".third", ".ticker"]),
    ):
        server.do(hang_screen, server.event.id, screen.id, may_show=kind, at=now(), **hung)
        expect(page.locator("#screen")).to_have_attribute("data-may-show", kind.value)
        expect(page.locator("body[data-view=overlay]")).to_have_count(1)
        assert pieces(page) == drawn
    server.do(hang_screen, server.event.id, screen.id, may_show=ScreenKind.EVERYTHING, at=now(), **hung)
    expect(page.locator("body[data-view=wall]")).to_have_count(1)
    # The desk looks at any piece by its address.
    desk = people.open(Role.MODERATOR)
    for piece, drawn in (("question", [".third"]), ("ticker", [".ticker"]), ("join", [".overlay-join"])):
        desk.goto(f"{server.floor}/overlay/{piece}")
        expect(desk.locator(drawn[0])).to_be_visible()
        assert pieces(desk) == drawn
    assert people.problems == []


def test_it_follows_the_desk_a_question_an_announcement_a_blank_wall(server: Running, people: People) -> None:
    page = opened(people, server, "overlay")
    assert pieces(page) == [".overlay-join"]
    say(server, "Good morning!")
    expect(page.locator(".ticker-post[data-on] .text")).to_have_text("Good morning!")
    on_stage(server, "Who asked the night staff?")
    expect(page.locator(".third-text")).to_have_text("Who asked the night staff?")
    say_below(server, "Lunch is served upstairs")
    expect(page.locator(".ticker-words")).to_be_visible()
    expect(page.locator(".ticker")).to_be_hidden()
    server.do(set_wall_state, server.event.id, WallState.BLANK, by=ASHA, at=now())
    expect(page.locator(".third")).to_be_hidden()
    assert pieces(page) == [".overlay-join"]
    server.do(set_wall_state, server.event.id, WallState.LIVE, by=ASHA, at=now())
    expect(page.locator(".third")).to_be_visible()
    server.do(end_announcement, server.event.id, by=ASHA, at=now())
    expect(page.locator(".ticker")).to_be_visible()


def test_nothing_is_cut_whatever_is_asked_and_said(server: Running, people: People) -> None:
    say(server, SENTENCE * 6, source="floor")
    say(server, "With a picture", photos=(Photo("demo:photos/atrium.svg", "A chart", 1200, 800),))
    page = opened(people, server, "overlay")
    # Too long for its line, or nothing without its picture: neither is shown by half.
    expect(page.locator(".ticker")).to_be_hidden()
    say(server, "Well said", name=f"{STACKED} {'W' * 60}")
    expect(page.locator(".ticker-post[data-on]")).to_have_count(1)
    for number, words in enumerate(("Why?", SENTENCE * 3, SENTENCE * 6, f"{'w' * 300} {STACKED}", "line\n" * 40)):
        before = page.locator(".third .question").get_attribute("id") if number else "none"
        on_stage(server, words)
        expect(page.locator(".third .question")).not_to_have_id(str(before))
        assert page.evaluate(CUT) == [], words
        picture(page, f"hostile-{number}")
    # A post of a network that wants all or nothing is read on the phones where it is too long.
    on_stage(server, SENTENCE * 30, source="x")
    expect(page.locator(".third-out")).to_be_visible()
    expect(page.locator(".third-text")).to_be_hidden()
    for width, height in ((1280, 720), (3840, 2160), (1080, 1920)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(CUT) == [], (width, height)
    picture(page, "portrait")
