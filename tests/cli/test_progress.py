"""The bar: after two seconds, on a terminal, and gone at the end."""

import io
import json
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.cli import main, progress
from app.cli.progress import Progress
from app.store import backup, move
from tests.cli.test_commands import CONFERENCE, made, run


class Terminal(io.StringIO):
    def __init__(self, *, shown: bool = True) -> None:
        super().__init__()
        self._shown = shown

    def isatty(self) -> bool:
        return self._shown


def drawn(moments: list[tuple[float, float]], *, total: float = 0, shown: bool = True) -> list[str]:
    """What stands on the terminal after each moment, told as (seconds, done)."""
    out, at = Terminal(shown=shown), 0.0
    progress = Progress("rows", total, out=out, clock=lambda: at)
    found = []
    for at, done in moments:  # noqa: B007
        progress.reach(done)
        found.append(out.getvalue().rpartition("\x1b[K")[2])
    progress.end()
    assert out.getvalue() == "" or out.getvalue().endswith("\r\x1b[K")
    return found


def test_it_shows_share_rate_and_time_left() -> None:
    assert drawn([(1, 100), (4, 400), (60, 1_000)], total=1_000) == [
        "",
        "█████████···············  40% 400 rows, 100/s, 0:06 left",
        "████████████████████████ 100% 1,000 rows, 17/s, 0:00 left",
    ]


def test_without_a_total_it_counts() -> None:
    assert drawn([(3, 90)]) == ["90 rows, 30/s"]


@pytest.mark.parametrize("moments", [[(0.1, 1), (1.9, 9)], []])
def test_what_is_quick_draws_nothing(moments: list[tuple[float, float]]) -> None:
    assert drawn(moments, total=10) == [""] * len(moments)


def test_a_pipe_hears_nothing() -> None:
    assert drawn([(10, 1), (100, 9)], total=10, shown=False) == ["", ""]


def test_it_is_not_drawn_more_often_than_it_can_be_read() -> None:
    assert drawn([(3, 1), (3.1, 2), (3.3, 3)], total=4)[1].endswith("0:09 left")


# The commands that take long


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a day in it, and a copy of that, and lines to screen."""
    data = tmp_path_factory.mktemp("day")
    made(data)
    some = data / "day.jsonl"
    some.write_text("".join(CONFERENCE.read_text().splitlines(keepends=True)[:60]))
    assert run(data, "replay", str(some), "--event", "box10", "--speed", "1000000").returncode == 0
    with sqlite3.connect(data / "backchannel.sqlite3") as database:  # what was shown is told in words, too
        database.execute("UPDATE post SET verdict = 'approved'")
    database.close()
    assert run(data, "backup", str(data / "copy.sqlite3")).returncode == 0
    return data


@pytest.fixture
def elsewhere(postgres_url: str) -> Iterator[str]:
    name = f"p{secrets.token_hex(6)}"
    engine = sa.create_engine(f"{postgres_url}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield f"{postgres_url}/{name}"
    engine.dispose()


LONG = ["export box10", "export box10 --format md", "backup {data}/again.sqlite3", "restore {data}/copy.sqlite3"]
LONG += ["replay {data}/day.jsonl --event box10 --speed 1000000", "screen"]


def command(words: str, day: Path, **known: str) -> list[str]:
    return [word.format(data=day, **known) for word in words.split()]


def shown_by(words: list[str], day: Path, monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    """What a command that takes for ever, as it seems to the bar, writes on standard error."""
    monkeypatch.setenv("DATA_DIR", str(day))
    monkeypatch.setattr(progress, "SILENT_SECONDS", 0.0)
    monkeypatch.setattr(progress, "DRAWN_EVERY", 0.0)
    monkeypatch.setattr(backup, "STEPS", 100)
    lines = [json.dumps({"id": str(number), "text": "well said"}) for number in range(30)]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    with redirect_stderr(Terminal(shown=terminal)) as err:
        main(words)
    return str(err.getvalue())


@pytest.mark.parametrize("words", LONG)
def test_what_takes_long_says_how_far_it_is_on_a_terminal_and_nothing_in_a_pipe(
    words: str, day: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = shown_by(command(words, day), day, monkeypatch, terminal=True)
    assert "/s" in drawn
    assert words == "screen" or "left" in drawn
    assert drawn.endswith("\r\x1b[K")
    assert shown_by(command(words, day), day, monkeypatch, terminal=False) == ""


@pytest.mark.postgres
def test_a_move_goes_from_nothing_to_all_of_it(day: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(move, "ROWS", 20)
    monkeypatch.setattr(Progress, "reach", lambda self, done, *, total: told.append((done, total)))
    told: list[tuple[float, float]] = []
    shown_by(command("move --to {to}", day, to=elsewhere), day, monkeypatch, terminal=True)
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert (shares[0] < 0.1, shares[-1]) == (True, 1.0)
    assert len([share for share in shares if share < 0.25]) > 5
    assert len([share for share in shares if share > 0.5]) > 5


def test_a_pipe_is_no_terminal(day: Path) -> None:
    """The real thing, without any stand-in for a terminal."""
    known = {"DATA_DIR": str(day)}
    ask = [sys.executable, "-c", "import sys; from app.cli import main; main(['export', 'box10'])"]
    done = subprocess.run(ask, env=known, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
