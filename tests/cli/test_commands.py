"""The commands of the contract, run as an organiser runs them."""

import io
import json
import os
import socket
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.domain.doctor_findings import Diagnosis
from app.settings import Settings
from tests.databases import NAME
from tests.running import ThreadedServer
from tests.until import PATIENCE

CONFERENCE = Path(__file__).resolve().parents[2] / "app" / "demo" / "conference.jsonl"


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(data: Path, *words: str, stdin: str = "", **environment: str) -> Done:
    """A command as a shell would run it, in this process: starting Python forty times shows nothing more."""
    known = {"DATA_DIR": str(data), "X_API_URL": "http://127.0.0.1:9", **environment}
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
        for name, value in known.items():
            patched.setenv(name, value)
        patched.setattr("sys.stdin", io.StringIO(stdin))
        try:
            main(list(words))
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
            err.write("" if isinstance(ended.code, int | None) else f"{ended.code}\n")
    return Done(code or 0, out.getvalue(), err.getvalue())


def made(data: Path) -> Any:
    done = run(
        data, "event", "create", "box10", "--name", "Box 10", "--hashtag", "box10", "--hashtag", "nhssm", "--json"
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_event_create_prints_a_link_for_every_role(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert found["event"] == "box10"
    assert set(found["links"]) == {"owner", "moderator", "speaker", "screen"}
    assert found["floor"] == found["links"]["moderator"].partition("/desk")[0]
    assert "/e/box10/desk?key=" in found["links"]["moderator"]


def test_the_same_event_twice_is_refused_in_a_sentence(tmp_path: Path) -> None:
    made(tmp_path)
    again = run(tmp_path, "event", "create", "box10", "--name", "Box 10")
    assert (again.returncode, again.stdout) == (1, "")
    assert "There is an event at “box10” already." in again.stderr


def test_link_gives_one_more_link(tmp_path: Path) -> None:
    first = made(tmp_path)
    more = json.loads(run(tmp_path, "link", "box10", "moderator", "--label", "Asha", "--json").stdout)
    assert more["links"]["moderator"] != first["links"]["moderator"]
    assert "there is no event" in run(tmp_path, "link", "nowhere", "owner").stderr


def test_the_log_and_an_incident_are_written_to_files(tmp_path: Path) -> None:
    made(tmp_path)
    recorded = tmp_path / "day.jsonl"
    recorded.write_text("\n".join(CONFERENCE.read_text().splitlines()[:5]))
    run(tmp_path, "replay", str(recorded), "--event", "box10", "--speed", "1000000")
    rows = json.loads(run(tmp_path, "log", "box10").stdout)
    told = {(row["subject"], row["by"]) for row in rows}
    assert told == {("life", "command line"), ("access", "command line"), ("post", "screening")}
    out = tmp_path / "case.zip"
    done = run(tmp_path, "incident", "box10", "--post", "1", "--out", str(out))
    assert (done.returncode, out.read_bytes()[:2]) == (0, b"PK")
    assert out.stat().st_mode & 0o777 == 0o600
    assert "incident,1,kept,taken" in run(tmp_path, "log", "box10", "--format", "csv").stdout
    assert "there are no such posts" in run(tmp_path, "incident", "box10", "--post", "999", "--out", str(out)).stderr


def test_a_recorded_day_is_replayed_and_exported(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    made(tmp_path)
    recorded = tmp_path / "day.jsonl"
    lines = CONFERENCE.read_text().splitlines()[:40]
    recorded.write_text("\n".join([*lines[:20], "this is no line", *lines[20:]]))
    done = run(tmp_path, "replay", str(recorded), "--event", "box10", "--speed", "1000000")
    assert done.stdout == "40 played, 1 lines could not be read\n"
    assert "row 21" in caplog.text
    whole = json.loads(run(tmp_path, "export", "box10", "--format", "json").stdout)
    posts = [json.loads(line) for line in lines if '"repost"' not in line]
    assert {post["text"] for post in whole["posts"]} == {post["text"] for post in posts}
    assert run(tmp_path, "export", "box10", "--format", "csv").stdout.startswith("\ufeffid,source,posted_at")
    assert run(tmp_path, "export", "box10", "--format", "md").stdout.startswith("# Box 10")


def test_screen_answers_line_by_line_and_reports_bad_ones(tmp_path: Path) -> None:
    lines = [
        {"id": 1, "text": "Hello from the hall", "author": "jo"},
        {"id": "two", "text": "Look here https://bit.ly/now", "author": "ann"},
        {"id": 3, "text": "Hello from the hall!", "author": "jo"},
    ]
    stdin = "\n".join([json.dumps(lines[0]), "{broken", *(json.dumps(line) for line in lines[1:])])
    done = run(tmp_path, "screen", stdin=stdin)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["id"], one["verdict"], one["level"]) for one in told] == [
        (1, "held", "note"),
        ("two", "held", "hold"),
        (3, "held", "hold"),
    ]
    signal = told[1]["signals"][0]
    assert (signal["category"], signal["spans"]) == ("link", [[10, 28]])
    assert set(signal) == {"code", "category", "level", "confidence", "spans", "explanation", "field"}
    assert "line 2" in done.stderr


def findings(data: Path, *words: str, **environment: str) -> dict[str, dict[str, str]]:
    done = run(data, "doctor", "--json", *words, **environment)
    found = {finding["about"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == int(any(one["health"] == "wrong" for one in found.values()))
    return found


def test_doctor_tells_a_server_of_ours_from_a_foreign_one(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("app.cli.doctor.ANSWER_SECONDS", 0.1)
            foreign = findings(tmp_path, "--port", str(port))["port"]
    assert (foreign["health"], "Another program" in foreign["said"]) == ("wrong", True)
    assert findings(tmp_path, "--port", str(port))["port"]["health"] == "ok"
    ours = ThreadedServer(Settings(_env_file=None, data_dir=tmp_path / "ours"))  # type: ignore[call-arg]
    port = ours._listening.getsockname()[1]
    ours.start()
    try:
        with pytest.MonkeyPatch.context() as patched:
            for patience in ("ANSWER_SECONDS", "CHECK_SECONDS"):
                patched.setattr(f"app.cli.doctor.{patience}", PATIENCE)
            found = findings(tmp_path, "--port", str(port))["port"]
        assert (found["health"], found["said"]) == ("ok", f"Backchannel is running on port {port}.")
        (tmp_path / "ours" / NAME).unlink()
        assert findings(tmp_path, "--port", str(port))["port"]["health"] == "wrong"
    finally:
        ours.stop()


def test_doctor_finds_that_there_is_no_token_and_says_what_to_do(tmp_path: Path) -> None:
    found = findings(tmp_path)["X"]
    assert (found["health"], "X_BEARER_TOKEN" in found["todo"]) == ("warning", True)


def test_doctor_finds_a_database_that_cannot_be_used(tmp_path: Path) -> None:
    broken = tmp_path / "not-a-folder"
    broken.write_text("")
    found = findings(tmp_path, DATABASE_URL=f"sqlite:///{broken}/b.sqlite3")["database"]
    assert (found["health"], "DATA_DIR" in found["todo"]) == ("wrong", True)
    away = findings(tmp_path, DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:9/none")["database"]
    assert away["health"] == "wrong"


def test_doctor_finds_a_bus_and_a_key_that_are_no_good(tmp_path: Path) -> None:
    found = findings(tmp_path, BUS_URL="carrier-pigeon://", SECRET_KEY="short")
    assert (found["bus"]["health"], found["key"]["health"]) == ("wrong", "wrong")
    (tmp_path / "secret-key").touch()
    empty = findings(tmp_path)["key"]
    assert (empty["health"], "Remove the file" in empty["todo"]) == ("wrong", True)


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_nothing_is_served_with_a_key_that_can_be_guessed(tmp_path: Path, command: str) -> None:
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "SECRET_KEY": "short"}
    told = subprocess.run([sys.executable, "-m", "app.cli", command], env=environment, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("backchannel: SECRET_KEY has fewer than 32 characters")


@pytest.mark.parametrize(
    ("url", "health"),
    [
        ("", "warning"),
        ("live.example.org", "wrong"),
        ("http://live.example.org", "warning"),
        ("https://live.example.org", "ok"),
    ],
)
def test_doctor_looks_at_the_public_address(tmp_path: Path, url: str, health: str) -> None:
    assert findings(tmp_path, PUBLIC_URL=url)["address"]["health"] == health


async def test_doctor_compares_the_clock_with_x_and_tries_the_token(tmp_path: Path) -> None:
    from app.cli.doctor import examine
    from tests.networks import x_with
    from tests.x_server import XServer

    settings = Settings(_env_file=None, data_dir=tmp_path)  # type: ignore[call-arg]

    async def found(token: str) -> dict[str, Diagnosis]:
        networks = [x_with(x_api_url=x.url, x_bearer_token=token)]
        return {one.about: one for one in await examine(settings, host="127.0.0.1", port=0, networks=networks)}

    async with XServer() as x:
        right, wrong = await found(x.token), await found("wrong")
        assert (right["X"].health, right["clock"].health) == ("ok", "ok")
        assert (wrong["X"].health, "console" in wrong["X"].todo) == ("wrong", True)
        x.shift_clock(600)
        x.fault("clock_ahead")
        assert (await found(x.token))["clock"].health == "wrong"


def test_the_first_start_prints_a_home_link(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "DATA_DIR": str(tmp_path), "LOG_LEVEL": "warning"},
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline() + process.stdout.readline()
        assert f"http://127.0.0.1:{port}/?key=" in said
    finally:
        process.terminate()
        process.wait(20)
