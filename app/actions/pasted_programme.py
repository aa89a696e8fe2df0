"""A programme pasted as lines of text: read, and put in place."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.talks import put_talk
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.programme_matching import PlannedTalk
from app.domain.screening.planned_talks import doubtful
from app.domain.sentence import Said, Sentence, counted, together
from app.domain.subject import Subject
from app.domain.talk import Talk


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


class DoubtfulLines(Said):
    """Some of it is doubtful: somebody should read it before everybody does."""


def add_programme(
    db: Session, event_id: int, lines: list[TalkLine], *, read: bool = False, by: Actor = SETUP, at: datetime
) -> list[Talk]:
    """Put all of these Talks on the programme, or none. Raises Refused if one is there already: a form comes twice.

    Raises DoubtfulLines if a post would be held for words of it, unless somebody says to have `read` them.
    """
    # Locked, so that two who paste at once do not both find it empty.
    event = db.get_one(Event, event_id, with_for_update=True)
    if not read and (doubts := _doubts(event, lines)):
        raise DoubtfulLines(together(doubts))
    there = db.exec(select(Talk).where(Talk.event_id == event_id)).all()
    if twice := next((line for line in lines if any(line.is_same_as(talk) for talk in there)), None):
        raise Refused("“%(title)s” is on the programme already; nothing was added.", title=twice.title)
    if lines:
        said = counted("%(num)d talk added", "%(num)d talks added", len(lines))
        decide(db, event_id, Subject.PROGRAMME, event_id, AS_IT_WAS, CHANGED, by=by, at=at, detail=said)
    return [
        put_talk(
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


def _doubts(event: Event, lines: list[TalkLine]) -> list[Sentence]:
    policy, hashtags = Policy.from_json(event.policy), tuple(event.hashtags)
    plans = [
        PlannedTalk("", line.title, line.starts_at, line.ends_at, line.room, tuple(line.speakers)) for line in lines
    ]
    return [doubt.why for plan in plans if (doubt := doubtful(plan, policy, hashtags))]


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
