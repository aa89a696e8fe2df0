"""Takes the pictures of the screens in docs/screens, at their real sizes, from the demo: `bin/bench screenshots`."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from sqlmodel import Session, col, select

from app.actions.access import give_link
from app.actions.arrivals import receive
from app.actions.questions import bring_on_stage
from app.actions.seats import take_seat
from app.actions.verdicts import approve, reject
from app.demo.playing import HOST, make_demo, open_the_doors
from app.domain.decision import Actor
from app.domain.event import Event, Role
from app.domain.incoming import Byline, Incoming
from app.domain.post import Post
from app.queries.questions import ranked_ids
from app.settings import Settings
from app.views.role_links import link_url
from tests.browser.conftest import QUIET, SIZES, chromium
from tests.running import Running, ThreadedServer

OUT = Path(__file__).resolve().parent.parent / "docs" / "screens"
PICTURES = 6


async def furnish_demo(threaded: ThreadedServer) -> tuple[Event, dict[Role, str]]:
    doors = threaded.app.state.context.backchannel
    event = await make_demo(doors, at=datetime.now(UTC))
    await open_the_doors(doors, event.id, now=lambda: datetime.now(UTC))
    links = {role: await doors.do(give_link, event.id, role, at=datetime.now(UTC)) for role in Role}
    return event, {role: link_url(threaded.settings.public_url, event.slug, link) for role, link in links.items()}


def opened(browser: Browser, role: Role | None, url: str, **more: Any) -> Page:
    page = browser.new_context(**{"viewport": SIZES[role], **more}).new_page()
    page.goto(url)
    page.wait_for_selector('body[data-connection="up"]')
    page.wait_for_timeout(900)
    return page


def take(page: Page, name: str) -> None:
    page.wait_for_timeout(700)
    page.screenshot(path=str(OUT / f"{name}.png"))
    print(name)


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


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        settings = Settings(
            _env_file=None,
            data_dir=Path(data),
            secret_key="shots-7fQ2xW9cLr4Tz0bVk3Hn8sYd6Jm",
            short_url="closer.example",
        )  # type: ignore[call-arg]
        threaded = ThreadedServer(settings)
        running = threaded.start()
        event, links = threaded._on_loop(furnish_demo(threaded))
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        shown_last(running, event)
        wall = opened(browser, Role.SCREEN, links[Role.SCREEN])
        take(wall, "wall")
        given = running.do(give_link, event.id, Role.MODERATOR, at=datetime.now(UTC), label="Asha")
        busy_desk(running, event, Actor("Asha", given.access.id))
        take(opened(browser, Role.MODERATOR, links[Role.MODERATOR]), "desk")
        take(opened(browser, Role.MODERATOR, links[Role.MODERATOR], color_scheme="dark"), "desk-dark")
        setup = opened(browser, Role.OWNER, links[Role.OWNER])
        take(setup, "setup")
        for name, path in (("rules", "setup/rules"), ("figures", "figures"), ("log", "log")):
            setup.goto(f"{settings.public_url}/e/{event.slug}/{path}")
            take(setup, name)
        ids = running.do(lambda db: ranked_ids(db, db.get_one(Event, event.id), ("open",), 10))  # type: ignore[arg-type]
        running.do(bring_on_stage, ids[0], by=HOST, at=datetime.now(UTC))
        wall.wait_for_timeout(900)
        take(wall, "wall-question")
        take(opened(browser, Role.SPEAKER, links[Role.SPEAKER], has_touch=True), "stage")
        take(opened(browser, None, f"{settings.public_url}/e/{event.slug}", device_scale_factor=2), "floor")
        browser.close()
        threaded.stop()


if __name__ == "__main__":
    main()
