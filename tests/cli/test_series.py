"""A series is begun from the command line, with links that lead to its editions."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import Done, run

WORDS = (
    "series",
    "create",
    "tea",
    "--name",
    "Tea chat",
    "--hashtag",
    "teachat",
    "--first-day",
    "2090-01-03",
    "--at",
    "20:00",
)


def test_it_prints_its_page_the_next_date_and_a_link_for_every_role(tmp_path: Path) -> None:
    done: Done = run(tmp_path, *WORDS, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert (found["series"], found["next"]) == ("tea", "2090-01-03T20:00:00+00:00")
    assert {role: url.partition("?key=")[0].rpartition("/")[2] for role, url in found["links"].items()} == {
        "owner": "setup", "moderator": "desk", "speaker": "stage", "screen": "wall",
    }  # fmt: skip
    assert "/s/tea/desk" in found["links"]["moderator"]
    again = run(tmp_path, *WORDS)
    assert (again.returncode, "already" in again.stderr) == (1, True)


@pytest.mark.parametrize(("flag", "typed"), [("--first-day", "soon"), ("--at", "late")])
def test_what_cannot_be_read_is_said(tmp_path: Path, flag: str, typed: str) -> None:
    done = run(tmp_path, *WORDS, flag, typed)
    assert done.returncode == 1
    assert typed in done.stderr
