"""Every screen in every state, as pictures: empty, one post, hostile, full, in hand, huge, offline, frozen, blank."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from app.actions.arrivals import receive
from app.actions.links import give_link
from app.actions.questions import bring_on_stage, make_question, mark_answered
from app.actions.red_buttons import clear_wall, set_wall_state
from app.actions.seats_and_claims import take_seat
from app.actions.verdicts import approve
from app.demo.playing import HOST
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event, WallState
from app.domain.incoming import Byline, Incoming
from app.queries.questions import ranked_ids
from bench.sheet import shot
from tests.browser.wall_contents import SENTENCE, STACKED, hostile, long_frame, one_long, one_short, one_too_long
from tests.running import Running

Size = tuple[int, int]
Act = Callable[[Page], Any]
HD, UHD, UPRIGHT, OLD, WIDE = (1920, 1080), (3840, 2160), (1080, 1920), (1024, 768), (2560, 1080)
TABLET, TABLET_UP, PHONE, LAPTOP, LYING = (1180, 820), (820, 1180), (390, 844), (1440, 900), (844, 390)
SCREENS: dict[str, tuple[Role | None, Size, Size]] = {
    "wall": (Role.SCREEN, HD, UPRIGHT),
    "desk": (Role.MODERATOR, LAPTOP, TABLET_UP),
    "stage": (Role.SPEAKER, TABLET, TABLET_UP),
    "floor": (None, PHONE, TABLET_UP),
    "setup": (Role.OWNER, LAPTOP, TABLET_UP),
}
"""Who opens each, how large it is as a rule, and upright."""
STILL = """() => document.fonts.status === 'loaded'
  && [...document.images].every((image) => image.complete || image.loading === 'lazy')
  && document.getAnimations().every((one) => one.playState !== 'running' || one.effect.getTiming().iterations > 9)
