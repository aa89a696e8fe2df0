"""The law of the live screens: a page that was pushed to is the page that one would load now.

Random histories of everything that people and sources do; every view; readers that are told at once, late, twice,
or from a stale cursor. Listings are made short, so that entries keep falling out of them and moving up.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.actions.access import Link, give_link
from app.actions.arrivals import receive
from app.actions.authors import block_author, clear_standing, trust_author
from app.actions.delays import keep_desk, stop_delay
from app.actions.events import add_talk, change_event, create_event, move_programme_on, trim_log
from app.actions.moderation import approve, hold, reject, stash
from app.actions.policies import change_policy
from app.actions.posts import count_repost, retract, withdraw
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
from app.actions.seats import leave_seat, take_seat
from app.actions.undo import undo_last
from app.actions.votes import publish_vote_totals, take_vote_back, vote
from app.domain.decision import Actor
from app.domain.event import Role, WallState
from app.domain.incoming import Byline, IncomingRepost, Photo, Quoted, Segment, Withdrawal
from app.domain.policy import Intake, Mode, Policy
from app.main import create_app
from app.settings import Settings
from app.views.context import Context
from app.views.parts import Listing
from app.views.view import View
from tests.conftest import incoming
from tests.pages import Page

START = datetime(2026, 6, 11, 9, 0, tzinfo=UTC)
SCREENS = {
    "wall": ("/wall",),
    "stage": ("/stage",),
    "floor": ("",),
    "desk": tuple(f"/desk?list={name}" for name in ("held", "approved", "stashed", "rejected")),
}
LIMIT = 4


class World:
    """The whole program, with short listings; a fresh event for every history."""

    def __init__(self, client: TestClient, whole: dict[str, View]) -> None:
        self.client = client
        self.whole = whole
        self.context: Context = client.app.state.context  # type: ignore[attr-defined]
        self._numbers = count(1)

    def do(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(lambda: self.context.backchannel.do(verb, *args, **kwargs))

    def event(self) -> tuple[int, str]:
        slug = f"event-{next(self._numbers)}"
        event = self.do(create_event, slug, name="Box 10", hashtags=["box10"], at=START)
        for hour in range(3):
            begins = START + timedelta(hours=hour)
            self.do(
                add_talk,
                event.id,
                title=f"Talk {hour}",
                starts_at=begins,
                ends_at=begins + timedelta(minutes=50),
                at=START,
            )
        link: Link = self.do(give_link, event.id, Role.OWNER, at=START)
        self.client.get(f"/e/{slug}/desk?key={link.token}")
        return event.id, slug

    def page(self, slug: str, path: str) -> Page:
        answer = self.client.get(f"/e/{slug}{path}")
        assert answer.status_code == 200, answer.text
        page = Page.load(answer.text)
        page.shorten(LIMIT)
        return page

    def catch_up(self, view: View, event_id: int, after: int) -> str:
        assert self.client.portal is not None
        _, message = self.client.portal.call(
            lambda: self.context.backchannel.ask(view.catch_up, event_id, after, self.context.render)
        )
        return str(message)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only for tests")  # type: ignore[call-arg]
    app = create_app(made, on_failure=lambda: None, by_itself=False)
    with TestClient(app) as client:
        views = app.state.context.views
        whole = dict(views)
        for name, view in views.items():
            views[name] = replace(view, parts=tuple(_short(part) for part in view.parts))
        yield World(client, whole)


def _short(part: Any) -> Any:
    return replace(part, limit=LIMIT) if isinstance(part, Listing) else part


TEXTS = (
    "A word of welcome to all of you",
    "Where can we find the slides?",
    "مرحبا بكم في المؤتمر اليوم",
    "Croeso i bawb, braf eich gweld",
    "<b>not bold</b> & done",
    "My patient Edith Quillfeather, NHS number 943 476 5919, was so rude",
    "A word of welcome to all of you!!",
)

step = st.one_of(
    st.tuples(st.just("arrive"), st.integers(0, 7), st.integers(0, 2), st.sampled_from(TEXTS)),
    st.tuples(st.just("edit"), st.integers(0, 7), st.integers(1, 3), st.sampled_from(TEXTS)),
    st.tuples(st.just("repost"), st.integers(0, 7), st.integers(0, 3)),
    st.tuples(st.just("withdraw"), st.integers(0, 7)),
    st.tuples(st.just("retract"), st.integers(0, 7)),
    st.tuples(
        st.sampled_from(("approve", "approve", "approve", "reject", "stash", "hold")),
        st.integers(0, 7),
        st.integers(0, 1),
    ),
    st.tuples(st.sampled_from(("undo", "undo any")), st.integers(0, 1)),
    st.tuples(st.sampled_from(("approve all", "reject all", "stop")), st.integers(0, 7), st.integers(0, 1)),
    st.tuples(st.just("intake"), st.sampled_from(list(Intake))),
    st.tuples(st.just("mode"), st.sampled_from(list(Mode))),
    st.tuples(st.just("clear wall")),
    st.tuples(st.just("sit"), st.integers(0, 1), st.integers(0, 7)),
    st.tuples(st.just("leave"), st.integers(0, 1)),
    st.tuples(st.just("keep desk"), st.integers(0, 90)),
    st.tuples(st.sampled_from(("block", "trust", "clear")), st.integers(0, 2)),
    st.tuples(st.sampled_from(("question", "question", "no question")), st.integers(0, 7)),
    st.tuples(st.sampled_from(("stage", "answered", "dismiss", "reopen")), st.integers(0, 7)),
    st.tuples(st.sampled_from(("vote", "vote", "unvote")), st.integers(0, 7), st.integers(0, 2)),
    st.tuples(st.just("screen"), st.sampled_from(list(WallState))),
    st.tuples(st.just("time"), st.integers(0, 200)),
    st.tuples(st.just("rename"), st.sampled_from(("Box 10", "Box ten & friends"))),
    st.tuples(st.just("trim")),
    st.tuples(st.sampled_from(("read", "read", "reread")), st.sets(st.integers(0, 6), min_size=1)),
)
verdict_or_read = st.one_of(
    st.tuples(st.sampled_from(("approve", "reject", "hold", "stash")), st.integers(0, 7), st.integers(0, 1)),
    st.tuples(st.just("read"), st.just(frozenset(range(7)))),
)


def test_every_list_of_a_page_says_how_long_it_is(world: World) -> None:
    _, slug = world.event()
    for name, paths in SCREENS.items():
        listings = {part.id: part for part in world.whole[name].parts if isinstance(part, Listing)}
        found: dict[str, str] = {}
        for path in paths:
            found |= Page.load(world.client.get(f"/e/{slug}{path}").text).limits()
        assert found == {part.id: str(part.limit) for part in listings.values()}


@settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    waiting=st.integers(0, 8),
    approved=st.integers(0, 8),
    history=st.lists(step | verdict_or_read, min_size=5, max_size=40),
)
def test_a_pushed_page_is_the_page_one_would_load_now(
    world: World, waiting: int, approved: int, history: list[tuple[Any, ...]]
) -> None:
    event_id, slug = world.event()
    past = _Past(world, event_id)
    for number in range(waiting):
        past.happens("arrive", number, number % 3, f"{TEXTS[number % 5]} ({number})")
    for number in range(approved):
        past.happens("approve", number, 0)
    readers = [
        (world.context.views[name], path, world.page(slug, path)) for name, paths in SCREENS.items() for path in paths
    ]
    for kind, *rest in history:
        if kind in {"read", "reread"}:
            for view, _, page in (readers[index] for index in sorted(rest[0])):
                # A reader that comes back with a stale cursor is told again what it knows already.
                after = page.cursor if kind == "read" else max(0, page.cursor - 5)
                page.receive(world.catch_up(view, event_id, after))
        else:
            past.happens(kind, *rest)
    # Votes are told together, a moment later.
    world.do(publish_vote_totals, event_id, at=past.at)
    for view, path, page in readers:
        page.receive(world.catch_up(view, event_id, page.cursor))
        fresh = world.page(slug, path)
        for part in view.parts:
            assert page.part(part.id) == fresh.part(part.id), f"{view.name}{path}, #{part.id}"


class _Past:
    """Makes things happen in one event. Posts are named by number; what cannot happen does not."""

    def __init__(self, world: World, event_id: int) -> None:
        self.world, self.event_id = world, event_id
        self.posts: dict[int, int] = {}
        self.authors: dict[int, int] = {}
        self.questions: dict[int, int] = {}
        self.at = START
        links = [world.do(give_link, event_id, Role.MODERATOR, at=START, label=name) for name in ("Asha", "Ben")]
        self.actors = [Actor(link.access.label, link.access.id) for link in links]

    def happens(self, kind: str, *rest: Any) -> None:
        self.at += timedelta(seconds=1)
        try:
            getattr(self, f"_{kind.replace(' ', '_')}")(*rest)
        except (KeyError, NoSuchQuestion):
            return

    def _arrive(self, number: int, author: int, text: str, version: int = 0) -> None:
        floor = number % 4 == 3
        post = incoming(
            text,
            ref=str(number),
            source="floor" if floor else "x",
            by=f"author_{author}",
            byline=Byline(f"author_{author}", f"Author {author} ({version})", "https://pictures.example/a.png"),
            device=f"device-{author}" if floor else "",
            asks_talk_id=self._current_talk() if floor else None,
            segments=(Segment("text", text[:6]), Segment("link", text[6:], "https://example.org/")),
            photos=(Photo("https://pictures.example/b.png", "A chart"),) if number % 3 == 0 else (),
            quote=Quoted(False) if number % 3 == 1 else None,
            version=version,
        )
        received = self.world.do(receive, self.event_id, post, at=self.at)
        self.posts[number] = received.post_id
        self.authors[author] = self.world.client.portal.call(self._author_of, received.post_id)  # type: ignore[union-attr]

    def _edit(self, number: int, version: int, text: str) -> None:
        if number in self.posts:
            self._arrive(number, number % 3, text, version)

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

    def _undo(self, who: int) -> None:
        self.world.do(undo_last, self.event_id, by=self.actors[who], at=self.at)

    def _undo_any(self, who: int) -> None:
        self.world.do(undo_last, self.event_id, by=self.actors[who], at=self.at, whosoever=True)

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
        question = self.world.do(make_question, self.posts[number], by=self.actors[0], at=self.at)
        self.questions[number] = question.id

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

    def _screen(self, screen: WallState) -> None:
        self.world.do(set_wall_state, self.event_id, screen, by=self.actors[0], at=self.at)

    def _time(self, minutes: int) -> None:
        self.world.do(move_programme_on, self.event_id, at=START + timedelta(minutes=minutes))

    def _rename(self, name: str) -> None:
        self.world.do(
            change_event,
            self.event_id,
            name=name,
            hashtags=["box10"],
            zone="Europe/London",
            accent="teal",
            welcome="",
            at=self.at,
        )

    def _trim(self) -> None:
        self.world.do(trim_log, self.event_id, keep=3)

    def _current_talk(self) -> int | None:
        from app.queries.events import event_by_id

        found = self.world.client.portal.call(  # type: ignore[union-attr]
            lambda: self.world.context.backchannel.ask(event_by_id, self.event_id)
        )
        return None if found is None else found.current_talk_id

    async def _author_of(self, post_id: int) -> int:
        from app.queries.posts import post_by_id

        found = await self.world.context.backchannel.ask(post_by_id, post_id)
        assert found is not None
        return found.author_id

    def _remember_question(self, number: int) -> None:
        from app.queries.questions import questions_of_posts

        found = self.world.client.portal.call(  # type: ignore[union-attr]
            lambda: self.world.context.backchannel.ask(questions_of_posts, [self.posts[number]])
        )
        if found:
            self.questions[number] = min(found)
