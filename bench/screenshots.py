"""Takes pictures of every screen in every state, and puts them on one sheet: `bin/screens [--all | --scenes FOLDER]`.

The sheet and the pictures of the README go to docs/screens; all of them in full size to FOLDER, to be looked at.
"""

import argparse
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright
from sqlmodel import Session, col, select

from app.actions.links import give_link
from app.actions.verdicts import approve, reject
from app.demo.playing import HOST, make_demo, open_the_doors
from app.demo.weekly_chat import make_series
from app.domain.access import Role
from app.domain.event import Event
from app.domain.post import Post
from app.domain.series import Series
from app.queries.unread import to_read
from app.settings import Settings
from app.views.link_urls import link_url
from bench.reading_pages import chats, reading
from bench.scene_pictures import picture_scenes
from bench.screen_pages import home, pages
from bench.screen_states import Album, Place, busy_event, young_event
from bench.sheet import sheet
from tests.browser.conftest import QUIET, chromium
from tests.running import Running, ThreadedServer
from tests.until import until_now

OUT = Path(__file__).resolve().parent.parent / "docs" / "screens"
PICTURES = 6
PATIENCE_FOR_READING = 600.0
README = {"wall", "wall-question", "desk", "stage", "floor", "setup", "rules", "log", "home"}
HIGH = {"wall": 250, "stage": 300, "floor": 420, "desk": 300, "setup": 300, "home": 300, "reading": 300, "chats": 300}
"""How high a picture of each screen is on the sheet."""


async def furnish_demo(threaded: ThreadedServer) -> tuple[Event, dict[Role, str], tuple[Series, Series]]:
    doors = threaded.app.state.context.backchannel
    event = await make_demo(doors, at=datetime.now(UTC))
    await open_the_doors(doors, event.id, now=lambda: datetime.now(UTC))
    links = {role: await doors.do(give_link, event.id, role, at=datetime.now(UTC)) for role in Role}
    urls = {role: link_url(threaded.settings.public_url, event.slug, link) for role, link in links.items()}
    return event, urls, await make_series(doors, at=datetime.now(UTC))


def has_been_read(db: Session) -> bool:
    """Whether the reader is there and has read whatever stands on a desk."""
    return all(event.has_reader for event in db.exec(select(Event))) and not to_read(db, 1)


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


def group(picture: Path) -> str:
    first = picture.stem.partition("-")[0]
    return first if first in HIGH else "setup"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="keep every picture there")
    parser.add_argument("--scenes", type=Path, metavar="FOLDER", help="only the scenes of the wall; keep them there")
    asked = parser.parse_args()
    wanted = asked.all or asked.scenes
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        folder = wanted or Path(data) / "taken"  # not where the server itself keeps pictures, and forgets them
        for one in (folder, OUT):
            one.mkdir(parents=True, exist_ok=True)
        settings = Settings(
            _env_file=None,
            data_dir=Path(data),
            secret_key="only-for-pictures-7fQ2xW9cLr4Tz0bVk3",
            short_url="closer.example",
            reader=True,
        )  # type: ignore[call-arg]
        threaded = ThreadedServer(settings)
        running = threaded.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        if asked.scenes:
            picture_scenes(browser, threaded, running, folder, OUT / "scenes.webp")
            browser.close()
            threaded.stop()
            return
        event, links, series = threaded._on_loop(furnish_demo(threaded))
        album = Album(browser, folder)
        young = Place(running, running.event, {role: running.link(role) for role in Role}, running.floor)
        young_event(album, young)
        shown_last(running, event)
        until_now(lambda: running.do(has_been_read), PATIENCE_FOR_READING)
        busy = Place(running, event, links, f"{settings.public_url}/e/{event.slug}")
        busy_event(album, busy)
        home(album, young)
        reading(album, busy)
        chats(album, running, *series)
        pages(album, busy)
        for picture in (one for one in album.taken if one.stem in README):
            (OUT / picture.name).write_bytes(picture.read_bytes())
        by_screen = {name: [one for one in album.taken if group(one) == name] for name in HIGH}
        sheet(browser, by_screen, HIGH, OUT / "sheet.webp")
        browser.close()
        threaded.stop()


if __name__ == "__main__":
    main()