"""


@dataclass
class Album:
    """The pictures, in the order in which they were taken."""

    browser: Browser
    folder: Path
    taken: list[Path] = field(default_factory=list)

    def take(self, name: str, url: str, size: Size, act: Act | None = None, **options: Any) -> None:
        if min(size) <= PHONE[0]:
            options = {"device_scale_factor": 2, "has_touch": True, **options}
        page = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **options).new_page()
        page.goto(url)
        page.wait_for_selector('body[data-connection="up"], body:not([data-connection]), body:not(:has(#live))')
        if act:
            act(page)
        page.wait_for_timeout(700)
        page.wait_for_function(STILL)
        picture = self.folder / f"{name}.webp"
        picture.write_bytes(shot(page, quality=86))
        self.taken.append(picture)
        page.context.close()
        print(name)


@dataclass(frozen=True)
class Place:
    """Where the screens of one event are."""

    running: Running
    event: Event
    links: dict[Role, str]
    floor: str

    def url(self, role: Role | None) -> str:
        return self.links[role] if role else self.floor

    def do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return self.running.do(verb, *args, by=HOST, at=datetime.now(UTC), **kwargs)

    def clear(self) -> None:
        self.do(clear_wall, self.event.id)

    def show(self, state: WallState) -> None:
        self.do(set_wall_state, self.event.id, state)

    def says(self, ref: str, text: str, name: str = "Nia Rees", source: str = "x") -> int:
        """A post that waits."""
        at = datetime.now(UTC)
        post = Incoming(source, ref, Byline(f"by_{ref}", name), text, at)
        return int(self.running.do(receive, self.event.id, post, at=at).post_id)

    def asks(self, ref: str, text: str, name: str = "Nia Rees") -> int:
        post_id = self.says(ref, text, name, "floor")
        self.do(approve, post_id)
        return int(self.do(make_question, post_id).id)


def every_screen(
    album: Album, place: Place, state: str, act: Act | None = None, *, only: Iterable[str] = SCREENS
) -> None:
    for name in only:
        role, size, _ = SCREENS[name]
        album.take(f"{name}-{state}", place.url(role), size, act)


def loses_its_server(page: Page) -> None:
    page.context.set_offline(True)
    is_away(page, "down")


def is_away(page: Page, connection: str) -> None:
    page.evaluate(
        """(connection) => {
          document.body.dataset.connection = connection;
          document.dispatchEvent(new CustomEvent('live:state', { detail: connection }));
        }""",
        connection,
    )


def writes(page: Page) -> None:
    page.fill("#text", "Who answers the telephone at four in the morning?")
    page.fill("#name", "Ida from bed 4")


def sends(page: Page) -> None:
    page.goto(f"{page.url.rstrip('/')}/r/lifeboat-hall")  # a phone says first where it is
    writes(page)
    page.click("#send .button")
    page.wait_for_selector("#mine .own")


def young_event(album: Album, place: Place) -> None:
    """Nothing, one post, one long post, one that finds no room, long names, and what would spoil a screen."""
    running, wall = place.running, place.links[Role.SCREEN]
    every_screen(album, place, "empty")
    album.take("wall-empty-upright", wall, UPRIGHT)
    one_short(running)
    every_screen(album, place, "one-post", only=("wall", "floor"))
    album.take("wall-one-post-upright", wall, UPRIGHT)
    place.says("waits", "Good morning from the night shift. Which of you will be there at 3am?")
    place.asks("asks", "Who looks after the carers?")
    every_screen(album, place, "one-post", only=("desk", "stage", "setup"))
    for name, content in (("one-long-post", one_long), ("one-without-room", one_too_long)):
        place.clear()
        content(running)
        album.take(f"wall-{name}", wall, HD)
    place.clear()
    hostile(running)
    every_screen(album, place, "hostile", only=("wall",))
    place.says("stacked", "Hello from row two", STACKED)
    place.says("wide", "unbroken" * 60, "W" * 60)
    place.says("tall", "Look" + "\n" * 180 + "down", "\ufdfd" * 40)
    place.asks("endless", (SENTENCE * 6)[:500], "W" * 60)
    place.asks("marks", "𒐫" * 60 + STACKED * 4, "مستخدم " * 8)
    every_screen(album, place, "hostile", only=("desk", "stage", "floor", "setup"))
    place.do(bring_on_stage, on := place.asks("on", ("unbroken" * 70)[:500], STACKED))
    every_screen(album, place, "hostile-question", only=("wall", "stage", "floor"))
    place.do(mark_answered, on)
    place.clear()
    long_frame(running)
    every_screen(album, place, "long-names")
    album.take("wall-long-names-4-to-3", wall, OLD)


def busy_event(album: Album, place: Place) -> None:
    running, event = place.running, place.event
    wall, moderator, speaker, owner = (
        place.links[role] for role in (Role.SCREEN, Role.MODERATOR, Role.SPEAKER, Role.OWNER)
    )
    given = running.do(give_link, event.id, Role.MODERATOR, at=datetime.now(UTC), label="Asha")
    busy_desk(place, Actor("Asha", given.access.id))
    for name, (role, size, upright) in SCREENS.items():
        if name != "stage":
            album.take(name, place.url(role), size)
        for state, other in (("upright", upright), ("4K", UHD), ("on-a-phone", PHONE)):
            # Who works at such a screen has it twice as large.
            twice = {"device_scale_factor": 2} if state == "4K" and name != "wall" else {}
            if other != size:
                album.take(f"{name}-{state}", place.url(role), HD if twice else other, **twice)
    for name, size in (("4-to-3", OLD), ("wide", WIDE)):
        album.take(f"wall-{name}", wall, size)
    every_screen(album, place, "offline", loses_its_server)
    album.take("wall-slower", wall, HD, lambda page: is_away(page, "slow"))
    for state in (WallState.PAUSED, WallState.BLANK):
        place.show(state)
        every_screen(album, place, state.value)
    place.show(WallState.LIVE)
    album.take("desk-dark", moderator, LAPTOP, color_scheme="dark")
    album.take("desk-keys", moderator, LAPTOP, lambda page: page.keyboard.press("?"))
    for name, path in (("rules", "setup/rules"), ("watch", "setup/watch"), ("figures", "figures"), ("log", "log")):
        album.take(name, owner, LAPTOP, lambda page, path=path: page.goto(f"{place.floor}/{path}"))
    ids = running.do(lambda db: ranked_ids(db, db.get_one(Event, event.id), ("open",), 10))
    place.do(bring_on_stage, ids[0])
    album.take("wall-question", wall, HD)
    album.take("wall-question-upright", wall, UPRIGHT)
    for name, size in (("stage", TABLET), ("stage-question-on-a-phone", PHONE), ("stage-phone-lying", LYING)):
        album.take(name, speaker, size)
    for name, act in (("written", writes), ("sent", sends)):
        album.take(f"floor-{name}", place.floor, PHONE, act)
    every_screen(album, place, "slower", lambda page: is_away(page, "slow"), only=("desk", "stage", "floor"))
    album.take("floor-dark", place.floor, PHONE, color_scheme="dark")
    album.take("floor-narrow", place.floor, (320, 844))


def busy_desk(place: Place, asha: Actor) -> None:
    """What a team meets on a busy day: a wave of copies, somebody in need, personal data, a colleague at work."""
    place.says("robin", "I do not want to be here any more, I keep thinking of ending my life", "Robin Ashdown")
    kit = "My patient Edith Quillfeather in bed 4, NHS number 999 012 3456, was so brave today"
    place.says("kit", kit, "Kit Marlowe-Hughes")
    for number in range(8):
        win = "WIN a free holiday for tired nurses now!!! https://win.example/now"
        place.says(f"winner{number}", win, f"Winner {number}")
    looked = place.says("mo", "Which of you will be there at 3am?", "Mo Farrant")
    place.running.do(take_seat, place.event.id, "tab of Asha", looked, by=asha, at=datetime.now(UTC))
