"""What the walls show is chosen by taps, which may come late: what others chose meanwhile stands."""

from datetime import datetime, timedelta

from sqlmodel import Session

from app.actions.events import Refused
from app.actions.red_buttons import set_wall_state
from app.actions.scenes import NOTHING, announce, end_announcement, show_scene
from app.actions.taps import MovedOn, settle_once
from app.domain.decision import Actor, Decision
from app.domain.event import WallState
from app.domain.scene import PROGRAMME, Showing
from app.domain.subject import Subject
from app.domain.tap import Tap
from app.queries.scenes import announced_now
from app.queries.taps import done_meanwhile


def show_by_tap(
    db: Session, event_id: int, tap: Tap, showing: Showing | None, *, room_id: int | None, by: Actor, at: datetime
) -> Decision | None:
    """Show a scene, unless others chose one for the same walls meanwhile. Raises SettledBefore, MovedOn, Refused."""
    settle_once(db, event_id, tap, at=at)
    chosen = [(Subject.SCENE, event_id), *([(Subject.ROOM_SCENE, room_id)] if room_id else [])]
    for subject, subject_id in chosen:
        other = done_meanwhile(db, event_id, tap, subject, [subject_id])
        if other is not None and other.after != str(showing or PROGRAMME):
            raise MovedOn(other)
    return show_scene(db, event_id, showing, by=by, at=at, room_id=room_id)


def set_wall_state_by_tap(
    db: Session, event_id: int, tap: Tap, state: WallState, *, by: Actor, at: datetime
) -> Decision | None:
    """Blank the walls, pause or show them. Raises as `show_by_tap` does.

    Blanking is for what must not be seen: it yields only to whoever has seen that and shows the walls again.
    """
    event = settle_once(db, event_id, tap, at=at)
    if event.wall_state is state:
        return None
    other = done_meanwhile(db, event_id, tap, Subject.EVENT, [event_id])
    if other is not None and (state is not WallState.BLANK or other.before == WallState.BLANK):
        raise MovedOn(other)
    return set_wall_state(db, event_id, state, by=by, at=at)


def announce_by_tap(
    db: Session, event_id: int, tap: Tap, text: str, *, lasts: timedelta, by: Actor, at: datetime
) -> Decision | None:
    """Announce something for so long since it was tapped; None if it is announced. Raises as `show_by_tap` does."""
    event = settle_once(db, event_id, tap, at=at)
    announced = announced_now(db, event)
    if announced is not None and announced.text == " ".join(text.split()):
        return None
    other = done_meanwhile(db, event_id, tap, Subject.ANNOUNCEMENT, [event_id])
    if other is not None and other.after != NOTHING:
        raise MovedOn(other)
    if tap.waited >= lasts:
        raise Refused("“%(words)s” was not announced: its time is over.", words=text)
    return announce(db, event_id, text, until=at + lasts - tap.waited, by=by, at=at)


def end_announcement_by_tap(db: Session, event_id: int, tap: Tap, *, by: Actor, at: datetime) -> Decision | None:
    """Take down what was announced; what others announced meanwhile stays. Raises as `show_by_tap` does."""
    event = settle_once(db, event_id, tap, at=at)
    if event.announcement_id is None:
        return None
    if other := done_meanwhile(db, event_id, tap, Subject.ANNOUNCEMENT, [event_id]):
        raise MovedOn(other)
    return end_announcement(db, event_id, by=by, at=at)
