"""The address of a picture dies with its post, on our server and in what lies between it and a browser."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.actions.withdrawals import withdraw
from app.domain.access import Role
from app.domain.incoming import Byline, Photo, Withdrawal
from app.queries.desk import desk_cards
from app.queries.events import event_by_id
from app.queries.pictures import pictures_among
from app.queries.posts import post_by_id
from app.views.sweeping import forget_unnamed
from tests.conftest import ASHA, NOON, incoming
from tests.outbound.test_pictures import png
from tests.views.site import Site

HERS = "demo:avatars/none.svg"
FIRST = "5" * 64
SHARED, OWN = "demo:photos/atrium.svg", "demo:photos/bridge.svg"


def shown(site: Site, ref: str, *urls: str, by: str = "nia") -> list[str]:
    photos = tuple(Photo(url) for url in urls)
    post = incoming(f"Number {ref}", ref=ref, photos=photos, byline=Byline(by, by, HERS))
    post_id = site.do(receive, site.event.id, post, at=NOON).post_id
    site.do(approve, post_id, by=ASHA, at=NOON)
    return [str(photo["picture"]) for photo in site.ask(post_by_id, post_id).photos]


def test_a_picture_dies_with_the_last_post_that_shows_it(site: Site) -> None:
    shared, own = shown(site, "1", SHARED, OWN)
    shown(site, "2", SHARED)
    assert site.client.get(f"/pictures/{shared}").status_code == 200
    site.do(withdraw, site.event.id, Withdrawal("x", "1", "deleted"), at=NOON)
    assert site.client.get(f"/pictures/{own}").status_code == 404
    assert site.client.get(f"/pictures/{own}", headers={"If-None-Match": f'"{own}"'}).status_code == 404
    assert site.client.get(f"/pictures/{shared}").status_code == 200
    site.do(withdraw, site.event.id, Withdrawal("x", "2", "deleted"), at=NOON)
    assert site.client.get(f"/pictures/{shared}").status_code == 404


def test_nobody_in_between_keeps_a_picture_and_a_browser_asks_again(site: Site) -> None:
    (key,) = shown(site, "1", SHARED)
    answer = site.client.get(f"/pictures/{key}")
    assert answer.headers["cache-control"].startswith("private, max-age=")
    again = site.client.get(f"/pictures/{key}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_died_leaves_the_disk(site: Site) -> None:
    (key,) = shown(site, "1", SHARED)
    folder: Path = site.context.settings.data_dir / "pictures"
    folder.mkdir()
    for name in (f"{key}-{FIRST}.drawn", f"unknown-{FIRST}.drawn", f"{key}.drawn", "of-before", "under-way.part"):
        (folder / name).touch()
    assert site.client.portal is not None
    site.client.portal.call(forget_unnamed, site.context.pictures, site.context.backchannel)
    assert {file.name for file in folder.iterdir()} == {f"{key}-{FIRST}.drawn", "under-way.part"}
    site.do(withdraw, site.event.id, Withdrawal("x", "1", "deleted"), at=NOON)
    assert site.ask(pictures_among, [key]) == set()
    site.client.portal.call(forget_unnamed, site.context.pictures, site.context.backchannel)
    assert {file.name for file in folder.iterdir()} == {"under-way.part"}


class OtherServer(ThreadingHTTPServer):
    """Somebody else's server, which may answer with another picture tomorrow."""

    picture = png(2)

    class Answers(BaseHTTPRequestHandler):
        server: "OtherServer"

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.server.picture)

        def log_message(self, *_told: object) -> None: ...


@pytest.fixture
def other_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[OtherServer]:
    """It may be asked, although it is on loopback."""
    server = OtherServer(("127.0.0.1", 0), OtherServer.Answers)
    monkeypatch.setenv("PICTURE_HOSTS", f"127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_only_the_bytes_that_were_seen_first_are_ever_shown_and_the_desk_is_told(
    other_server: OtherServer, site: Site
) -> None:
    (key,) = shown(site, "1", f"http://127.0.0.1:{other_server.server_port}/a.png")
    post_id, pictures = 1, site.context.pictures
    first = site.client.get(f"/pictures/{key}")
    assert first.status_code == 200
    assert site.client.get(f"/pictures/{key}").content == first.content

    other_server.picture = png(3)
    assert site.client.get(f"/pictures/{key}").content == first.content
    cursor = site.ask(event_by_id, site.event.id).cursor
    pictures.forget([key])  # as when another process is asked, or the disk was cleared
    for _ in range(2):  # told once, left out each time
        assert site.client.get(f"/pictures/{key}").status_code == 404
        assert site.ask(desk_cards, [post_id])[post_id].picture_differs
        assert site.ask(event_by_id, site.event.id).cursor == cursor + 1
    site.enter(Role.MODERATOR, "desk")
    assert "has been exchanged" in site.client.get("/e/box10/desk?list=approved").text
    assert site.client.get(f"/pictures/{key}", headers={"If-None-Match": first.headers["etag"]}).status_code == 304

    other_server.picture = png(2)
    pictures.forget([key])
    assert site.client.get(f"/pictures/{key}").content == first.content
    assert not site.ask(desk_cards, [post_id])[post_id].picture_differs
