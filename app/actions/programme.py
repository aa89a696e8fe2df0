"""The programme of an Event: Talks are added and removed, and the one that runs becomes the current one."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select, update

from app.actions.events import Refused
from app.actions.log import publish
from app.domain.event import Event, Talk
from app.domain.post import Post
from app.domain.question import Question
from app.domain.sentence import Sentence, together
from app.domain.subject import Subject


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One line of a pasted programme, read."""

    starts_at: datetime
    ends_at: datetime
    title: str
    room: str
    speakers: list[str]


def read_programme(text: str, *, day: date, zone: str) -> list[TalkLine]:
    """Read lines like `10:00-10:45 | Title | Room | Speaker, Speaker`. Raises Refused with all bad lines."""
    read: list[TalkLine] = []
    bad: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                read.append(_read_line(line, day, ZoneInfo(zone)))
            except Refused as error:
                bad.append(Sentence("Line %(number)d: %(why)s", number=number, why=error.sentence))
    if bad:
        raise Refused(together(bad))
    return read


def add_programme(db: Session, event_id: int, lines: list[TalkLine], *, at: datetime) -> list[Talk]:
    """Put all of these Talks on the programme, or none."""
    return [
        add_talk(
            db,
            event_id,
            title=line.title,
            room=line.room,
            speakers=line.speakers,
            starts_at=line.starts_at,
            ends_at=line.ends_at,
            at=at,
        )
        for line in lines
    ]


def add_talk(
    db: Session,
    event_id: int,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    room: str = "",
    speakers: list[str] | None = None,
    takes_questions: bool = True,
) -> Talk:
    """Put a Talk on the programme. Raises Refused for one without a title or that ends before it starts."""
    if not title.strip():
        raise Refused("A talk needs a title.")
    if ends_at <= starts_at:
        raise Refused("A talk must end after it starts.")
    talk = Talk(
        event_id=event_id,
        title=title.strip()[:200],
        room=room.strip()[:80],
        speakers=[name.strip() for name in speakers or [] if name.strip()],
        starts_at=starts_at,
        ends_at=ends_at,
        takes_questions=takes_questions,
    )
    db.add(talk)
    db.flush()
    publish(db, event_id, Subject.TALK, talk.id, at=at)
    return talk


def move_programme_on(db: Session, event_id: int, *, at: datetime) -> Talk | None:
    """Make the Talk that runs at `at` the current one. Announces only a change; gives the current Talk."""
    event = db.get_one(Event, event_id)
    running = db.exec(
        select(Talk)
        .where(Talk.event_id == event_id, col(Talk.starts_at) <= at, col(Talk.ends_at) > at)
        .order_by(col(Talk.starts_at).desc(), col(Talk.id))
        .limit(1)
    ).first()
    current = running.id if running else None
    if event.current_talk_id != current:
        event.current_talk_id = current
        publish(db, event_id, Subject.TALK, current or 0, at=at)
    return running


def remove_talk(db: Session, event_id: int, talk_id: int, *, at: datetime) -> None:
    """Take a Talk off the programme. Its questions stay, without a talk."""
    talk = db.get(Talk, talk_id)
    if talk is None or talk.event_id != event_id:
        raise Refused("There is no such talk any more.")
    db.exec(update(Question).where(col(Question.talk_id) == talk_id).values(talk_id=None))
    db.exec(update(Post).where(col(Post.talk_id) == talk_id).values(talk_id=None))
    event = db.get_one(Event, event_id)
    if event.current_talk_id == talk_id:
        event.current_talk_id = None
    db.delete(talk)
    publish(db, event_id, Subject.TALK, talk_id, at=at)


def _read_line(line: str, day: date, zone: ZoneInfo) -> TalkLine:
    fields = [field.strip() for field in line.split("|")]
    times = re.fullmatch(r"(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})", fields[0])
    if times is None:
        raise Refused("“%(typed)s” is not a time like 10:00-10:45.", typed=fields[0])
    if len(fields) < 2 or not fields[1]:
        raise Refused("the title is missing.")
    hours = [int(number) for number in times.groups()]
    try:
        begins, ends = time(hours[0], hours[1]), time(hours[2], hours[3])
    except ValueError:
        raise Refused("“%(typed)s” is not a time of day.", typed=fields[0]) from None
    if ends <= begins:
        raise Refused("it must end after it starts.")
    return TalkLine(
        starts_at=datetime.combine(day, begins, zone),
        ends_at=datetime.combine(day, ends, zone),
        title=fields[1],
        room=fields[2] if len(fields) > 2 else "",
        speakers=[name.strip() for name in fields[3].split(",")] if len(fields) > 3 else [],
    )
