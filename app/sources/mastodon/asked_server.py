"""One server that an event names, and how it is getting on."""

from dataclasses import dataclass, field
from datetime import datetime

from app.sources import Ended
from app.sources.mastodon.wire import Wire

MOST_KNOWN = 20_000


@dataclass(slots=True)
class AskedServer:
    """`marks` are the newest ids of a timeline and when they were it; `token` is that of an account there."""

    wire: Wire
    token: str = field(default="", repr=False)
    ended: Ended | None = None
    failures: int = 0
    next_at: datetime | None = None
    asked_at: datetime | None = None
    late_at: datetime | None = None
    may_be_asked: bool = False
    one_by_one: bool = False
    marks: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)
    follows: bool = False
    """Its stream is open: its timelines are asked only now and then."""
    stream_ended: Ended | None = None
    refs: dict[str, str] = field(default_factory=dict)
    """What statuses are called everywhere, by their ids here: the stream tells only these of what is deleted."""

    answered: dict[str, int] = field(default_factory=dict)
    """How many answers statuses were last said to have, by their ids here."""
    answers_known: dict[str, int] = field(default_factory=dict)
    """How many they had when their answers were read."""

    def note_answers(self, post_id: str, number: int) -> None:
        self.answered[post_id] = number
        while len(self.answered) > MOST_KNOWN:
            forgotten = next(iter(self.answered))
            del self.answered[forgotten]
            self.answers_known.pop(forgotten, None)

    def has_more_answers(self, post_id: str) -> bool:
        return self.answered.get(post_id, 0) > self.answers_known.get(post_id, 0)

    def answers_read(self, post_id: str) -> None:
        self.answers_known[post_id] = self.answered.get(post_id, 0)

    def know(self, known_as: str, ref: str) -> None:
        """`known_as` as `payload.py` has it: the server, the id there, the version."""
        known = known_as.partition("/")[2].partition("#")[0]
        self.refs.pop(known, None)
        self.refs[known] = ref
        while len(self.refs) > MOST_KNOWN:
            del self.refs[next(iter(self.refs))]
