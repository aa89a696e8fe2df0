"""Takes pictures of every screen in every state, and puts them on one sheet: `bin/screens [--all FOLDER]`.

The sheet and the pictures of the README go to docs/screens; all of them in full size to FOLDER, to be looked at.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from sqlmodel import Session, col, select

from app.actions.arrivals import receive
from app.actions.links import give_link
from app.actions.questions import bring_on_stage
from app.actions.red_buttons import clear_wall, set_wall_state
from app.actions.seats_and_claims import take_seat
from app.actions.verdicts import approve, reject
from app.demo.playing import HOST, make_demo, open_the_doors
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event, WallState
from app.domain.incoming import Byline, Incoming
from app.domain.post import Post
from app.queries.questions import ranked_ids
from app.settings import Settings
from app.views.link_urls import link_url
from bench.sheet import sheet, shot
from tests.browser.conftest import QUIET, chromium
from tests.browser.wall_contents import hostile, long_frame, one_long, one_short
from tests.running import Running, ThreadedServer

OUT = Path(__file__).resolve().parent.parent / "docs" / "screens"
PICTURES = 6
HD, UHD, UPRIGHT, OLD, WIDE = (1920, 1080), (3840, 2160), (1080, 1920), (1024, 768), (2560, 1080)
TABLET, PHONE, LAPTOP, LYING = (1180, 820), (390, 844), (1440, 900), (844, 390)
README = {"wall", "wall-question", "desk", "stage", "floor", "setup", "rules", "log"}
HIGH = {"wall": 250, "stage": 300, "floor": 420, "desk": 300, "setup": 300}
"""How high a picture of each screen is on the sheet."""
STILL = """() => document.fonts.status === 'loaded'
  && [...document.images].every((image) => image.complete || image.loading === 'lazy')
  && document.getAnimations().every((one) => one.playState !== 'running' || one.effect.getTiming().iterations > 9)
