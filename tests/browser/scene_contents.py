"""What each scene of a wall may hold: little, all it takes, what would spoil it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.actions.events import change_event
from app.actions.questions import bring_on_stage, make_question
from app.actions.scenes import announce, show_scene
from app.actions.sponsors import add_sponsor, show_sponsor_strip
from app.actions.talks import add_talk
from app.actions.votes import publish_vote_totals, vote
from app.domain.incoming import Byline, Photo, Quoted
from app.domain.scene import CountsTo, Layout, Scene, Showing
from tests.browser.wall_contents import (
    ASHA,
    LONG_NAME,
    LONG_TITLE,
    SENTENCE,
    SPEAKERS,
    STACKED,
    full,
    hostile,
    now,
    on_stage,
    rename_talk,
    say,
)
from tests.running import Running

Fill = Callable[[Running], None]
HELPERS = ("Saltmere Trust", "Kettle On", "The Night Bus", "Harbour & Daughters Instruments of Listening", "Box Ten")
UNBROKEN = "Krankenversicherungskostendämpfungsergänzungsgesetz"
AMOUNTS = ("little", "full", "hostile")


def show(server: Running, showing: Showing) -> None:
    server.do(show_scene, server.event.id, showing, by=ASHA, at=now())


def say_below(server: Running, text: str) -> None:
    server.do(announce, server.event.id, text, until=now() + timedelta(hours=1), by=ASHA, at=now())


def feed_one(server: Running, amount: str) -> None:
    {"little": lambda one: say(one, "Good morning, all of you!"), "full": full, "hostile": hostile}[amount](server)
    show(server, Showing(Scene.FEED, layout=Layout.ONE))


def feed_and_band(server: Running, amount: str) -> None:
    full(server)
    words = {"little": "Lunch is served upstairs", "full": (SENTENCE * 3)[:200], "hostile": f"{UNBROKEN * 3} {STACKED}"}
    say_below(server, words[amount][:200])


def spotlight(server: Running, amount: str) -> None:
    quote = Quoted(True, Byline("quoted", "Quoted Person"), SENTENCE)
    photo = Photo("demo:photos/atrium.svg", "A chart", 1200, 800)
    post_id = {
        "little": lambda: say(server, "Good morning, all of you!"),
        "full": lambda: say(server, (SENTENCE * 3)[:280], quote=quote, photos=(photo,)),
        "hostile": lambda: say(server, UNBROKEN * 90, name="W" * 60, source="floor"),
    }[amount]()
    show(server, Showing(Scene.SPOTLIGHT, post_id=post_id))


def spotlight_too_long(server: Running, _amount: str) -> None:
    show(server, Showing(Scene.SPOTLIGHT, post_id=say(server, SENTENCE * 60)))


def question(server: Running, amount: str) -> None:
    text = {"little": "Who looks after the carers?", "full": (SENTENCE * 6)[:500], "hostile": UNBROKEN * 9}[amount]
    ask(server, "What comes next?", "W" * 60 if amount == "hostile" else "Ada Nightingale-Fairweather", votes=3)
    on_stage(server, text, source="floor")
    show(server, Showing(Scene.QUESTION))


def questions(server: Running, amount: str) -> None:
    lengths = {"little": (40,), "full": (60, 120, 40, 150, 80), "hostile": (499, 499, 499, 499, 499, 499)}[amount]
    for number, length in enumerate(lengths):
        text = (UNBROKEN * 11 if amount == "hostile" else SENTENCE * 6)[:length]
        ask(server, f"{text}?", "Nia Rees", votes=len(lengths) - number)
    show(server, Showing(Scene.QUESTIONS))


def ask(server: Running, text: str, name: str, *, votes: int) -> None:
    asked = server.do(make_question, say(server, text, name=name, source="floor"), by=ASHA, at=now())
    for number in range(votes):
        server.do(vote, asked.id, f"phone {number}", at=now())
    server.do(publish_vote_totals, server.event.id, at=now())


def now_and_next(server: Running, amount: str) -> None:
    coming(server, {"little": 1, "full": 4, "hostile": 4}[amount], hostile=amount == "hostile")
    show(server, Showing(Scene.NOW_AND_NEXT))


def coming(server: Running, talks: int, *, hostile: bool) -> None:
    if hostile:
        server.do(rename_talk, at=now(), talk_id=server.talk.id)
    for number in range(talks):
        begins = server.talk.ends_at + timedelta(minutes=30 * number)
        times = {"starts_at": begins, "ends_at": begins + timedelta(minutes=30)}
        title, who = (LONG_TITLE, SPEAKERS) if hostile else (f"What we learned, part {number + 1}", SPEAKERS[:1])
        server.do(add_talk, server.event.id, title=title, speakers=who, room="Room 2", at=now(), **times)


def announcement(server: Running, amount: str) -> None:
    words = {"little": "Lunch", "full": (SENTENCE * 3)[:200], "hostile": (UNBROKEN * 4)[:200]}[amount]
    until = now() + timedelta(hours=1)
    server.do(announce, server.event.id, words, until=until, by=ASHA, at=now(), whole=True)


def sponsors(server: Running, amount: str) -> None:
    helpers(server, amount)
    show(server, Showing(Scene.SPONSORS))


def sponsor_strip(server: Running, amount: str) -> None:
    full(server)
    helpers(server, amount)
    server.do(show_sponsor_strip, server.event.id, shown=True, at=now())


def helpers(server: Running, amount: str) -> None:
    names = {"little": HELPERS[:1], "full": HELPERS, "hostile": tuple(UNBROKEN[:40] + f" {n}" for n in range(18))}
    for name in names[amount]:
        server.do(add_sponsor, server.event.id, name, at=now())


def countdown(server: Running, amount: str) -> None:
    if amount == "little":
        show(server, Showing(Scene.COUNTDOWN, until=now().replace(microsecond=0) + timedelta(hours=3)))
        return
    coming(server, 4, hostile=amount == "hostile")
    show(server, Showing(Scene.COUNTDOWN, counts_to=CountsTo.TALK_END, talk_id=server.talk.id))


def join(server: Running, amount: str) -> None:
    named(server, amount)
    show(server, Showing(Scene.JOIN))


def holding(server: Running, amount: str) -> None:
    named(server, amount)
    show(server, Showing(Scene.HOLDING))


def named(server: Running, amount: str) -> None:
    if amount == "little":
        return
    tags = ["CloserToHome26", "CareConference", "NightStaffListening2026"]
    name = LONG_NAME if amount == "full" else (UNBROKEN * 3)[:120]
    facts: dict[str, Any] = {"zone": "Europe/London", "accent": "plum", "language": "en"}
    welcome = (SENTENCE * 4)[:280]
    server.do(change_event, server.event.id, name=name, hashtags=tags, welcome=welcome, at=now(), **facts)


def staged_elsewhere(server: Running, _amount: str) -> None:
    """A question is on stage, but the desk wants something else on the wall."""
    question_id = server.do(make_question, say(server, "Who pays for it?"), by=ASHA, at=now()).id
    server.do(bring_on_stage, question_id, by=ASHA, at=now())
    show(server, Showing(Scene.JOIN))


SCENES: dict[str, Callable[[Running, str], None]] = {
    one.__name__: one
    for one in (
        feed_one, feed_and_band, spotlight, question, questions, now_and_next, announcement, sponsors, sponsor_strip,
        countdown, join, holding,
    )
}  # fmt: skip
