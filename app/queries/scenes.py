"""What a wall shows: the scene in force with all that its template needs."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.post import Post
from app.domain.question import QuestionState
from app.domain.room import Room
from app.domain.scene import (
    Announcement,
    CountsTo,
    Present,
    Scene,
    Showing,
    Sponsor,
    SponsorLogo,
    read_showing,
    scene_in_force,
)
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.posts import Card, shown_cards
from app.queries.programme import talk_now, talks_to_come
from app.queries.questions import QuestionCard, on_stage, question_cards, ranked_ids
from app.queries.rooms import whereabouts

TOP = 5
"""Questions of the scene of questions."""
TO_COME = 4
"""Talks of the scene of what is now and next."""


@dataclass(frozen=True, slots=True)
class Counting:
    """What a countdown runs to: when, and of which Talk."""

    until: datetime
    to: CountsTo
    talk: Talk | None = None


@dataclass(frozen=True, slots=True)
class OnWall:
    """The scene that walls show now, and its content; what belongs to other scenes is not there."""

    scene: Scene
    chosen: Showing
    card: Card | None = None
    questions: tuple[QuestionCard, ...] = ()
    now: Talk | None = None
    to_come: tuple[Talk, ...] = ()
    announcement: Announcement | None = None
    sponsors: tuple[Sponsor, ...] = ()
    counting: Counting | None = None


def scene_of(db: Session, event: Event) -> Scene:
    """The scene that the walls of an Event show."""
    return on_wall(db, event).scene


def on_wall(db: Session, event: Event, room_id: int | None = None) -> OnWall:
    """What the walls of an Event, or of a room, show."""
    chosen, _ = choice(db, event, room_id)
    return shown_by(db, event, chosen, room_id)


def choice(db: Session, event: Event, room_id: int | None = None) -> tuple[Showing | None, bool]:
    """What is to be shown in a room, and whether somebody chose it: a room's own goes before the Event's.

    Where nobody did the programme decides, and gives way to a question that somebody brings on stage.
    """
    here = whereabouts(db, event, room_id)
    chosen = (here.room.chosen if here.room else None) or event.chosen
    if chosen is not None:
        return chosen, True
    due = read_showing(here.place.due) if event.runs_walls else None
    if due is not None and on_stage(db, event, room_id) is not None:
        return Showing(Scene.QUESTION), False
    return due, False


def own_showing(db: Session, event: Event, room_id: int | None = None) -> str:
    """What was chosen here, as it is kept: in a room, or for all of them."""
    return whereabouts(db, event, room_id).place.showing


def shown_by(db: Session, event: Event, chosen: Showing | None, room_id: int | None = None) -> OnWall:
    """What a screen of the Event, in a room or for all of them, shows for which `chosen` was chosen."""
    wanted = chosen or Showing()
    post_id = wanted.post_id if wanted.scene is Scene.SPOTLIGHT else 0
    announced = announced_now(db, event)
    counting = counting_to(db, event, wanted)
    helpers = sponsors(db, event) if wanted.scene is Scene.SPONSORS else ()
    spotlit = bool(post_id) and is_shown(db, event, post_id)
    scene = scene_in_force(
        chosen,
        Present(
            question=on_stage(db, event, room_id) is not None,
            spotlit=spotlit,
            announced=announced is not None,
            whole=announced is not None and announced.whole,
            counting=counting is not None,
            sponsors=bool(helpers),
            programme=wanted.scene is Scene.NOW_AND_NEXT and has_programme(db, event, room_id),
        ),
    )
    return OnWall(
        scene,
        wanted,
        card=shown_cards(db, [post_id])[post_id] if scene is Scene.SPOTLIGHT else None,
        questions=top_questions(db, event, room_id) if scene is Scene.QUESTIONS else (),
        now=talk_now(db, event, room_id) if scene in _OF_THE_PROGRAMME else None,
        to_come=talks_to_come(db, event, TO_COME, room_id) if scene in _OF_THE_PROGRAMME else (),
        announcement=announced if scene is Scene.ANNOUNCEMENT else None,
        sponsors=helpers if scene is Scene.SPONSORS else (),
        counting=counting if scene is Scene.COUNTDOWN else None,
    )


_OF_THE_PROGRAMME = {Scene.NOW_AND_NEXT, Scene.COUNTDOWN}


def is_shown(db: Session, event: Event, post_id: int) -> bool:
    """Whether walls may show a post: it is approved, and they were not cleared since."""
    post = db.get(Post, post_id)
    if post is None or post.event_id != event.id or post.verdict is not Verdict.APPROVED:
        return False
    return (post.wall_cursor or 0) > event.cleared_at


def has_programme(db: Session, event: Event, room_id: int | None = None) -> bool:
    """Whether something of the programme runs or comes."""
    return talk_now(db, event, room_id) is not None or bool(talks_to_come(db, event, 1, room_id))


def announced_now(db: Session, event: Event) -> Announcement | None:
    return db.get(Announcement, event.announcement_id) if event.announcement_id is not None else None


def sponsors(db: Session, event: Event) -> tuple[Sponsor, ...]:
    return tuple(db.exec(select(Sponsor).where(Sponsor.event_id == event.id).order_by(col(Sponsor.id))))


def sponsor_logo(db: Session, event_id: int, key: str) -> SponsorLogo | None:
    return db.get(SponsorLogo, (key, event_id))


def counting_to(db: Session, event: Event, chosen: Showing) -> Counting | None:
    """When a countdown ends, as the programme has it by now; None where there is none."""
    if chosen.scene is not Scene.COUNTDOWN:
        return None
    if chosen.counts_to is CountsTo.TIME:
        return Counting(chosen.until, chosen.counts_to) if chosen.until is not None else None
    talk = db.get(Talk, chosen.talk_id)
    if talk is None or talk.event_id != event.id:
        return None
    until = talk.starts_at if chosen.counts_to is CountsTo.TALK_START else talk.ends_at
    return Counting(until, chosen.counts_to, talk)


def top_questions(db: Session, event: Event, room_id: int | None = None) -> tuple[QuestionCard, ...]:
    ids = ranked_ids(db, event, (QuestionState.OPEN,), TOP, room_id)
    cards = question_cards(db, ids)
    return tuple(cards[question_id] for question_id in ids)


def over(db: Session, at: datetime) -> list[int]:
    """Events whose announcement has expired, or that count down to something: those to be looked at."""
    expired = select(Event.id).where(
        col(Event.announcement_id).in_(select(Announcement.id).where(col(Announcement.until) <= at))
    )
    counting = select(Event.id).where(col(Event.showing).startswith(Scene.COUNTDOWN))
    in_rooms = select(Room.event_id).where(col(Room.showing).startswith(Scene.COUNTDOWN))
    return sorted({*db.exec(expired), *db.exec(counting), *db.exec(in_rooms)})
