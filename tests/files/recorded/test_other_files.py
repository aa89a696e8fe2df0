"""Recorded files as people have them: packed, cut off, or of another kind altogether."""

import gzip
import json
from pathlib import Path

import pytest

from app.domain.recorded import Broken
from app.files.recorded import open_recording
from app.files.recorded.other_files import looks_like
from app.sources.networks import NETWORKS
from tests.cli.test_commands import CONFERENCE, made, run

ZIP = "this zip is damaged, or packed in a way that cannot be read"
LINES = CONFERENCE.read_text().splitlines()[:10]
OTHER: dict[str, tuple[bytes, str]] = {
    "list.json": (json.dumps([{"id": 1}] * 30, indent=1).encode(), "one list in JSON"),
    "object.json": (json.dumps({"data": [1] * 40}, indent=1).encode(), "one JSON object over several lines"),
    "other.jsonl": (b'{"kind": 1, "body": "x"}\n' * 30, "lines of JSON with other fields (body, kind)"),
    "table.csv": (b"id,text,author\n" + b"1,hello,jo\n" * 30, "a table (CSV)"),
    "page.html": (b"<!doctype html>\n" + b"<p>\n" * 30, "a web page or XML"),
    "packed.zip": (b"PK\x03\x04" + b"\n" * 30, "a zip file"),
    "picture.png": (bytes(range(256)) * 30, "no text at all"),
    "notes.txt": (b"hello\n" * 30, "plain text, or a script"),
    "empty.jsonl": (b"", "an empty file"),
    "empty.gz": (gzip.compress(b""), "an empty file"),
    "table.csv.gz": (gzip.compress(b"id,text,author\n" + b"1,hello,jo\n" * 30), "a table (CSV)"),
    "broken.gz": (b"\x1f\x8b\x08" + b"\xff" * 60, "a damaged gzip file"),
}


@pytest.mark.parametrize("name", ["day.jsonl.gz", "day.jsonl", "day"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_packed_file_is_played_whatever_it_is_called(tmp_path: Path, name: str, mark: str) -> None:
    made(tmp_path)
    (tmp_path / name).write_bytes(gzip.compress((mark + "\n".join(LINES)).encode()))
    done = run(tmp_path, "replay", str(tmp_path / name), "--event", "box10", "--speed", "1000000")
    assert (done.returncode, done.stdout) == (0, "10 played, 0 lines could not be read\n")


@pytest.mark.parametrize("name", OTHER)
def test_a_file_of_another_kind_is_named_and_ends_the_command(tmp_path: Path, name: str) -> None:
    made(tmp_path)
    content, seen = OTHER[name]
    (tmp_path / name).write_bytes(content)
    if not content.startswith(b"\x1f\x8b"):
        assert looks_like(content) == seen
    done = run(tmp_path, "replay", str(tmp_path / name), "--event", "box10", "--speed", "1000000")
    assert done.returncode == 1
    assert (
        f"{name} cannot be read: {ZIP if seen == 'a zip file' else f'it looks like {seen}'}; what can is" in done.stderr
    )


def test_twenty_bad_lines_in_a_row_end_it_and_nineteen_do_not(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    made(tmp_path)
    recorded = tmp_path / "day.jsonl"
    recorded.write_text("\n".join([*LINES[:4], *["bad"] * 19, LINES[4], *["bad"] * 30, *LINES[5:]]))
    done = run(tmp_path, "replay", str(recorded), "--event", "box10", "--speed", "1000000")
    assert (done.returncode, done.stdout) == (1, "5 played, 39 lines could not be read\n")
    assert "20 lines in a row could not be read" in done.stderr
    assert len(caplog.records) == 39


def test_a_packed_file_that_was_cut_off_plays_what_there_is(tmp_path: Path) -> None:
    others = [LINES[0].replace('"ref": "', f'"ref": "{number}-') for number in range(400)]
    packed = gzip.compress("\n".join(others).encode())
    (tmp_path / "cut.gz").write_bytes(packed[: len(packed) // 2])
    with open_recording(tmp_path / "cut.gz", NETWORKS) as recording:
        rows = list(recording.rows())
        assert recording.reached() <= recording.size
    assert len(rows) > 10
    assert [type(row) is Broken for row in rows].count(True) in (1, 2)
    assert isinstance(rows[-1], Broken)
    assert rows[-1].why.startswith("the file is damaged here")


def test_how_far_it_is_is_told_of_a_packed_file_too(tmp_path: Path) -> None:
    (tmp_path / "day.gz").write_bytes(gzip.compress("\n".join(LINES).encode()))
    with open_recording(tmp_path / "day.gz", NETWORKS) as recording:
        assert len(list(recording.rows())) == len(LINES)
        assert recording.reached() == recording.size
