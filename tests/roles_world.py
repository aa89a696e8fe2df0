"""Two events with everything in them, and everybody who might ask for something of the first."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import SQLModel, select
from starlette.websockets import WebSocketDisconnect

from app.actions.arrivals import receive
from app.actions.authors import block_author, trust_author
from app.actions.current_talk import move_programme_on
from app.actions.events import create_event
from app.actions.home_links import give_home_link
from app.actions.links import Link, give_link, revoke_link
from app.actions.policies import change_policy
from app.actions.questions import bring_on_stage, make_question
from app.actions.red_buttons import set_intake, set_wall_state
from app.actions.seats_and_claims import take_seat
from app.actions.sources import change_source
from app.actions.takedowns import ask_for_takedown
from app.actions.talks import add_talk
from app.actions.verdicts import approve, reject, stash
from app.actions.votes import publish_vote_totals, vote
from app.actions.webhooks import add_webhook
from app.domain.access import Role
from app.domain.decision import Actor, Decision
from app.domain.event import WallState
from app.domain.policy import Intake, Policy
from app.domain.post import Post
from app.domain.takedown import TakedownRequest
from app.domain.vote_bursts import MANY
from app.main import create_app
from app.queries.rooms import rooms
from app.settings import Settings
from app.views.context import Context
from tests.conftest import NOON, incoming
from tests.databases import lay_down
from tests.roles_by_address import by_address
from tests.roles_people import OURS, Person, bearer, numbers
from tests.roles_series import series_like

HERE, ELSEWHERE = "box10", "elsewhere"
HOLDERS = tuple(Role(name) for name in ("delegate", "screen", "speaker", "moderator", "owner"))
Rows = dict[str, list[tuple[Any, ...]]]


class World:
    """The whole program. After each act that changed something it is as it was before."""

    def __init__(self, client: TestClient, file: Path) -> None:
        self.client, self.file = client, file
        self.context: Context = client.app.state.context  # type: ignore[attr-defined]
        self.links = {slug: self._event(slug) for slug in (HERE, ELSEWHERE)}
        self.ids: dict[str, int | str] = {}
        self.people = list(self._everybody())
        self.ids = {**self._furnish(HERE, ""), **self._furnish(ELSEWHERE, "their_")}
        self._keep()

    def _keep(self) -> None:
        """Note how it is now, to go back there."""
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(self.file)) as opened:
            opened.backup(self._kept)
        self._watching = sqlite3.connect(self.file, check_same_thread=False)
        self._version = self._data_version()
        self._now = self._at_first = self._rows()

    def rewind(self) -> None:
        with closing(sqlite3.connect(self.file)) as opened:
            self._kept.backup(opened)
        self._version, self._now = self._data_version(), self._at_first
        self.context.bus._limits._buckets.clear()  # type: ignore[attr-defined]

    def rows(self) -> tuple[Rows, Rows]:
        """All rows of all tables, and those of this event with its cursor; read again when something was written."""
        if (version := self._data_version()) != self._version:
            self._version, self._now = version, self._rows()
        return self._now

    def close(self) -> None:
        self._watching.close()
        self._kept.close()

    def _data_version(self) -> int:
        """SQLite counts what other connections have written to the file."""
        return int(self._watching.execute("PRAGMA data_version").fetchone()[0])

    def _rows(self) -> tuple[Rows, Rows]:
        """All rows of all tables, and those of this event with its cursor, as they are stored."""
        here = self.ids[f"{HERE}_event"]
        whole: Rows = {}
        ours: Rows = {}
        for table in SQLModel.metadata.tables:
            found = self._watching.execute(f'SELECT * FROM "{table}"')
            names = [name for name, *_ in found.description]
            says = {"event_id"} & {*names} | ({"id"} if "slug" in names else set())
            places = [names.index(name) for name in says]
            whole[table] = sorted(found, key=repr)
            ours[table] = [row for row in whole[table] if any(row[place] == here for place in places)]
        return whole, ours

    def answers(self, person: Person, method: str, path: str, body: dict[str, Any]) -> int:
        """What somebody is answered: a status, or 101 for a socket that opens and the code of one that is closed."""
        url = path.format(**self.ids)
        person.client.cookies = person.cookies
        if method == "SOCKET":
            return self._opens(person, url)
        said = {name: value.format(**self.ids) if isinstance(value, str) else value for name, value in body.items()}
        if url.startswith("/api/"):
            client = TestClient(person.client.app, headers=bearer(person.key), follow_redirects=False)
            client.portal = person.client.portal
            return int(client.request(method, url, json=numbers(body, self.ids) or None).status_code)
        return int(person.client.request(method, url, data=said or None).status_code)

    def _opens(self, person: Person, url: str) -> int:
        answer = 101
        # The client does not wait until the server has noticed that it is gone.
        with suppress(CancelledError), person.client.websocket_connect(url, headers={"origin": OURS}) as socket:
            try:
                socket.receive_text()
            except WebSocketDisconnect as closed:
                answer = closed.code
        return answer

    def _do(self, verb: Any, *args: Any, at: Any = NOON, **kwargs: Any) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(lambda: self.context.backchannel.do(verb, *args, **kwargs, at=at))

    def _ask(self, query: Any, *args: Any) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(lambda: self.context.backchannel.ask(query, *args))

    def _event(self, slug: str) -> dict[str, Link]:
        event = self._do(create_event, slug, name=slug.title(), hashtags=[slug])
        links = {role.value: self._do(give_link, event.id, role) for role in HOLDERS}
        return {**links, "revoked": self._do(give_link, event.id, Role.OWNER)}

    def _everybody(self) -> Iterator[Person]:
        yield Person("nobody", self._browser())
        yield self._person("phone", "")
        for slug in (HERE, ELSEWHERE):
            for role in HOLDERS:
                yield self._person(f"{role.value} of {slug}", self.links[slug][role.value].token, slug)
        former = self.links[HERE]["revoked"]
        yield self._person("revoked", former.token)
        self._do(revoke_link, former.access.id)
        yield self._home()

    def _person(self, name: str, key: str, slug: str = HERE) -> Person:
        client = self._browser()
        client.get(f"/e/{HERE}")
        if key:
            client.get(f"/e/{slug}?key={key}")
        device = self.context.cookies.device(client) or ""  # type: ignore[arg-type]
        return Person(name, client, key, slug == ELSEWHERE, device, dict(client.cookies))

    def _home(self) -> Person:
        """Who runs the installation, and has entered no event."""
        person = self._person("home", "")
        token = self._do(give_home_link).token
        person.client.get(f"/?key={token}")
        return replace(person, key=token, cookies=dict(person.client.cookies))

    def _browser(self) -> TestClient:
        client = TestClient(self.client.app, headers={"origin": OURS}, follow_redirects=False)
        client.portal = self.client.portal
        return client

    def _furnish(self, slug: str, prefix: str) -> dict[str, int | str]:
        """One of everything, and its number under a name."""
        owner = self.links[slug]["owner"].access
        event_id, by = owner.event_id, Actor(owner.label, owner.id)
        hour = timedelta(hours=1)
        talk = self._do(add_talk, event_id, title="Closer to home", starts_at=NOON - hour, ends_at=NOON + hour)
        for room in ("Main hall", "Side room"):
            self._do(add_talk, event_id, title=room, room=room, starts_at=NOON + hour, ends_at=NOON + 2 * hour)
        self._do(move_programme_on, event_id)
        self._do(change_policy, event_id, Policy(mode="delay", good_record=1, delay_seconds=60), by=by)
        for intake in (Intake.ONLY_TRUSTED, Intake.OPEN):
            self._do(set_intake, event_id, intake, by=by)
        posts = {name: self._arrives(event_id, name, by=name) for name in ("held", "approved", "rejected", "stashed")}
        for verb, name in ((approve, "approved"), (reject, "rejected"), (stash, "stashed")):
            self._do(verb, posts[name].id, by=by)
        posts["delayed"] = self._arrives(event_id, "delayed", by="approved")
        phone = next(person.device for person in self.people if person.name == "phone")
        posts["mine"] = self._arrives(event_id, "mine", by="floor", source="floor", device=phone)
        authors = {name: self._arrives(event_id, name, by=name).author_id for name in ("blocked", "trusted")}
        self._do(block_author, authors["blocked"], by=by)
        self._do(trust_author, authors["trusted"], by=by)
        questions = {}
        for name in ("open", "staged"):
            posts[f"{name}_post"] = self._arrives(event_id, f"asks {name}", by=f"asks_{name}")
            questions[name] = self._do(make_question, posts[f"{name}_post"].id, by=by).id
        self._do(bring_on_stage, questions["staged"], by=by)
        for person in self.people:
            if person.device:
                self._do(vote, questions["staged"], person.device)
        for number in range(MANY):
            self._do(vote, questions["open"], f"one of many, {number}", origin="one address")
        self._do(publish_vote_totals, event_id)
        for state in (WallState.BLANK, WallState.LIVE):
            self._do(set_wall_state, event_id, state, by=by)
        self._do(take_seat, event_id, "a tab of ours", None, by=by)
        self._do(change_source, event_id, "x", enabled=False, options={})
        hook = self._do(add_webhook, event_id, "https://127.0.0.1:1/told")
        decisions = self._ask(lambda db: db.exec(select(Decision).order_by(Decision.id)).all())
        last = {(one.subject, one.subject_id): one.id for one in decisions if one.event_id == event_id}
        found = {name: post.id for name, post in posts.items()} | questions | authors
        found["room"] = self._ask(lambda db: rooms(db, event_id))[0].id
        found |= {"author": posts["held"].author_id, "talk": talk.id, "hook": hook.id}
        found |= {"approval": last["post", posts["approved"].id], "rules": last["policy", event_id]}
        found |= series_like(self._do, event_id, "coffee" if prefix else "tea", posts["stashed"].id, by)
        meant = TakedownRequest(f"#post-{posts['approved'].id}", why="It names me")
        found["asked"] = self._do(ask_for_takedown, event_id, meant, key="ours", within=hour).id
        found["home_link"] = self._do(give_home_link).link.id
        found["link"] = self._do(give_link, event_id, Role.SCREEN).access.id
        found |= by_address(self._do, self.context.cookies, event_id, by)
        return {**{f"{prefix}{name}": number for name, number in found.items()}, f"{slug}_event": event_id}

    def _arrives(self, event_id: int, ref: str, *, by: str, **more: object) -> Post:
        words = f"something worth saying about {ref} in event {event_id}"
        received = self._do(receive, event_id, incoming(words, ref=ref, by=by, **more))
        return self._ask(lambda db: db.get_one(Post, received.post_id))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = Settings(
        _env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3",
        smtp_url="smtp://127.0.0.1:9",
    )  # type: ignore[call-arg]  # fmt: skip
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False)) as client:
        made_world = World(client, made.data_dir / "backchannel.sqlite3")
        yield made_world
        made_world.close()
