"""The parts of a wall that follow its scene: the scene itself, the question on stage, the band below."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup
from sqlmodel import Session

from app.domain.event import Event
from app.domain.scene import Announcement, Scene, Sponsor, read_showing
from app.domain.subject import Subject
from app.queries import scenes
from app.queries.change_log import Changes
from app.queries.questions import on_stage_and_next
from app.queries.rooms import whereabouts
from app.queries.screens import on_screen, screen_by_id
from app.views.listings import Addresses
from app.views.parts import Single

CHANGE_SCENES = frozenset(
    {
        Subject.ACCESS,
        Subject.SCENE,
        Subject.ANNOUNCEMENT,
        Subject.SPONSOR,
        Subject.EVENT,
        Subject.TALK,
        Subject.QUESTION,
    }
)
"""Lines after which another scene may be in force. What befalls the post of a question is told of the question."""
PLACES = {
    Scene.FEED: "none",
    Scene.QUESTION: "stage",
    Scene.SPOTLIGHT: "framed",
    Scene.QUESTIONS: "framed",
}
"""Where a scene stands: beside the frame, or all over the wall. Feed and question have places of their own."""


@dataclass(frozen=True, slots=True)
class SceneShown:
    """A scene as its template gets it: its content, where it stands and how to join."""

    on: scenes.OnWall
    place: str
    join_short: str
    qr: Callable[[], Markup]


@dataclass(frozen=True, slots=True)
class Band:
    """What stands below any scene: an announcement, else the sponsors if they are wanted there."""

    announcement: Announcement | None
    sponsors: tuple[Sponsor, ...]


def scene(addresses: Addresses) -> Single:
    def shown(db: Session, event: Event, on: scenes.OnWall, room_id: int | None) -> SceneShown:
        room, place = whereabouts(db, event, room_id).room, PLACES.get(on.scene, "full")
        return SceneShown(on, place, addresses.join_short(event, room), lambda: addresses.qr(event, room))

    def load(db: Session, event: Event, room_id: int | None = None) -> SceneShown:
        return shown(db, event, scenes.on_wall(db, event, room_id), room_id)

    def of_screen(db: Session, event: Event, screen_id: int) -> SceneShown:
        screen = screen_by_id(db, event, screen_id)
        return shown(db, event, on_screen(db, event, screen), screen.room_id) if screen else load(db, event)

    return Single(
        "scene",
        "parts/wall_scene.html",
        "scene",
        CHANGE_SCENES | {Subject.POST, Subject.AUTHOR},
        load,
        concerns=concerns_scene,
        in_room=lambda room_id: partial(load, room_id=room_id),
        on_screen=lambda screen_id: partial(of_screen, screen_id=screen_id),
    )


def staged() -> Single:
    """The question on stage, with its votes and who is next."""
    subjects = frozenset({Subject.QUESTION, Subject.AUTHOR, Subject.TALK})
    return Single(
        "onstage",
        "parts/onstage.html",
        "onstage",
        subjects,
        on_stage_and_next,
        in_room=lambda room_id: partial(on_stage_and_next, room_id=room_id),
    )


def band() -> Single:
    def load(db: Session, event: Event) -> Band:
        announced = scenes.announced_now(db, event)
        beside = announced is not None and not announced.whole
        strip = event.sponsor_strip and not beside
        return Band(announced if beside else None, scenes.sponsors(db, event) if strip else ())

    subjects = frozenset({Subject.ANNOUNCEMENT, Subject.SPONSOR, Subject.EVENT})
    return Single("band", "parts/wall_band.html", "band", subjects, load)


def concerns_scene(event: Event, changes: Changes) -> bool:
    """Whether lines concern the scene: most posts and authors are on none."""
    if any(changes.of(one) for one in CHANGE_SCENES):
        return True
    chosen = event.chosen or (read_showing(event.due) if event.runs_walls else None)
    if chosen is None:
        return False
    if chosen.scene is Scene.SPOTLIGHT:
        return bool(changes.of(Subject.AUTHOR)) or chosen.post_id in changes.of(Subject.POST)
    return chosen.scene in {Scene.QUESTION, Scene.QUESTIONS} and bool(changes.of(Subject.AUTHOR))
