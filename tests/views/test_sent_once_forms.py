"""Every form that makes something, sent twice at the same moment to two processes, makes one. On both stores."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from lxml import html
from sqlmodel import Session, SQLModel

from app.actions.home_links import give_home_link
from app.domain.access import Access, Role
from app.domain.event import Event
from app.domain.home_link import HomeLink
from app.domain.post import Post
from app.domain.talk import Talk
from app.domain.webhook import Webhook
from app.main import create_app
from app.queries.programme import all_talks
from app.settings import Settings
from tests.conftest import NOON
from tests.store.stores import migrated, store
from tests.views.site import OURS, Site, value

__all__ = ["store"]

TAPS = 4
"""Of the same form, half of them at each process."""
FORMS: dict[str, tuple[str, dict[str, str], type[SQLModel], int]] = {
    "an event": ("/events", {"name": "Hall {n}", "slug": "hall{n}", "kind": "chat"}, Event, 303),
    "a home link": ("/home-links", {"label": "Asha {n}", "key": "key{n}"}, HomeLink, 200),
    "a role link": ("/e/box10/setup/links", {"label": "Asha {n}", "role": "moderator", "key": "key{n}"}, Access, 200),
    "a webhook": ("/e/box10/setup/hooks", {"url": "https://hooks.example/{n}", "key": "key{n}"}, Webhook, 200),
    "a question asked aloud": ("/e/box10/microphone", {"text": "Why {n}?", "name": "Jo", "key": "key{n}"}, Post, 303),
    "a post": ("/e/box10/posts", {"text": "Said once, {n}", "kind": "post", "key": "key{n}"}, Post, 303),
    "talks": ("/e/box10/setup/talks", {"day": "2026-11-26", "talks": "1{n}:00-1{n}:45 | Talk {n} | Hall"}, Talk, 0),
    "a programme": ("/e/box10/setup/programme/talks", {}, Talk, 0),
}
CSV = "title,start,end,room\nFrom the file {n},2026-11-27 1{n}:00,2026-11-27 1{n}:30,Hall\n"


@pytest.fixture
def two(store: str, tmp_path: Path) -> Iterator[tuple[Site, list[TestClient]]]:
    """Two processes, and one browser that holds the links of an owner and of the installation at both."""
    migrated(store)
    with ExitStack() as stack:
        clients = []
        for number in range(2):
            known = Settings(
                _env_file=None,  # type: ignore[call-arg]
                data_dir=tmp_path / str(number),
                database_url=store,
                secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3",
            )
            clients.append(stack.enter_context(TestClient(create_app(known, by_itself=False), follow_redirects=False)))
        site = Site(clients[0])
        site.enter(Role.OWNER, "setup")
        clients[0].get(f"/?key={site.do(give_home_link, at=NOON).token}")
        clients[0].get("/e/box10")
        clients[1].cookies.update(clients[0].cookies)
        yield site, clients


def count(site: Site, table: type[SQLModel]) -> int:
    def rows(db: Session) -> int:
        return db.connection().scalar(sa.select(sa.func.count()).select_from(table)) or 0

    return int(site.ask(rows))


def at_once(clients: list[TestClient], path: str, data: dict[str, str]) -> list[Any]:
    begin = Barrier(TAPS)

    def tap(number: int) -> Any:
        begin.wait()
        return clients[number % len(clients)].post(path, data=data, headers=OURS)

    with ThreadPoolExecutor(TAPS) as pool:
        return list(pool.map(tap, range(TAPS)))


def test_each_form_that_is_sent_several_times_at_once_makes_one(two: tuple[Site, list[TestClient]]) -> None:
    site, clients = two
    for name, (path, fields, table, status) in FORMS.items():
        shown: dict[str, str] = {}
        for round_ in range(2 if name == "a post" else 3):  # a phone may send so many in a minute
            if name == "a programme":
                file = {"file": ("talks.csv", CSV.format(n=round_), "text/csv")}
                assert clients[0].post("/e/box10/setup/programme", files=file, headers=OURS).status_code == 303
                seen = html.document_fromstring(clients[0].get("/e/box10/setup/programme").text)
                shown = {"mark": seen.xpath("//input[@name='mark']/@value")[0]}
            before = count(site, table)
            mark = str(round_) if table is Talk else f"{round_}{secrets.token_hex(2)}"
            answers = at_once(clients, path, shown | {field: value.format(n=mark) for field, value in fields.items()})
            made, said = count(site, table) - before, {answer.status_code for answer in answers}
            if name == "a programme":  # it takes the place of what was there
                made = [talk.title for talk in site.ask(all_talks, site.event.id)].count(f"From the file {mark}")
            assert made == 1, (name, made, said)
            assert said == {status} if status else said <= {303, 409, 422}, (name, said)


def test_the_secret_of_a_webhook_is_shown_by_whichever_answer_comes_last(two: tuple[Site, list[TestClient]]) -> None:
    _, clients = two
    once = {"url": "https://hooks.example/", "key": "one form"}
    shown = [value(answer.text, "fresh-url") for answer in at_once(clients, "/e/box10/setup/hooks", once)]
    assert shown[0]
    assert len(set(shown)) == 1
    again = clients[0].post("/e/box10/setup/hooks", data=once | {"key": "another"}, headers=OURS)
    assert again.status_code == 422
