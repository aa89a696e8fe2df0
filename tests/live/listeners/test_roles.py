"""The sockets that leave before ASGI answer every role as the table says, too."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from websockets.exceptions import ConnectionClosed

from app.actions.events import create_event
from app.actions.home_links import give_home_link
from app.actions.links import give_link, revoke_link
from app.domain.access import Role
from tests.live.listeners.listening import VIEWS, cookie, listen
from tests.roles_table import ROWS
from tests.roles_world import ELSEWHERE, HOLDERS
from tests.running import Running
from tests.until import PATIENCE


@pytest.mark.parametrize("view", VIEWS)
def test_a_listener_is_let_in_as_the_table_says(server: Running, view: str) -> None:
    (row,) = [row for row in ROWS if str(row) == f"SOCKET /live/box10/{view}"]
    assert tuple(answered(server, view, held) for held in cookies(server)) == row.cells


def cookies(server: Running) -> Iterator[str]:
    """What the browser of each of the people sends, in the order of the table."""
    yield ""
    yield cookie(server, server.floor)
    now = datetime.now(UTC)
    elsewhere = server.do(create_event, f"{ELSEWHERE}-{now:%f}", name="Elsewhere", hashtags=[], at=now)
    for event in (server.event, elsewhere):
        for role in HOLDERS:
            link = server.do(give_link, event.id, role, at=now)
            yield cookie(server, f"{server.url}/e/{event.slug}?key={link.token}")
    former = server.do(give_link, server.event.id, Role.OWNER, at=now)
    held = cookie(server, f"{server.floor}?key={former.token}")
    server.do(revoke_link, former.access.id, at=now)
    yield held
    yield cookie(server, f"{server.url}/?key={server.do(give_home_link, at=now).token}")


def answered(server: Running, view: str, held: str) -> str:
    with listen(server, view, additional_headers={"Cookie": held}) as opened:
        try:
            opened.recv(timeout=PATIENCE)
        except ConnectionClosed as closed:
            return str(closed.rcvd.code) if closed.rcvd is not None else "1006"
        return "101"
