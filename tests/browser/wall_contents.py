"""What may stand on a wall: nothing, one post, all it holds, what would spoil it, long names, questions, the slide."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from app.actions.arrivals import receive
from app.actions.events import change_event
from app.actions.questions import bring_on_stage, make_question
from app.actions.red_buttons import set_wall_state
from app.actions.talks import add_talk
from app.actions.verdicts import approve
from app.domain.decision import Actor
from app.domain.event import WallState
from app.domain.incoming import Byline, Incoming, Quoted
from app.domain.talk import Talk
from tests.running import Running

ASHA = Actor(label="Asha")
LONG_NAME = "The Fourteenth Annual Conference of Everybody Who Cares for Somebody at Home, on Wards and in Between, Torquay 2026"
LONG_TITLE = (
    "Nobody asked the night staff: what three winters of handovers at four in the morning taught us about listening"
)
SPEAKERS = ["Gethin Prysor-Vale", "Samina Qureshi-Thorne", "Oluwaseun Adebayo-Fairweather", "Siân O'Brien"]
SENTENCE = "What people said about care at home and on the ward when nobody was listening to them for once. "
STACKED = "Z" + "\u0335\u0321\u0322\u0301\u0302\u0303\u030d\u030e" * 12 + "o"


_numbers = count(1)


def now() -> datetime:
    return datetime.now(UTC)


def say(server: Running, text: str, *, name: str = "Nia Rees", source: str = "x", **more: Any) -> int:
    ref = str(next(_numbers))
    post = Incoming(source, ref, Byline(f"a_{ref}", name), text, now(), **more)
    post_id: int = server.do(receive, server.event.id, post, at=now()).post_id
    server.do(approve, post_id, by=ASHA, at=now())
    return post_id


def empty(server: Running) -> None:
    """Nobody has said anything yet."""


def one_short(server: Running) -> None:
    say(server, "Good morning, all of you!")


def one_long(server: Running) -> None:
    say(server, (SENTENCE * 6)[:500], source="floor")


def one_too_long(server: Running) -> None:
    """It may not be shortened, and does not fit: the hall is invited as if nobody had said anything."""
    say(server, SENTENCE * 60)


def too_long_and_another(server: Running) -> None:
    say(server, SENTENCE * 60)
    say(server, "Good morning, all of you!")


def full(server: Running) -> None:
    for number in range(24):
        quote = Quoted(True, byline=Byline("quoted", "Quoted Person"), text=SENTENCE) if number % 5 == 0 else None
        say(server, (SENTENCE * 9)[: (20, 60, 130, 280, 480, 700)[number % 6]].strip(), quote=quote)


def hostile(server: Running) -> None:
    say(server, "Hello from row two", name=STACKED)
    say(server, "Hello from row three", name="\ufdfd" * 40)
    say(server, "Look" + "\n" * 180 + "down", name="Tall")
    quoted = Quoted(True, Byline("tall", "Tall"), "Look" + "\n" * 180 + "down")
    say(server, "A quote with room between its words", name="Quotes", quote=quoted)
    say(server, "𒐫" * 60 + STACKED * 4, name="W" * 60)
    say(server, "\u2800" * 200, name="\u2800")
    say(server, "unbroken" * 60, name="Anonymous", source="floor")
    say(server, SENTENCE * 40, name="A very long post of X", source="x")
    say(server, "تجربة " * 60, name="مستخدم " * 8)


def long_frame(server: Running) -> None:
    tags = ["CloserToHome26", "CareConference", "NightStaffListening2026"]
    facts = {"zone": "Europe/London", "accent": "plum", "welcome": "", "language": "en"}
    server.do(change_event, server.event.id, name=LONG_NAME, hashtags=tags, at=now(), **facts)
    server.do(rename_talk, at=now(), talk_id=server.talk.id)
    times = {"starts_at": server.talk.ends_at, "ends_at": server.talk.ends_at + timedelta(hours=1)}
    server.do(add_talk, server.event.id, title=LONG_TITLE, speakers=SPEAKERS, at=now(), **times)
    full(server)


def rename_talk(db: Any, *, talk_id: int, at: datetime) -> None:
    talk = db.get_one(Talk, talk_id)
    talk.title, talk.speakers, talk.room = LONG_TITLE, SPEAKERS, "The Grand Assembly Room on the First Floor"
    db.add(talk)


def on_stage(server: Running, text: str, **more: Any) -> None:
    full(server)
    question = server.do(make_question, say(server, text, **more), by=ASHA, at=now())
    server.do(bring_on_stage, question.id, by=ASHA, at=now())


def stage_short(server: Running) -> None:
    on_stage(server, "Who looks after the carers?")


def stage_long(server: Running) -> None:
    on_stage(server, (SENTENCE * 6)[:500], source="floor", name="W" * 60)


def stage_endless(server: Running) -> None:
    on_stage(server, SENTENCE * 40)


def blank(server: Running) -> None:
    facts = {"zone": "Europe/London", "accent": "moss", "welcome": (SENTENCE * 4)[:280], "language": "en"}
    server.do(change_event, server.event.id, name=LONG_NAME, hashtags=["box10"], at=now(), **facts)
    server.do(set_wall_state, server.event.id, WallState.BLANK, by=ASHA, at=now())


CONTENTS = [
    empty,
    one_short,
    one_long,
    one_too_long,
    too_long_and_another,
    full,
    hostile,
    long_frame,
    stage_short,
    stage_long,
    stage_endless,
    blank,
]
