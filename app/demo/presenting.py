"""The demo's desk works the walls: a scene now and then, and back to the posts, for ever."""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

from sqlmodel import Session

from app.actions.events import Refused
from app.actions.links import give_link
from app.actions.scenes import announce, show_scene
from app.actions.sponsors import add_sponsor
from app.demo.playing import HOST
from app.domain.access import Role
from app.domain.event import Event
from app.domain.scene import Scene, Showing
from app.domain.screen_kind import ScreenKind
from app.queries.posts import shown_ids
from app.queries.rooms import rooms
from app.sources.replay import Now, Sleep
from app.store.doors import Backchannel

SPONSORS = {
    "saltmere-trust": "Saltmere Trust",
    "kettle-on": "Kettle On",
    "night-bus": "The Night Bus",
    "harbour-listening": "Harbour Listening",
}
"""Nobody's: their marks are drawn by us."""
WORDS = (
    "Lunch is served upstairs, in the Winter Garden",
    "Please keep the doors to the sea free",
    "Coats and a quiet room: ground floor, behind the kettles",
)
TURNS = (
    Scene.SPOTLIGHT, Scene.QUESTIONS, Scene.ANNOUNCEMENT, Scene.NOW_AND_NEXT, Scene.SPONSORS, Scene.COUNTDOWN,
    Scene.JOIN,
)  # fmt: skip
TURN, POSTS_BETWEEN = 25.0, 80.0
"""Seconds of a scene, and of the posts between two."""


async def thank_sponsors(backchannel: Backchannel, event_id: int, *, now: Now) -> None:
    for mark, name in SPONSORS.items():
        drawing = (Path(__file__).parent / "sponsors" / f"{mark}.svg").read_bytes()
        await backchannel.do(add_sponsor, event_id, name, kind="image/svg+xml", content=drawing, by=HOST, at=now())


async def hang_screens(backchannel: Backchannel, event_id: int, *, now: Now) -> None:
    """Beside the projector: one for questions in the first room, and one for whom that room is too small."""
    first = next(iter(await backchannel.ask(rooms, event_id)), None)
    for label, may_show in (("Beside the stage", ScreenKind.QUESTIONS), ("Overflow, upstairs", ScreenKind.OVERFLOW)):
        await backchannel.do(
            give_link,
            event_id,
            Role.SCREEN,
            label=label,
            room_id=first.id if first else None,
            may_show=may_show,
            by=HOST,
            at=now(),
        )


async def present_for_ever(backchannel: Backchannel, event_id: int, *, now: Now, sleep: Sleep) -> None:
    """A scene, the posts, the next scene. What a visitor chose by hand stays as long as they leave it."""
    turns, words = cycle(TURNS), cycle(WORDS)
    while True:
        await sleep(POSTS_BETWEEN)
        if await backchannel.ask(_chosen, event_id):
            continue
        scene = next(turns)
        if scene is Scene.ANNOUNCEMENT:
            until = now() + timedelta(seconds=2 * TURN)
            await backchannel.do(announce, event_id, next(words), until=until, by=HOST, at=now())
            continue
        showing = await backchannel.ask(_showing, event_id, scene, now() + timedelta(minutes=5))
        with suppress(Refused):
            await backchannel.do(show_scene, event_id, showing, by=HOST, at=now())
        await sleep(TURN)
        if await backchannel.ask(_chosen, event_id) == str(showing):
            await backchannel.do(show_scene, event_id, None, by=HOST, at=now())


def _showing(db: Session, event_id: int, scene: Scene, until: datetime) -> Showing:
    newest = shown_ids(db, db.get_one(Event, event_id), 1)
    return Showing(scene, post_id=newest[0] if newest else 0, until=until.replace(microsecond=0))


def _chosen(db: Session, event_id: int) -> str:
    """What was chosen by hand; '' while the programme decides."""
    chosen = db.get_one(Event, event_id).chosen
    return str(chosen) if chosen else ""
