"""The page that says which test tries which fault names tests, and rows of their tables, that are there."""

import ast
import re
from pathlib import Path

import pytest

from tests.sources.bluesky import test_source_faults as bluesky
from tests.sources.leaving import ASKED_FOR, TOLD
from tests.sources.mastodon import test_source_faults as mastodon
from tests.x_server.fault_table import BY_NAME

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "network-faults.md").read_text(encoding="utf-8")
ROWS = {
    "x": set(BY_NAME),
    "mastodon": {*map(str, (*mastodon.TROUBLES, *mastodon.ODD)), *mastodon.SHAPES},
    "bluesky": {*map(str, (*bluesky.STREAM, *bluesky.ASKED, *bluesky.QUIET, *bluesky.ODD))},
    "taken back": {*map(str, (*ASKED_FOR, *TOLD))},
}
NAMED = re.findall(r"`(x|mastodon|bluesky|taken back): ([^`]+)`", PAGE)


@pytest.mark.parametrize("table", ROWS)
def test_every_row_that_is_named_is_in_the_table_that_is_tried(table: str) -> None:
    named = {row for of, row in NAMED if of == table}
    assert named
    assert named - ROWS[table] == set()


def test_every_way_of_taking_back_is_on_the_page() -> None:
    assert ROWS["taken back"] == {row for of, row in NAMED if of == "taken back"}


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert named
    for file, name in named:
        there = ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        assert name in {one.name for one in there if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}, file
