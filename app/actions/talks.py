"""The programme of an Event: Talks are added and removed, and the one that runs becomes the current one."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select, update

from app.actions.change_log import publish
from app.actions.events import Refused
from app.actions.questions import take_down_after
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

    def is_same_as(self, other: "TalkLine | Talk") -> bool:
        """Whether it is one talk, named twice: at the same time, in the same room, under the same title."""
        same_time = (self.starts_at, self.ends_at) == (other.starts_at, other.ends_at)
        return same_time and _name(self) == _name(other)


def read_programme(text: str, *, day: date, zone: str) -> list[TalkLine]:
    """Read lines like `10:00-10:45 | Title | Room | Speaker, Speaker`, or with tabs as spreadsheets copy them.

    Raises Refused with all bad lines.
    """
    read: list[TalkLine] = []
    bad: list[Sentence] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                read.append(_only_once(_read_line(line, day, ZoneInfo(zone)), read))
            except Refused as error:
                bad.append(Sentence("Line %(number)d: %(why)s", number=number, why=error.sentence))
    if bad:
        raise Refused(together(bad))
    return read


def add_programme(db: Session, event_id: int, lines: list[TalkLine], *, at: datetime) -> list[Talk]:
    """Put all of these Talks on the programme, or none. Raises Refused if one is there already: a form comes twice."""
    db.get_one(Event, event_id, with_for_update=True)  # so that two who paste at once do not both find it empty
    there = db.exec(select(Talk).where(Talk.event_id == event_id)).all()
    if twice := next((line for line in lines if any(line.is_same_as(talk) for talk in there)), None):
        raise Refused("“%(title)s” is on the programme already; nothing was added.", title=twice.title)
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
    """Make the Talk that runs at `at` the current one. Announces only a change; gives the current Talk.

    What is still on stage when its Talk ends is taken down; it stays open, as nobody said that it was answered.
    """
    event = db.get_one(Event, event_id)
    running = db.exec(
        select(Talk)
        .where(Talk.event_id == event_id, col(Talk.starts_at) <= at, col(Talk.ends_at) > at)
        .order_by(col(Talk.starts_at).desc(), col(Talk.id))
        .limit(1)
    ).first()
    current = running.id if running else None
    former = db.get(Talk, event.current_talk_id) if event.current_talk_id is not None else None
    if event.current_talk_id != current:
        event.current_talk_id, event.last_talk_id = current, former.id if former else event.last_talk_id
        take_down_after(db, event, former, at=at)
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
    if event.last_talk_id == talk_id:
        event.last_talk_id = None
    db.delete(talk)
    publish(db, event_id, Subject.TALK, talk_id, at=at)


def _only_once(talk: TalkLine, before: list[TalkLine]) -> TalkLine:
    if any(talk.is_same_as(other) for other in before):
        raise Refused("“%(title)s” stands here twice.", title=talk.title)
    return talk


def _name(talk: "TalkLine | Talk") -> tuple[str, str]:
    return " ".join(talk.title.split()).casefold()[:200], " ".join(talk.room.split()).casefold()[:80]


def _read_line(line: str, day: date, zone: ZoneInfo) -> TalkLine:
    fields = [field.strip() for field in line.split("|" if "|" in line else "\t")]
    if len(fields) > 1 and _TIME.fullmatch(fields[0]) and _TIME.fullmatch(fields[1]):
        fields[:2] = [f"{fields[0]}-{fields[1]}"]  # begin and end in cells of their own
    times = _TIMES.fullmatch(fields[0])
    if times is None:
        raise Refused("“%(typed)s” is not a time like 10:00-10:45.", typed=fields[0])
    if len(fields) < 2 or not fields[1]:
        raise Refused("the title is missing.")
    try:
        begins, ends = _at(times[1], day, zone), _at(times[2], day, zone)
    except ValueError:
        raise Refused("“%(typed)s” is not a time of day.", typed=fields[0]) from None
    if ends <= begins:
        raise Refused("it must end after it starts.")
    return TalkLine(
        starts_at=begins,
        ends_at=ends,
        title=fields[1],
        room=fields[2] if len(fields) > 2 else "",
        speakers=[name.strip() for name in fields[3].split(",")] if len(fields) > 3 else [],
    )


def _at(said: str, day: date, zone: ZoneInfo) -> datetime:
    """A time of that day; 24:00 is the midnight at its end. Raises ValueError."""
    hour, minute = (int(number) for number in re.split("[:.]", said))
    if (hour, minute) == (24, 0):
        return datetime.combine(day + timedelta(days=1), time(), zone)
    return datetime.combine(day, time(hour, minute), zone)


_TIME = re.compile(r"\d{1,2}[:.]\d{2}")
_TIMES = re.compile(r"(\d{1,2}[:.]\d{2})\s*[-–—−]\s*(\d{1,2}[:.]\d{2})")
