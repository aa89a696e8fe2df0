"""Whatever is wrong, a command ends with a sentence and a code, and nothing is printed that looks like a result."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import Done, findings, made, run
from tests.databases import NAME, lay_down
from tests.servers import free_port

AWAY = f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/none"
COMMANDS = {
    "serve": ("serve", "--port", "0"),
    "event": ("event", "create", "two", "--name", "Two"),
    "link": ("link", "box10", "owner"),
    "export": ("export", "box10"),
    "log": ("log", "box10"),
    "incident": ("incident", "box10", "--post", "1", "--out", "{folder}/case.zip"),
    "replay": ("replay", "{folder}/day.jsonl", "--event", "box10"),
    "backup": ("backup", "{folder}/copy.sqlite3"),
    "restore": ("restore", "{folder}/day.jsonl"),
    "archive": ("archive", "box10", "--out", "{folder}/copy.zip"),
    "erase": ("erase", "box10", "--author", "nia"),
    "programme": ("programme", "import", "{folder}/day.jsonl", "--event", "box10"),
    "series": ("series", "create", "tea", "--name", "Tea", "--first-day", "2026-10-13", "--at", "20:00"),
    "home-link": ("home-link",),
    "move": ("move", "--to", AWAY),
}
WITHOUT_A_SITE = {"screen", "doctor", "demo"}
"""Lines in, lines out; what says itself what is wrong; and what has files of its own."""
SETTINGS: list[tuple[dict[str, str], str]] = [
    ({"LOG_FORMAT": "xml"}, "LOG_FORMAT should be 'text' or 'json'"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL should be 'debug', 'info', 'warning' or 'error'"),
    ({"TRUST_PROXY": "perhaps"}, "TRUST_PROXY"),
    ({"DATABASE_URL": "nonsense"}, "DATABASE_URL is not the address of a database"),
    ({"DATABASE_URL": "oracle+nothing://here"}, "DATABASE_URL is not the address of a database"),
    ({"DATABASE_URL": "postgresql+psycopg://nia:s3cret@here:abc/x"}, "DATABASE_URL: its port is no number"),
    ({"DATABASE_URL": "postgresql+psycopg://here:99999/x"}, "DATABASE_URL: its port is no number"),
    ({"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL: it names no file"),
    ({"BUS_URL": "redis://:s3cret@here:99999"}, "BUS_URL: its port is no number"),
    ({"PUBLIC_URL": "http://[::1"}, "PUBLIC_URL: its host is no address"),
    ({"SHORT_URL": "https://here:port"}, "SHORT_URL: its port is no number"),
    ({"DATABASE_URL": "mysql+pymysql://here/x"}, "this needs pymysql, which is not installed"),
]


def refused(done: Done) -> str:
    """The sentence; nothing else was said."""
    assert done.returncode in {1, 2}, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("backchannel: ")
    return done.stderr.removeprefix("backchannel: ").strip()


def words(command: str, folder: Path) -> list[str]:
    (folder / "day.jsonl").write_text("{}\n")
    return [word.format(folder=folder) for word in COMMANDS[command]]


def test_every_command_is_tried(tmp_path: Path) -> None:
    known = re.search(r"invalid choice: .* \(choose from (.*)\)", run(tmp_path, "nothing").stderr)
    assert known is not None
    assert {word.strip("' ") for word in known[1].split(",")} == COMMANDS.keys() | WITHOUT_A_SITE


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("wrong", "said"), SETTINGS, ids=lambda value: str(value)[:24])
def test_a_setting_that_cannot_be_is_refused_by_every_command(
    tmp_path: Path, command: str, wrong: dict[str, str], said: str
) -> None:
    elsewhere = wrong.get("DATABASE_URL", "").startswith(("oracle", "mysql"))
    if command in {"backup", "restore"} and elsewhere:
        said = "this is for SQLite"
    if command == "move" and elsewhere:
        said = "this moves from SQLite"
    sentence = refused(run(tmp_path, *words(command, tmp_path), **wrong))
    assert sentence.startswith(said)
    assert "s3" not in sentence


@pytest.mark.parametrize(
    "sound",
    [
        {"DATABASE_URL": "postgresql+psycopg://nia:p#a:ss?w@127.0.0.1:9/x"},
        {"DATABASE_URL": "postgresql+psycopg://[::1]:9/x"},
        {"DATABASE_URL": "postgresql+psycopg:///x?host=/nowhere"},
        {"PUBLIC_URL": "https://[2001:db8::7]:8443", "SHORT_URL": "box10.example"},
        {"SMTP_URL": "smtp://nia:p%23s%2Fs@mail.example.org:587"},
        {"SMTP_URL": "smtps://[::1]", "BUS_URL": "memory://"},
    ],
    ids=str,
)
def test_a_setting_that_can_be_is_none_of_these(tmp_path: Path, sound: dict[str, str]) -> None:
    done = run(tmp_path, "link", "box10", "owner", **sound)
    assert done.returncode == 1
    assert "there is no event" in done.stderr or "the database cannot be used: " in done.stderr


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - {"backup", "restore", "move"}))
def test_a_database_that_is_away_is_said(tmp_path: Path, command: str) -> None:
    done = run(tmp_path, *words(command, tmp_path), DATABASE_URL=AWAY)
    assert refused(done).startswith("the database cannot be used: connection")


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - {"restore"}))
def test_a_folder_that_cannot_be_is_said(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").touch()
    said = refused(run(tmp_path / "file" / "data", *words(command, tmp_path)))
    assert "Not a directory" in said or "File exists" in said


@pytest.mark.parametrize("bad", ["-1", "65536", "eighty", "8000.0", "", "99999999999999999999", "８０"])
@pytest.mark.parametrize("command", ["serve", "demo", "doctor"])
def test_a_port_that_cannot_be_is_refused(tmp_path: Path, command: str, bad: str) -> None:
    done = run(tmp_path, command, f"--port={bad}")
    assert (done.returncode, f"“{bad}” is no port" in done.stderr) == (2, True)


@pytest.mark.parametrize("bad", ["0", "-1", "nan", "inf", "fast", "", "1e99"])
def test_a_speed_that_cannot_be_is_refused(tmp_path: Path, bad: str) -> None:
    done = run(tmp_path, "replay", "x", "--event", "y", f"--speed={bad}")
    assert (done.returncode, f"“{bad}” is no speed" in done.stderr) == (2, True)


@pytest.mark.parametrize("host", ["nowhere.invalid", "300.1.1.1", "192.0.2.1", "a" * 70])
def test_an_address_that_is_not_here_is_refused(tmp_path: Path, host: str) -> None:
    assert f"{host}:0 cannot be listened on" in refused(run(tmp_path, "serve", "--port", "0", "--host", host))


def test_a_bus_that_cannot_be_is_refused(tmp_path: Path) -> None:
    assert "BUS_URL 'pigeon://'" in refused(run(tmp_path, "serve", "--port", "0", BUS_URL="pigeon://"))
    assert "BUS_URL 'pigeon://'" in refused(run(tmp_path, *words("event", tmp_path), BUS_URL="pigeon://"))


def test_a_file_that_cannot_be_written_or_read_is_said(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "day.jsonl").write_text("{}")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    os.mkfifo(tmp_path / "pipe")
    inside = {file.name for file in tmp_path.parent.iterdir()}
    for to in ("day.jsonl/copy", "/proc/none/copy", ".", "pipe"):
        refused(run(tmp_path, "backup", str(tmp_path / to)))
    assert (tmp_path / "pipe").is_fifo()
    assert {file.name for file in tmp_path.parent.iterdir()} == inside
    assert list(tmp_path.glob("*.unfinished")) == []
    refused(run(tmp_path, "restore", str(tmp_path)))
    refused(run(tmp_path, "restore", str(tmp_path / "bytes")))


def test_a_database_of_a_newer_version_is_said(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    lay_down(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.commit()
    assert "is of another version of Backchannel" in refused(run(tmp_path, *words("event", tmp_path)))


def test_what_nobody_foresaw_is_a_sentence_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_words: object) -> None:
        raise RuntimeError("the moon\nis full")

    monkeypatch.setattr("app.cli.exports.with_doors", fails)
    done = run(tmp_path, "export", "box10")
    assert done.returncode == 70
    assert done.stderr == "backchannel: something went wrong that nobody foresaw: RuntimeError: the moon\n"
    with pytest.raises(RuntimeError):
        run(tmp_path, "export", "box10", LOG_LEVEL="debug")


def test_a_reader_that_has_gone_is_no_error(tmp_path: Path) -> None:
    lines = '{"id": 1, "text": "hello"}\n' * 3_000
    command = f"exec 2>{tmp_path}/err; '{sys.executable}' -m app.cli screen | head -n 1"
    known = {**os.environ, "DATA_DIR": str(tmp_path)}
    done = subprocess.run(["bash", "-c", command], input=lines, env=known, capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert (tmp_path / "err").read_text() == ""


@pytest.mark.parametrize(("wrong", "said"), SETTINGS, ids=lambda value: str(value)[:24])
def test_doctor_names_a_setting_that_cannot_be(tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    found = findings(tmp_path, "--port", "0", **wrong)
    about = found.get("settings") or found["database"]
    assert about["health"] == "wrong"
    assert said.partition(" ")[0] in about["said"] + about["todo"]


@pytest.mark.parametrize("key", [b"\xff\xfe" * 40, b""])
def test_doctor_reads_a_key_that_is_none(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "secret-key").write_bytes(key)
    assert findings(tmp_path, "--port", "0")["key"]["health"] == "wrong"
