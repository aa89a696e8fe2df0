"""Both Caddyfiles, by each Caddy that people have: they load, and pages, forms and sockets pass."""

import json
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from websockets.sync.client import connect

from app.settings import Settings
from tests.caddy import CADDIES, DEPLOY, caddy_before, environment, version
from tests.pages import Page
from tests.running import ThreadedServer
from tests.servers import missing
from tests.until import PATIENCE

CONFIGS = ("Caddyfile", "Caddyfile.scale")


@pytest.fixture(params=CADDIES)
def caddy(request: pytest.FixtureRequest) -> str:
    if not CADDIES[request.param]:
        missing(f"{request.param} Caddy is not here")
    return CADDIES[request.param]


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("site", ["live.example.org", "live.example.org, www.example.org", ":80"])
def test_it_loads(caddy: str, config: str, site: str, tmp_path: Path) -> None:
    new = tuple(map(int, version(caddy).split("-")[0].split(".")[:2])) >= (2, 7)
    for streams in ["", *(["stream_close_delay 5m"] if new else [])]:
        command = [caddy, "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / config)]
        known = environment(tmp_path, SITE=site, CADDY_STREAMS=streams)
        done = subprocess.run(command, env=known, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "unformatted" not in done.stderr
        assert "not formatted" not in done.stderr


@pytest.mark.parametrize("config", CONFIGS)
def test_a_page_and_its_socket_pass_through_it(caddy: str, config: str, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    server = ThreadedServer(settings)
    port = server._listening.getsockname()[1]
    running = server.start()
    try:
        with caddy_before(caddy, config, port, tmp_path) as proxied:
            page = Page.load(proxied.get("/e/box10").text)
            url = f"{proxied.url.replace('https', 'wss')}/live/box10/floor?after={page.cursor}"
            with connect(url, origin=proxied.url, ssl=proxied.tls, open_timeout=PATIENCE) as socket:  # type: ignore[arg-type]
                from app.actions.events import change_event
                from tests.conftest import NOON

                new = {
                    "hashtags": ["box10"],
                    "zone": "Europe/London",
                    "accent": "teal",
                    "welcome": "",
                    "language": "en",
                }
                running.do(change_event, running.event.id, name="Told through TLS", at=NOON, **new)
                while "Told through TLS" not in json.dumps(json.loads(str(socket.recv(timeout=PATIENCE)))):
                    pass
    finally:
        server.stop()


class Hasty(BaseHTTPRequestHandler):
    """A process that is busy now and then."""

    statuses: list[int] = []

    def do_GET(self) -> None:
        self.send_response(self.statuses.pop(0) if self.statuses else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None: ...


@pytest.fixture
def hasty() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Hasty)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("config", CONFIGS)
def test_a_process_that_said_503_is_asked_again_at_once(caddy: str, config: str, hasty: int, tmp_path: Path) -> None:
    with caddy_before(caddy, config, hasty, tmp_path) as proxied:
        Hasty.statuses[:] = [503, 200, 503, 503, 503, 503, 200]
        assert [proxied.get("/e/box10").status_code for _ in range(7)] == [503, 200, 503, 503, 503, 503, 200]
