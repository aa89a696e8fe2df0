"""What people and sources do to one event whose wall is looked at, at random; each step is one verb."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from app.actions.arrivals import receive
from app.actions.author_renames import NotTaken, take_new_name
from app.actions.authors import block_author
from app.actions.current_talk import move_programme_on
from app.actions.events import Refused, change_event
from app.actions.question_places import give_to_room
from app.actions.questions import NoSuchQuestion, bring_on_stage, make_question, mark_answered
from app.actions.red_buttons import clear_wall, set_wall_state
from app.actions.scenes import announce, end_announcement, show_scene
from app.actions.sponsors import add_sponsor, show_sponsor_strip
from app.actions.talks import add_talk
from app.actions.undo import undo_last
from app.actions.verdicts import approve, hold, reject
from app.actions.withdrawals import withdraw
from app.domain.decision import Actor
from app.domain.event import WallState
from app.domain.incoming import Byline, Incoming, Photo, Quoted, Withdrawal
from app.domain.post import Author, Post
from app.domain.question import Question
from app.domain.scene import Scene, Showing
from app.domain.signed_names import signed
from app.domain.verdict import Verdict
from app.queries.rooms import rooms
from tests.running import Running

MODERATOR = Actor(label="Asha")
SENTENCE = "what people said about care at home and on the ward when nobody was listening to them for once"
SAID = SENTENCE.split()
PICTURES = ("", "", "atrium", "dog", "poster-kettle", "no-such-picture")
NAMES = ("Ann Author", "Ann Author-Fairweather of the Night Staff at the Lifeboat Hall", "A")


@dataclass
class History:
    """`done` counts which steps met a post that was shown."""

    server: Running
    random: Random
    done: Counter[str]
    sent: int = 0
    posts: dict[str, int] = field(default_factory=dict)
    questions: list[int] = field(default_factory=list)

    def step(self) -> None:
        steps = [self.arrive] * 5 + [self.block, self.ask, self.rename, self.clear, self.undo]
        steps += [self.blank, self.pause, self.go_on, self.go_on]
        steps += [self.scene] * 3 + [self.announce, self.end_announcement, self.helper]
        steps += [self.take_down, self.hold, self.withdraw, self.edit, self.new_name] * 2 + [self.new_name]
        self.random.choice(steps)()

    def arrive(self) -> None:
        self.sent += 1
        ref = str(self.sent)
        self._receive(ref, 0, self._words(), self._byline(self.sent))
        self._do(approve, self.posts[ref], by=MODERATOR)

    def edit(self) -> None:
        """What was said is said otherwise; it is looked at again, and often let through."""
        if ref := self._known("edit"):
            self.sent += 1
            self._receive(ref, self.sent, self._words(), self._byline(int(ref)))
            if self.random.random() < 0.7:
                self._do(approve, self.posts[ref], by=MODERATOR)

    def new_name(self) -> None:
        """An author is called otherwise, and one of the cards takes the new name."""
        if ref := self._known("new_name"):
            self.sent += 1
            byline = self._byline(int(ref), name=self.random.choice(NAMES))
            self._receive(str(self.sent), 0, self._words(), byline)
            try:
                mark = self.server.do(_mark, self.posts[ref])
                self._do(take_new_name, self.posts[ref], by=MODERATOR, seen=mark)
            except NotTaken:
                self.done["new_name"] -= 1

    def take_down(self) -> None:
        self._some("take_down", reject)

    def hold(self) -> None:
        self._some("hold", hold)

    def withdraw(self) -> None:
        if ref := self._known("withdraw"):
            self._do(withdraw, self.server.event.id, Withdrawal("x", ref, "deleted"))
            self.posts.pop(ref)

    def block(self) -> None:
        if self.random.random() < 0.4 and (ref := self._known("block")):
            author = self.server.do(lambda db: db.get_one(Post, self.posts[ref]).author_id)
            self._do(block_author, author, by=MODERATOR)

    def ask(self) -> None:
        # Its post may have been taken down meanwhile, or wait for a second person: then it is no question.
        with suppress(NoSuchQuestion):
            if self.questions and self.random.random() < 0.6:
                self._do(mark_answered, self.questions.pop(), by=MODERATOR)
                return
            self.arrive()
            question = self._do(make_question, self.posts[str(self.sent)], by=MODERATOR, talk_id=self.server.talk.id)
            if isinstance(question, Question):
                if self.random.random() < 0.3:  # another hall looks at it
                    self._do(give_to_room, question.id, self._beside(), by=MODERATOR)
                self._do(bring_on_stage, question.id, by=MODERATOR)
                self.questions.append(question.id)

    def _beside(self) -> int:
        return self.server.do(
            lambda db: next(one.id for one in rooms(db, self.server.event.id) if one.key == "side-room")
        )

    def rename(self) -> None:
        name = self.random.choice(("Box 10 live", "A conference whose name is a good deal longer than usual"))
        self._do(
            change_event,
            self.server.event.id,
            name=name,
            hashtags=["box10"],
            zone="Europe/London",
            accent="teal",
            welcome=name,
            language="en",
        )

    def blank(self) -> None:
        self._do(set_wall_state, self.server.event.id, WallState.BLANK, by=MODERATOR)

    def pause(self) -> None:
        self._do(set_wall_state, self.server.event.id, WallState.PAUSED, by=MODERATOR)

    def go_on(self) -> None:
        self._do(set_wall_state, self.server.event.id, WallState.LIVE, by=MODERATOR)

    def scene(self) -> None:
        """Often back to the posts: most steps are theirs."""
        scene = self.random.choice((*Scene, *[Scene.FEED] * 12))
        ref = self._known("spotlight") if scene is Scene.SPOTLIGHT else ""
        until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=9)
        showing = Showing(scene, until=until, post_id=self.posts[ref] if ref else 0)
        with suppress(Refused):
            self._do(show_scene, self.server.event.id, showing, by=MODERATOR)

    def announce(self) -> None:
        until = datetime.now(UTC) + timedelta(hours=1)
        told = {"until": until, "whole": self.random.random() < 0.1, "by": MODERATOR}
        self._do(announce, self.server.event.id, self._words()[:200], **told)

    def end_announcement(self) -> None:
        self._do(end_announcement, self.server.event.id, by=MODERATOR)

    def helper(self) -> None:
        with suppress(Refused):
            self._do(add_sponsor, self.server.event.id, self._words()[:40])
        self._do(show_sponsor_strip, self.server.event.id, shown=self.random.random() < 0.5)

    def clear(self) -> None:
        if self.random.random() < 0.3:
            self._do(clear_wall, self.server.event.id, by=MODERATOR)

    def undo(self) -> None:
        self._do(undo_last, self.server.event.id, by=MODERATOR)

    def _words(self) -> str:
        return " ".join(self.random.choices(SAID, k=self.random.choice((2, 6, 20, 45, 90, 260, 700))))

    @staticmethod
    def _byline(number: int, name: str = NAMES[0]) -> Byline:
        """Five people a history: whoever is blocked in one is not missing in the next."""
        return Byline(f"a{number // 1_000}_{number % 5}", name)

    def _receive(self, ref: str, version: int, text: str, author: Byline) -> None:
        now = datetime.now(UTC)
        picture = self.random.choice(PICTURES)
        more: dict[str, Any] = {"photos": (Photo(f"demo:photos/{picture}.svg", "A picture"),) if picture else ()}
        if self.sent % 7 == 0:
            more["quote"] = Quoted(available=True, byline=Byline("q", "Quoted"), text=text[:80])
        one = Incoming("x", ref, author, text, now, version=version, version_ref=f"{ref}-{version}", **more)
        self.posts[ref] = self.server.do(receive, self.server.event.id, one, at=now).post_id

    def _known(self, step: str) -> str:
        """One of the last posts, that is shown if any of them is."""
        last = list(self.posts)[-8:]
        shown = [ref for ref in last if self.server.do(_verdict, self.posts[ref]) is Verdict.APPROVED]
        self.done[step] += bool(shown)
        return self.random.choice(shown or last) if last else ""

    def _some(self, step: str, verb: Any) -> None:
        if ref := self._known(step):
            self._do(verb, self.posts[ref], by=MODERATOR)

    def _do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return self.server.do(verb, *args, at=datetime.now(UTC), **kwargs)


def history_talk(server: Running) -> None:
    """A second room, where another talk runs."""
    now = datetime.now(UTC)
    times = {"starts_at": now - timedelta(minutes=5), "ends_at": now + timedelta(hours=1)}
    server.do(add_talk, server.event.id, title="In the side room", room="Side room", at=now, **times)
    server.do(move_programme_on, server.event.id, at=now)


def _mark(db: Any, post_id: int) -> str:
    post = db.get_one(Post, post_id)
    return signed(post, db.get_one(Author, post.author_id)).now_mark


def _verdict(db: Any, post_id: int) -> Verdict:
    return Verdict(db.get_one(Post, post_id).verdict)
