"""What the documentation promises names the tests that hold it, and they are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["docs/security.md", "docs/reliability.md"]
FUNCTIONS = {
    node.name
    for file in (ROOT / "tests").rglob("test_*.py")
    for node in ast.walk(ast.parse(file.read_text()))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
}
DRILLS = set(
    re.findall(r'^    "([a-z-]+)": ', (ROOT / "bench" / "reliability" / "__main__.py").read_text(), re.MULTILINE)
)


def rows(page: str) -> list[str]:
    """The lines of its tables, without their heads."""
    lines = (ROOT / page).read_text().splitlines()
    return [
        line
        for line, before in zip(lines[1:], lines, strict=False)
        if line[:2] == "| " and before[:1] == "|" and "---" not in line
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_row_names_what_holds_it(page: str) -> None:
    assert rows(page)
    for row in rows(page):
        assert re.search(r"`(tests/|bin/bench )", row), row


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_is_there(page: str) -> None:
    text = (ROOT / page).read_text()
    for named in re.findall(r"`(tests/[\w/.]*)", text):
        assert (ROOT / named).exists(), named
    files = {file.stem for file in (ROOT / "tests").rglob("test_*.py")}
    for named in re.findall(r"\b(?<!/)test_\w+\b(?!\.py)", text):
        assert named in FUNCTIONS | files, named
    for named in re.findall(r"`bin/bench reliability ([a-z-]+)`", text):
        assert named in DRILLS, named
