"""The house: few files at its root, none too long to read, and the tests of a file where its name says."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(file for room in ("app", "tests") for file in (ROOT / room).rglob("*.py"))
APART = {"browser", "pseudo_language", "x_server"}
"""Folders of `tests/` that mirror nothing: what people do in browsers, all screens in a language that shows what was not
translated, and the local X with its own tests."""
ACROSS = {
    "bus/test_contract": "every bus keeps it",
    "store/test_contract": "every store keeps it",
    "store/test_day": "every store keeps it",
    "store/test_watching": "every store keeps it",
    "store/test_machine": "a migration, on every store",
    "cli/test_commands": "all commands, as an organiser types them",
    "cli/test_loading": "all commands",
    "domain/screening/test_screen": "the package's own function",
    "domain/screening/test_growth": "all checks",
    "sources/x/test_display_rules": "the cards of every screen, as X wants them",
    "sources/x/test_faults": "every fault of X, through the whole source",
    "sources/x/test_secrets": "the token, through the whole source",
    "live/listeners/test_roles": "the table of roles, at every socket",
    "views/api/test_api": "the API as one program uses it",
}
"""Tests of a whole folder, and why no one file is theirs."""


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_few_files_lie_loose() -> None:
    loose = {file.stem for file in (ROOT / "app").glob("*.py")}
    assert loose == {"__init__", "main", "serving", "settings", "logs"}


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_file_has_no_more_than_250_lines(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= 250


@pytest.mark.parametrize("file", [file for file in FILES if file.name.startswith("test_")], ids=named)
def test_a_test_stands_where_what_it_tests_stands(file: Path) -> None:
    place = file.relative_to(ROOT / "tests")
    if len(place.parts) == 1 or place.parts[0] in APART or str(place.with_suffix("")) in ACROSS:
        return
    room = ROOT / "app" / place.parent
    about = file.stem.removeprefix("test_")
    parts = about.split("_")
    assert room.is_dir(), f"there is no {room.relative_to(ROOT)}"
    # Behaviour may be split: test_memory_trust is about memory.py too.
    names = {"_".join(parts[:length]) for length in range(1, len(parts) + 1)}
    assert any((room / f"{name}.py").is_file() for name in names), f"there is no {about}.py in {room.relative_to(ROOT)}"


def test_every_exception_is_one() -> None:
    assert all((ROOT / "tests" / f"{name}.py").is_file() for name in ACROSS)
