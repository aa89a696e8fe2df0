"""`backchannel programme import`, as an organiser runs it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import made, run
from tests.files.programme.invented import TALKS, frab_xml, template_csv


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made(tmp_path)
    (tmp_path / "programme.xml").write_bytes(frab_xml())
    return tmp_path


def imported(data: Path, *words: str, **environment: str) -> dict[str, Any]:
    done = run(data, "programme", "import", *words, "--event", "box10", "--json", **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_an_import_says_all_that_it_read_and_what_it_changed(data: Path) -> None:
    told = imported(data, str(data / "programme.xml"))
    assert set(told) == {
        "format", "zone", "talks", "added", "changed", "moved", "removed", "skipped", "warnings",
    }  # fmt: skip
    assert (told["format"], told["zone"], len(told["added"])) == ("frab xml", "Europe/London", len(TALKS))
    assert told["talks"][0] == {
        "key": "guid:g-t1",
        "title": "Care closer to home",
        "starts_at": "2026-11-26T09:00:00+00:00",
        "ends_at": "2026-11-26T09:45:00+00:00",
        "room": "Main hall",
        "speakers": ["Nia Rees", "Omar Said"],
        "do_not_share": False,
    }


def test_a_dry_run_changes_nothing_and_a_second_import_finds_nothing_to_change(data: Path) -> None:
    file = str(data / "programme.xml")
    assert len(imported(data, file, "--dry-run")["added"]) == len(TALKS)
    assert len(imported(data, file)["added"]) == len(TALKS)
    again = imported(data, file)
    assert [again[kind] for kind in ("added", "changed", "moved", "removed")] == [[], [], [], []]


def test_a_changed_copy_changes_just_that(data: Path) -> None:
    imported(data, str(data / "programme.xml"))
    changed = (
        frab_xml()
        .replace(b"Nights on the ward", b"Days on the ward")
        .replace(b"<room>Room 2</room><title>Who", b"<room>Room 3</room><title>Who")
    )
    (data / "changed.xml").write_bytes(changed)
    told = imported(data, str(data / "changed.xml"))
    assert [one["title"] for one in told["changed"]] == ["Days on the ward"]
    assert [(one["title"], one["from"]["room"], one["to"]["room"]) for one in told["moved"]] == [
        ("Who cares for carers?", "Room 2", "Room 3")
    ]
    assert (told["added"], told["removed"]) == ([], [])


def test_what_it_did_is_said_in_words(data: Path) -> None:
    done = run(data, "programme", "import", str(data / "programme.xml"), "--event", "box10")
    assert "Box 10: 4 talks (frab xml, times in Europe/London)" in done.stdout
    assert "first: Thu 26 Nov 2026 09:00, Care closer to home" in done.stdout
    assert "4 added" in done.stdout


class _Programme(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/programme.csv")
            self.end_headers()
            return
        self.send_response(200 if self.path == "/programme.csv" else 404)
        self.end_headers()
        self.wfile.write(template_csv())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Programme)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_programme_is_fetched_from_its_address_and_no_private_one_is_asked(data: Path, web: str) -> None:
    told = imported(data, f"http://{web}/moved", HOOK_HOSTS=web)
    assert len(told["added"]) == len(TALKS)
    for address, hosts in ((f"http://{web}/programme.csv", ""), (f"http://{web}/nothing", web), ("http://[::1]/x", "")):
        done = run(data, "programme", "import", address, "--event", "box10", HOOK_HOSTS=hosts)
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("{data}/nothing.xml",), "cannot be read"),
        (("{data}",), "cannot be read"),
        (("{data}/bad.txt",), "which column"),
        (("{data}/programme.xml", "--zone", "Mars/Base"), "not a time zone"),
        (("{data}/programme.xml", "--map", "{data}/nothing.json"), "cannot be read"),
        (("{data}/programme.xml", "--map", "{data}/bad.txt"), "not JSON"),
        (("{data}/programme.xml", "--map", "{data}/bad.json"), "title"),
        (("{data}/programme.xml", "--event", "nowhere"), "no event"),
    ],
)
def test_every_refusal_is_one_sentence_and_a_code(data: Path, words: tuple[str, ...], said: str) -> None:
    (data / "bad.txt").write_text("just, some\nwords, here\n")
    (data / "bad.json").write_text('{"start": "x"}')
    told = [word.format(data=data) for word in words]
    event = () if "--event" in told else ("--event", "box10")
    done = run(data, "programme", "import", *told, *event)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
