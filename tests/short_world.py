"""The whole program with short listings; a fresh event for every history."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, product
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.actions.events import create_event
from app.actions.links import Link, give_link
from app.actions.talks import add_talk
from app.domain.access import Role
from app.main import create_app
from app.settings import Settings
from app.views.context import Context
from app.views.parts import Listing
from app.views.view import View
from tests.databases import lay_down
from tests.pages import Page

START = datetime(2026, 6, 11, 9, 0, tzinfo=UTC)


SCREENS = {
    "wall": ("/wall",),
    "overlay": ("/overlay",),
    "stage": ("/stage",),
    "floor": ("",),
    "now": ("/now",),
    "host": ("/host",),
    "desk": tuple(f"/desk?list={name}" for name in ("held", "approved", "stashed", "rejected")),
    "setup": ("/setup",),
    "remote": ("/remote",),
}
ROOMS = ("Lifeboat Hall", "Lighthouse Room")
IN_ROOMS = (
    "/r/lifeboat-hall/wall",
    "/r/lifeboat-hall/overlay",
    "/r/lifeboat-hall/stage",
    "/r/lighthouse-room/stage",
    "/r/lighthouse-room/remote",
    "/wall?screen={screen}",
)
"""The screens of one room, and one that is hung now here, now there."""


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

    def event(self, rooms: tuple[str, ...] = ("",)) -> tuple[int, str]:
        """With three talks in each of the rooms; those in the second one begin ten minutes later."""
        slug = f"event-{next(self._numbers)}"
        event = self.do(create_event, slug, name="Box 10", hashtags=["box10"], at=START)
        for hour, (number, room) in product(range(3), enumerate(rooms)):
            begins = START + timedelta(hours=hour, minutes=10 * number)
            self.do(
                add_talk,
                event.id,
                title=f"Talk {hour} {room}".strip(),
                room=room,
                starts_at=begins,
                ends_at=begins + timedelta(minutes=50),
                at=START,
            )
        link: Link = self.do(give_link, event.id, Role.OWNER, at=START)
        self.client.get(f"/e/{slug}/desk?key={link.token}")
        return event.id, slug

    def view_of(self, page: Page) -> View:
        """What a page follows: its screen, or that of a room."""
        return self.context.views[page.root.xpath("//@data-follows")[0]]

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
    made = Settings(
        _env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"
    )  # type: ignore[call-arg]
    lay_down(made.data_dir)
    app = create_app(made, on_failure=lambda: None, by_itself=False)
    with TestClient(app) as client:
        views = app.state.context.views
        whole = dict(views)
        for name, view in views.items():
            views[name] = replace(view, parts=tuple(_short(part) for part in view.parts))
        yield World(client, whole)


def _short(part: Any) -> Any:
    return replace(part, limit=LIMIT) if isinstance(part, Listing) else part
