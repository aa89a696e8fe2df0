"""What a remote tells of its walls."""

from dataclasses import dataclass

from sqlmodel import Session

from app.domain.event import Event
from app.domain.scene import Announcement, Scene
from app.domain.talk import Talk
from app.queries.programme import talk_coming, talk_now
from app.queries.questions import QuestionCard, on_stage, whose_turn
from app.queries.rooms import whereabouts
from app.queries.scenes import announced_now, choice, has_programme, shown_by, sponsors


@dataclass(frozen=True, slots=True)
class OnRemote:
    """What the walls of a room show, and whether a hand chose it; what else there is to be shown."""

    scene: Scene
    room_id: int
    """0 where it is of all rooms."""
    chosen: str
    """By hand, as it is kept; '' where the programme decides."""
    elsewhere: bool
    """It was chosen for all rooms, so it is taken back there."""
    programme_runs: bool
    announced: Announcement | None
    now: Talk | None
    coming: Talk | None
    sponsors: bool
    programme: bool


def on_remote(db: Session, event: Event, room_id: int | None = None) -> OnRemote:
    showing, by_hand = choice(db, event, room_id)
    room = whereabouts(db, event, room_id).room
    return OnRemote(
        shown_by(db, event, showing, room_id).scene,
        room.id if room is not None else 0,
        chosen=str(showing) if by_hand else "",
        elsewhere=by_hand and room is not None and room.chosen is None,
        programme_runs=event.runs_walls,
        announced=announced_now(db, event),
        now=talk_now(db, event, room_id),
        coming=talk_coming(db, event, room_id),
        sponsors=bool(sponsors(db, event)),
        programme=has_programme(db, event, room_id),
    )


@dataclass(frozen=True, slots=True)
class RemoteStage:
    """The question on stage, and the one that the next tap brings there."""

    card: QuestionCard | None
    following: QuestionCard | None


def on_remote_stage(db: Session, event: Event, room_id: int | None = None) -> RemoteStage:
    return RemoteStage(on_stage(db, event, room_id), whose_turn(db, event, room_id))
