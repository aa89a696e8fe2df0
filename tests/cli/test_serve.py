"""What a start makes, says and leaves alone, whoever else runs and whatever fails."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from app.demo.running import own_folder
from app.serving import address_of, listen
from app.settings import Settings
from tests.cli.starting import is_up, started
from tests.cli.test_commands import run
from tests.servers import free_port
from tests.store.stores import store
from tests.until import until_now

__all__ = ["store"]

LINK = r"(http://\S+/\?key=\S+)"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_who_does_not_get_the_port_makes_nothing(tmp_path: Path, taken: int, command: str) -> None:
    with started(tmp_path, command, "--port", str(taken)) as late:
        assert late.code() == 1
    assert late.said == f"backchannel: 127.0.0.1:{taken} cannot be listened on: Address already in use\n"
    assert list(tmp_path.iterdir()) == []


def test_a_start_on_a_laptop_says_where_it_is_and_shows_no_code_that_leads_nowhere(tmp_path: Path, taken: int) -> None:
    with started(tmp_path, "serve", "--port", str(taken)) as failed:
        assert failed.code() == 1
    port = free_port()
    with started(tmp_path, "serve", "--port", str(port)) as server, httpx2.Client(follow_redirects=True) as browser:
        link = server.says(LINK)
        server.says(r"(Phones cannot reach this address)")
        assert link.startswith(f"http://127.0.0.1:{port}/")
        browser.get(link)
        form = {"name": "My event", "slug": "my-event", "zone": "Europe/London"}
        made = browser.post(
            f"http://127.0.0.1:{port}/events", data=form, headers={"origin": f"http://127.0.0.1:{port}"}
        )
        assert "--host 0.0.0.0" in made.text
        wall = browser.get(f"http://127.0.0.1:{port}/e/my-event/wall").text
        assert f"http://127.0.0.1:{port}/e/my-event/desk?key=" in run(tmp_path, "link", "my-event", "moderator").stdout
        assert run(tmp_path, "home-link", "--label", "Ben").stdout.startswith(f"http://127.0.0.1:{port}/?key=")
    assert "<svg" not in wall.partition('class="frame-join"')[2].partition("</header>")[0]
    assert "Phones cannot reach this address." in wall


def test_of_first_starts_at_once_one_prints_a_link(store: str, tmp_path: Path) -> None:
    ports = [free_port() for _ in range(2)]
    with ExitStack() as running:
        servers = [
            running.enter_context(started(tmp_path, "serve", "--port", str(port), DATABASE_URL=store)) for port in ports
        ]
        for port in ports:
            until_now(lambda port=port: is_up(port))
        for server in servers:
            server.stop()
    assert sorted("key=" in server.said for server in servers) == [False, True]


def test_an_address_that_is_given_is_encoded_whatever_it_is(tmp_path: Path) -> None:
    given = Settings(_env_file=None, data_dir=tmp_path, public_url="http://127.0.0.1:8000")  # type: ignore[call-arg]
    given.serve_at("http://127.0.0.1:9", for_phones=False)
    assert (given.base_url, given.for_phones) == ("http://127.0.0.1:8000", True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("host", "for_phones"), [("127.0.0.1", False), ("127.8.8.8", False), ("::1", False)])
def test_a_loopback_address_is_not_for_phones(host: str, for_phones: bool) -> None:
    try:
        listening = listen(host, 0)
    except Exception:
        pytest.skip(f"{host} is not here")
    with listening:
        shown = f"[{host}]" if ":" in host else host
        assert address_of(listening) == (f"http://{shown}:{listening.getsockname()[1]}", for_phones)


@pytest.mark.parametrize(
    ("own", "expected"), [("10.4.7.9", ("http://10.4.7.9:{}", True)), ("", ("http://127.0.0.1:{}", False))]
)
def test_who_listens_everywhere_is_reached_at_the_networks_address(
    own: str, expected: tuple[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.serving.network_address", lambda: own)
    with socket.socket() as bound:  # bound and not listened on
        bound.bind(("0.0.0.0", 0))
        assert address_of(bound) == (expected[0].format(bound.getsockname()[1]), expected[1])


def test_a_second_demo_leaves_the_first_ones_files_alone(tmp_path: Path) -> None:
    first_port, second_port = free_port(), free_port()
    with started(tmp_path, "demo", "--port", str(first_port)) as first:
        link = first.says(r"desk +(\S+)")
        kept = (tmp_path / "demo" / "backchannel.sqlite3").stat().st_ino
        with started(tmp_path, "demo", "--port", str(first_port)) as again:
            assert again.code() == 1
        with started(tmp_path, "demo", "--port", str(second_port)) as second:
            assert f":{second_port}/" in second.says(r"desk +(\S+)")
            assert is_up(first_port)
        assert (tmp_path / "demo" / "backchannel.sqlite3").stat().st_ino == kept
        with httpx2.Client(follow_redirects=True) as browser:
            assert browser.get(link).status_code == 200


def test_each_demo_has_a_folder_of_its_own_and_begins_afresh(tmp_path: Path) -> None:
    with own_folder(tmp_path) as first:
        first.mkdir()
        (first / "old").touch()
        with own_folder(tmp_path) as second:
            assert second != first
        assert (first / "old").exists()
    with own_folder(tmp_path) as again:
        assert again == first
        assert not (first / "old").exists()