"""


async def furnish_demo(threaded: ThreadedServer) -> tuple[Event, dict[Role, str]]:
    doors = threaded.app.state.context.backchannel
    event = await make_demo(doors, at=datetime.now(UTC))
    await open_the_doors(doors, event.id, now=lambda: datetime.now(UTC))
    links = {role: await doors.do(give_link, event.id, role, at=datetime.now(UTC)) for role in Role}
    return event, {role: link_url(threaded.settings.public_url, event.slug, link) for role, link in links.items()}


def shown_last(running: Running, event: Event) -> None:
    """Lets a few posts with pictures onto the wall last, so that they stand on top."""

    def with_pictures(db: Session) -> Sequence[Post]:
        posts = db.exec(
            select(Post).where(Post.event_id == event.id, Post.verdict == "approved").order_by(col(Post.id))
        )
        return [post for post in posts if post.photos][:PICTURES:2]

    for post in running.do(with_pictures):
        running.do(reject, post.id, by=HOST, at=datetime.now(UTC))
        running.do(approve, post.id, by=HOST, at=datetime.now(UTC))


def busy_desk(running: Running, event: Event, asha: Actor) -> None:
    """What a team meets on a busy day: a wave of copies, somebody in need, personal data, a colleague at work."""
    at = datetime.now(UTC)

    def said(text: str, by: str) -> int:
        byline = Byline(handle=by.lower().replace(" ", ""), name=by)
        post = Incoming(source="x", ref=f"busy-{by}", byline=byline, text=text, posted_at=at)
        return int(running.do(receive, event.id, post, at=at).post_id)

    said("I do not want to be here any more, I keep thinking of ending my life", "Robin Ashdown")
    said("My patient Edith Quillfeather in bed 4, NHS number 999 012 3456, was so brave today", "Kit Marlowe-Hughes")
    for number in range(8):
        said("WIN a free holiday for tired nurses now!!! https://win.example/now", f"Winner {number}")
    running.do(
        take_seat, event.id, "tab of Asha", said("Which of you will be there at 3am?", "Mo Farrant"), by=asha, at=at
    )


@dataclass
class Album:
    """The pictures, in the order in which they were taken."""

    browser: Browser
    folder: Path
    taken: list[Path] = field(default_factory=list)

    def take(
        self, name: str, url: str, size: tuple[int, int], act: Callable[[Page], Any] | None = None, **options: Any
    ) -> None:
        page = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **options).new_page()
        page.goto(url)
        page.wait_for_selector('body[data-connection="up"], body:not([data-connection])')
        if act:
            act(page)
        page.wait_for_timeout(700)
        page.wait_for_function(STILL)
        picture = self.folder / f"{name}.webp"
        picture.write_bytes(shot(page, quality=86))
        self.taken.append(picture)
        page.context.close()
        print(name)


def loses_its_server(page: Page) -> None:
    page.context.set_offline(True)
    page.evaluate("""() => {
      document.body.dataset.connection = 'down';
      document.dispatchEvent(new CustomEvent('live:state', { detail: 'down' }));
    }""")


def writes(page: Page) -> None:
    page.fill("#text", "Who answers the telephone at four in the morning?")
    page.fill("#name", "Ida from bed 4")


def sends(page: Page) -> None:
    writes(page)
    page.click("#send .button")
    page.wait_for_selector("#mine .own")


@dataclass(frozen=True)
class Place:
    """Where the screens of one event are."""

    links: dict[Role, str]
    floor: str

    def path(self, path: str) -> str:
        return f"{self.floor}/{path}"


def empty_screens(album: Album, place: Place) -> None:
    album.take("wall-empty", place.links[Role.SCREEN], HD)
    album.take("wall-empty-upright", place.links[Role.SCREEN], UPRIGHT)
    album.take("stage-empty", place.links[Role.SPEAKER], TABLET)
    album.take("floor-empty", place.floor, PHONE, device_scale_factor=2)
    album.take("desk-empty", place.links[Role.MODERATOR], LAPTOP)


def odd_screens(album: Album, running: Running, place: Place) -> None:
    """One post, one long post, long names, and what would spoil a wall."""

    def afresh() -> None:
        running.do(clear_wall, running.event.id, by=HOST, at=datetime.now(UTC))

    one_short(running)
    album.take("wall-one-post", place.links[Role.SCREEN], HD)
    album.take("wall-one-post-upright", place.links[Role.SCREEN], UPRIGHT)
    afresh()
    one_long(running)
    album.take("wall-one-long-post", place.links[Role.SCREEN], HD)
    afresh()
    hostile(running)
    album.take("wall-hostile", place.links[Role.SCREEN], HD)
    album.take("floor-hostile", place.floor, PHONE, device_scale_factor=2)
    afresh()
    long_frame(running)
    album.take("wall-long-names", place.links[Role.SCREEN], HD)
    album.take("wall-long-names-4-to-3", place.links[Role.SCREEN], OLD)


def full_screens(album: Album, running: Running, event: Event, place: Place) -> None:
    wall, moderator = place.links[Role.SCREEN], place.links[Role.MODERATOR]
    shown_last(running, event)
    for name, size in (("", HD), ("-4K", UHD), ("-upright", UPRIGHT), ("-4-to-3", OLD), ("-wide", WIDE)):
        album.take(f"wall{name}", wall, size)
    album.take("wall-on-a-phone", wall, PHONE, device_scale_factor=2)
    album.take("wall-offline", wall, HD, loses_its_server)
    given = running.do(give_link, event.id, Role.MODERATOR, at=datetime.now(UTC), label="Asha")
    busy_desk(running, event, Actor("Asha", given.access.id))
    album.take("desk", moderator, LAPTOP)
    album.take("desk-dark", moderator, LAPTOP, color_scheme="dark")
    album.take("desk-on-a-phone", moderator, PHONE, device_scale_factor=2)
    album.take("desk-offline", moderator, LAPTOP, loses_its_server)
    album.take("desk-keys", moderator, LAPTOP, lambda page: page.keyboard.press("?"))
    album.take("setup", place.links[Role.OWNER], LAPTOP)
    album.take("setup-on-a-phone", place.links[Role.OWNER], PHONE, device_scale_factor=2)
    for name, path in (("rules", "setup/rules"), ("watch", "setup/watch"), ("figures", "figures"), ("log", "log")):
        album.take(name, place.links[Role.OWNER], LAPTOP, lambda page, path=path: page.goto(place.path(path)))
    for state in (WallState.PAUSED, WallState.BLANK, WallState.LIVE):
        running.do(set_wall_state, event.id, state, by=HOST, at=datetime.now(UTC))
        if state is not WallState.LIVE:
            album.take(f"wall-{state}", wall, HD)
            album.take(f"desk-{state}", moderator, LAPTOP)
            album.take(f"stage-wall-{state}", place.links[Role.SPEAKER], TABLET)
    ids = running.do(lambda db: ranked_ids(db, db.get_one(Event, event.id), ("open",), 10))  # type: ignore[arg-type]
    running.do(bring_on_stage, ids[0], by=HOST, at=datetime.now(UTC))
    album.take("wall-question", wall, HD)
    album.take("wall-question-upright", wall, UPRIGHT)
    for name, size in (("stage", TABLET), ("stage-on-a-phone", PHONE), ("stage-phone-lying", LYING)):
        album.take(name, place.links[Role.SPEAKER], size, has_touch=True)
    album.take("stage-offline", place.links[Role.SPEAKER], TABLET, loses_its_server)
    album.take("floor", place.floor, PHONE, device_scale_factor=2)
    album.take("floor-dark", place.floor, PHONE, device_scale_factor=2, color_scheme="dark")
    album.take("floor-written", place.floor, PHONE, writes, device_scale_factor=2)
    album.take("floor-sent", place.floor, PHONE, sends, device_scale_factor=2)
    album.take("floor-offline", place.floor, PHONE, loses_its_server, device_scale_factor=2)
    album.take("floor-narrow", place.floor, (320, 844), device_scale_factor=2)


def group(picture: Path) -> str:
    first = picture.stem.partition("-")[0]
    return first if first in HIGH else "setup"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="keep every picture there")
    wanted = parser.parse_args().all
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        folder = wanted or Path(data) / "pictures"
        for one in (folder, OUT):
            one.mkdir(parents=True, exist_ok=True)
        settings = Settings(
            _env_file=None,
            data_dir=Path(data),
            secret_key="only-for-pictures-7fQ2xW9cLr4Tz0bVk3",
            short_url="closer.example",
        )  # type: ignore[call-arg]
        threaded = ThreadedServer(settings)
        running = threaded.start()
        event, links = threaded._on_loop(furnish_demo(threaded))
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        album = Album(browser, folder)
        small = Place({role: running.link(role) for role in Role}, running.floor)
        empty_screens(album, small)
        odd_screens(album, running, small)
        full_screens(album, running, event, Place(links, f"{settings.public_url}/e/{event.slug}"))
        for picture in (one for one in album.taken if one.stem in README):
            (OUT / picture.name).write_bytes(picture.read_bytes())
        by_screen = {name: [one for one in album.taken if group(one) == name] for name in HIGH}
        sheet(browser, by_screen, HIGH, OUT / "sheet.webp")
        browser.close()
        threaded.stop()


if __name__ == "__main__":
    main()
