"""What happens to one event in the histories of the law of the live screens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.actions.arrivals import receive
from app.actions.author_renames import NotTaken, take_new_name
from app.actions.authors import block_author, clear_standing, trust_author
from app.actions.change_log import trim_log
from app.actions.corrections import correct
from app.actions.current_talk import move_programme_on
from app.actions.delays import keep_desk, stop_delay
from app.actions.events import Refused
from app.actions.hasty_votes import leave_hasty_votes_out
from app.actions.policies import change_policy
from app.actions.questions import (
    NoSuchQuestion,
    bring_on_stage,
    dismiss,
    make_question,
    mark_answered,
    reopen,
    take_question_back,
)
from app.actions.red_buttons import clear_wall, set_intake, set_wall_state
from app.actions.reposts import count_repost
from app.actions.seats_and_claims import leave_seat, take_seat
from app.actions.verdicts import approve, hold, reject, stash
from app.actions.votes import publish_vote_totals, take_vote_back, vote
from app.actions.withdrawals import retract, withdraw
from app.domain.event import TakesNothing, WallState
from app.domain.incoming import Byline, IncomingRepost, Photo, Quoted, Segment, Withdrawal
from app.domain.policy import Intake, Mode, Policy
from app.domain.question import Question
from app.domain.vote_bursts import MANY
from app.queries.desk import desk_cards
from app.queries.events import event_by_id
from app.queries.posts import post_by_id
from app.queries.questions import questions_of_posts
from tests.conftest import incoming
from tests.elsewhere_steps import Elsewhere
from tests.forgetting import Forgetting
from tests.prompting import Prompting
from tests.reading_steps import Reading
from tests.scene_steps import Scenes
from tests.short_world import START

QUOTED = Quoted(
    True,
    Byline("quoted", "Somebody Quoted", "https://pictures.example/q.png"),
    "What was said before",
    "https://example.org/quoted",
    START,
    (Photo("https://pictures.example/r.png", "A chart of before"),),
)


class Past(Scenes, Reading, Elsewhere, Prompting, Forgetting):
    """Makes things happen in one event. Posts are named by number; what cannot happen does not."""

    def happens(self, kind: str, *rest: Any) -> None:
        self.at += timedelta(seconds=1)
        try:
            getattr(self, f"_{kind.replace(' ', '_')}")(*rest)
        except (KeyError, NoSuchQuestion, NotTaken, Refused, TakesNothing):
            return

    def _arrive(self, number: int, author: int, text: str, version: int = 0, name: str = "") -> None:
        floor = number % 4 == 3
        post = incoming(
            text,
            ref=str(number),
            source="floor" if floor else "x",
            by=f"author_{author}",
            byline=Byline(f"author_{author}", name or f"Author {author} ({version})", "https://pictures.example/a.png"),
            device=f"device-{author}" if floor else "",
            asks_talk_id=self._current_talk() if floor else None,
            asks_event=floor and self._current_talk() is None,
            segments=(Segment("text", text[:6]), Segment("link", text[6:], "https://example.org/", f"About {version}")),
            photos=(Photo("https://pictures.example/b.png", "A chart"),) if number % 3 == 0 else (),
            quote=QUOTED if number % 3 == 1 else None,
            poll=("Ham", "Eggs") if number % 5 == 4 else (),
            version=version,
        )
        received = self.world.do(receive, self.event_id, post, at=self.at)
        self.posts[number] = received.post_id
        self.authors[author] = self._ask(post_by_id, received.post_id).author_id

    def _edit(self, number: int, version: int, text: str) -> None:
        if number in self.posts:
            self._arrive(number, number % 3, text, version)

    def _called(self, number: int, author: int, name: str) -> None:
        self._arrive(number, author, "Good evening to everybody", name=name)

    def _take_name(self, number: int, who: int) -> None:
        seen = self._ask(desk_cards, [self.posts[number]])[self.posts[number]].signed.now_mark
        self.world.do(take_new_name, self.posts[number], by=self.actors[who], at=self.at, seen=seen)

    def _repost(self, number: int, who: int) -> None:
        repost = IncomingRepost("x", f"r{number}-{who}", str(number), f"fan_{who}", self.at)
        self.world.do(count_repost, self.event_id, repost, at=self.at)

    def _withdraw(self, number: int) -> None:
        self.world.do(withdraw, self.event_id, Withdrawal("x", str(number), "deleted by its author"), at=self.at)

    def _retract(self, number: int) -> None:
        self.world.do(retract, self.event_id, self.posts[number], f"device-{number % 3}", at=self.at)

    def _verdict(self, verb: Callable[..., Any], number: int, who: int) -> None:
        self.world.do(verb, self.posts[number], by=self.actors[who], at=self.at)
        self._remember_question(number)

    def _approve(self, number: int, who: int) -> None:
        self._verdict(approve, number, who)

    def _reject(self, number: int, who: int) -> None:
        self._verdict(reject, number, who)

    def _stash(self, number: int, who: int) -> None:
        self._verdict(stash, number, who)

    def _hold(self, number: int, who: int) -> None:
        self._verdict(hold, number, who)

    def _approve_all(self, number: int, who: int) -> None:
        self.world.do(approve, self.posts[number], by=self.actors[who], at=self.at, with_alike=True)

    def _reject_all(self, number: int, who: int) -> None:
        told = {"declined_as": "repeat", "with_alike": True}
        self.world.do(reject, self.posts[number], by=self.actors[who], at=self.at, **told)

    def _stop(self, number: int, who: int) -> None:
        self.world.do(stop_delay, self.posts[number], by=self.actors[who], at=self.at)

    def _intake(self, intake: Intake) -> None:
        self.world.do(set_intake, self.event_id, intake, by=self.actors[0], at=self.at)

    def _mode(self, mode: Mode) -> None:
        policy = Policy(mode=mode, good_record=1, delay_seconds=30)
        self.world.do(change_policy, self.event_id, policy, by=self.actors[0], at=self.at)

    def _clear_wall(self) -> None:
        self.world.do(clear_wall, self.event_id, by=self.actors[0], at=self.at)

    def _sit(self, who: int, number: int) -> None:
        self.world.do(take_seat, self.event_id, f"tab of {who}", self.posts[number], by=self.actors[who], at=self.at)

    def _leave(self, who: int) -> None:
        self.world.do(leave_seat, self.event_id, f"tab of {who}", by=self.actors[who], at=self.at)

    def _keep_desk(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)
        self.world.do(keep_desk, self.event_id, at=self.at)

    def _block(self, author: int) -> None:
        self.world.do(block_author, self.authors[author], by=self.actors[0], at=self.at)

    def _trust(self, author: int) -> None:
        self.world.do(trust_author, self.authors[author], by=self.actors[0], at=self.at)

    def _clear(self, author: int) -> None:
        self.world.do(clear_standing, self.authors[author], by=self.actors[0], at=self.at)

    def _question(self, number: int) -> None:
        made = self.world.do(make_question, self.posts[number], by=self.actors[0], at=self.at)
        if isinstance(made, Question):  # what looks personal by now waits for a second person
            self.questions[number] = made.id

    def _no_question(self, number: int) -> None:
        self.world.do(take_question_back, self.posts[number], by=self.actors[1], at=self.at)

    def _move(self, verb: Callable[..., Any], number: int) -> None:
        self.world.do(verb, self.questions[number], by=self.actors[1], at=self.at)

    def _stage(self, number: int) -> None:
        self._move(bring_on_stage, number)

    def _answered(self, number: int) -> None:
        self._move(mark_answered, number)

    def _dismiss(self, number: int) -> None:
        self._move(dismiss, number)

    def _reopen(self, number: int) -> None:
        self._move(reopen, number)

    def _vote(self, number: int, device: int) -> None:
        self.world.do(vote, self.questions[number], f"device-{device}", at=self.at)

    def _unvote(self, number: int, device: int) -> None:
        self.world.do(take_vote_back, self.questions[number], f"device-{device}", at=self.at)

    def _burst(self, number: int) -> None:
        for phone in range(MANY):
            device = f"one of many, {phone}"
            self.world.do(vote, self.questions[number], device, at=self.at, origin="one address")
        self.world.do(publish_vote_totals, self.event_id, at=self.at)

    def _leave_out(self, number: int) -> None:
        self.world.do(leave_hasty_votes_out, self.questions[number], by=self.actors[number % 2], at=self.at)

    def _correct(self, number: int, text: str) -> None:
        device, version = f"device-{number % 3}", number % 2
        self.world.do(correct, self.event_id, self.posts[number], device, text, version=version, at=self.at)

    def _screen(self, screen: WallState) -> None:
        self.world.do(set_wall_state, self.event_id, screen, by=self.actors[0], at=self.at)

    def _time(self, minutes: int) -> None:
        self.world.do(move_programme_on, self.event_id, at=START + timedelta(minutes=minutes))

    def _trim(self) -> None:
        self.world.do(trim_log, self.event_id, keep=3)

    def _current_talk(self) -> int | None:
        found = self._ask(event_by_id, self.event_id)
        return None if found is None else found.current_talk_id

    def _remember_question(self, number: int) -> None:
        found = self._ask(questions_of_posts, [self.posts[number]])
        if found:
            self.questions[number] = min(found)
