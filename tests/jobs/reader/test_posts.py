"""Every stored post is read by the running server; a reader that dies is replaced, and one that is away is told of."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.actions.arrivals import receive
from app.actions.events import create_event
from app.actions.links import give_link
from app.actions.policies import change_policy
from app.actions.reader_findings import reader_came
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.lease import NOBODY
from app.domain.policy import Policy
from app.domain.post import Post
from app.domain.verdict import Unread, Verdict
from app.jobs.job import Job
from app.jobs.reader.posts import read_posts, reading
from app.jobs.reader.worker import COMMAND, Worker
from app.main import create_app
from app.settings import Settings
from tests.conftest import incoming
from tests.running import PATIENCE
from tests.until import until_now

DIES_OF_POISON = """
import json, os, sys
from app.jobs.reader.encoder import shipped
print("ready", flush=True)
for line in sys.stdin:
    if "poison" in line:
        os._exit(1)
    print(json.dumps(shipped().read(json.loads(line))), flush=True)
"""


NEVER_ENDS_WITH_TREACLE = (
    DIES_OF_POISON.replace("poison", "treacle")
    .replace("os._exit(1)", "sys.stdin.read()")
    .replace("print", "shipped().read(['a word'])\nprint", 1)
)


class Server:
    """A running server with one event whose posts pass by themselves."""

    def __init__(self, client: TestClient) -> None:
        self.client, self.context = client, client.app.state.context  # type: ignore[attr-defined]
        self.event: Event = self.do(create_event, "box10", name="Box 10", hashtags=[], at=self.now)
        self.do(change_policy, self.event.id, Policy(mode="pass"), by=Actor("Asha"), at=self.now)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def _call(self, door: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        portal = self.client.portal
        assert portal is not None
        return portal.call(lambda: door(*args, **kwargs))

    def do(self, *args: Any, **kwargs: Any) -> Any:
        return self._call(self.context.backchannel.do, *args, **kwargs)

    def ask(self, *args: Any, **kwargs: Any) -> Any:
        return self._call(self.context.backchannel.ask, *args, **kwargs)

    def arrive(self, *texts: str) -> list[int]:
        return [
            self.do(receive, self.event.id, incoming(text, ref=text, by=f"author_{at}"), at=self.now).post_id
            for at, text in enumerate(texts)
        ]

    def has_reader(self) -> bool:
        return bool(self.ask(lambda db: db.get_one(Event, self.event.id)).has_reader)

    def posts(self) -> list[Post]:
        return list(self.ask(_posts))

    def all_read(self) -> bool:
        return all(post.unread is Unread.NO for post in self.posts())


def _posts(db: Session) -> list[Post]:
    return list(db.exec(select(Post).order_by(Post.id)))  # type: ignore[arg-type]


@contextmanager
def serving(data: Path, job: Callable[[Settings], Job]) -> Iterator[Server]:
    known = Settings(_env_file=None, data_dir=data, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    with TestClient(create_app(known, by_itself=False, jobs=(job(known),))) as client:
        yield Server(client)


def with_worker(*command: str) -> Callable[[Settings], Job]:
    return lambda _settings: Job("reader", lambda context: read_posts(context, Worker(command)))


def test_what_arrives_is_read_and_passes_then(tmp_path: Path) -> None:
    with serving(tmp_path, with_worker(*COMMAND)) as server:
        until_now(server.has_reader)
        server.arrive("The lift is working again after lunch", "you stupid idiot, get off the stage", "😀")
        until_now(server.all_read)
        assert [post.verdict for post in server.posts()] == [Verdict.APPROVED, Verdict.HELD, Verdict.APPROVED]
        assert [bool(post.found) for post in server.posts()] == [True, True, False]


def test_one_post_that_takes_the_reader_down_is_held_and_all_others_are_read(tmp_path: Path) -> None:
    with serving(tmp_path, with_worker(sys.executable, "-c", DIES_OF_POISON)) as server:
        until_now(server.has_reader)
        server.arrive("The lift is working again", "there is poison in it", "Lunch is upstairs in the big hall")
        until_now(server.all_read)
        assert [post.verdict for post in server.posts()] == [Verdict.APPROVED, Verdict.HELD, Verdict.APPROVED]
        assert server.has_reader()


def test_one_post_that_is_not_read_in_good_time_is_put_off_and_nothing_is_ruled_by_the_clock(tmp_path: Path) -> None:
    def patient(_settings: Settings) -> Job:
        worker = Worker((sys.executable, "-c", NEVER_ENDS_WITH_TREACLE), patience=PATIENCE / 20)
        return Job("reader", lambda context: read_posts(context, worker))

    with serving(tmp_path, patient) as server:
        until_now(server.has_reader)
        server.arrive("The lift is working again", "there is treacle in it", "Lunch is upstairs in the big hall")
        until_now(lambda: [post.unread for post in server.posts()] == [Unread.NO, Unread.PASSES_LATE, Unread.NO])
        approved, late, other = server.posts()
        assert (approved.verdict, late.verdict, other.verdict) == (Verdict.APPROVED, Verdict.HELD, Verdict.APPROVED)
        assert late.signals == []
        assert server.has_reader()
        link = server.do(give_link, server.event.id, Role.MODERATOR, at=server.now)
        assert server.client.get(f"/e/box10/desk?key={link.token}").text.count("Not read yet by the reader") == 1


def test_a_reader_that_does_not_start_is_told_of_and_the_heads_decide(tmp_path: Path) -> None:
    with serving(tmp_path, with_worker(sys.executable, "-c", "")) as server:
        [waits] = server.arrive("The lift is working again")
        assert (server.posts()[0].verdict, server.has_reader()) == (Verdict.APPROVED, False)
        assert waits


def test_what_an_earlier_start_promised_is_taken_back_where_no_reader_is_wanted(tmp_path: Path) -> None:
    with serving(tmp_path, with_worker(*COMMAND)) as server:
        until_now(server.has_reader)
        event_id = server.event.id
    known = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", reader=False)  # type: ignore[call-arg]
    with TestClient(create_app(known, by_itself=False)) as client:
        client.portal.call(
            lambda: client.app.state.context.backchannel.do(reader_came, event_id, by=NOBODY, at=datetime.now(UTC))
        )  # type: ignore
    with TestClient(create_app(known, by_itself=False, jobs=(reading(known),))) as client:
        context = client.app.state.context  # type: ignore[attr-defined]
        ask = lambda: client.portal.call(lambda: context.backchannel.ask(lambda db: db.get_one(Event, event_id)))  # type: ignore  # noqa: E731
        until_now(lambda: not ask().has_reader)
