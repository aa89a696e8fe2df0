"""A command loads only what it needs: asking for help starts no server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import FORMATS, ROLES
from app.domain.access import Role
from app.domain.tables import metadata
from app.files.event_formats import FORMATS as WRITTEN
from tests.databases import lay_down

HEAVY = {"aiohttp", "alembic", "fastapi", "jinja2", "pydantic", "redis", "sqlalchemy", "sqlmodel", "tweepy", "uvicorn"}
SERVER = {"fastapi", "jinja2", "starlette", "tweepy", "uvicorn"}


def loaded(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after some code."""
    after = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", after], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.splitlines()}


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["serve", "--help"], ["nonsense"]])
def test_help_and_version_load_nothing_of_the_server(words: list[str]) -> None:
    assert not loaded(f"from app.cli import main; main({words!r})") & HEAVY


def test_only_serving_loads_the_server() -> None:
    others = ", ".join(f"app.cli.{name}" for name in ("events", "exports", "replay", "screen", "backup", "doctor"))
    assert not loaded(f"import {others}") & SERVER


def test_whoever_only_reads_loads_neither_the_server_nor_the_database() -> None:
    """The process that reads, and `screen` with it: what they do not need they would wait for."""
    assert not loaded("import app.jobs.reader.process, app.cli.screen") & (HEAVY - {"pydantic"})


def test_every_command_that_opens_the_database_knows_all_its_tables() -> None:
    """A row that refers to a table of which the process has not heard cannot be written."""
    counted = "import sys, app.cli.database; from sqlmodel import SQLModel; print(*SQLModel.metadata.tables)"
    done = subprocess.run([sys.executable, "-c", counted], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == set(metadata.tables)


def test_doctor_reads_a_database_in_a_process_that_has_loaded_nothing_else(tmp_path: Path) -> None:
    """In that of the tests all tables are known, whoever has made them known."""
    lay_down(tmp_path)
    known = {**os.environ, "DATA_DIR": str(tmp_path), "X_API_URL": "http://127.0.0.1:9", "MASTODON_TOKEN": ""}
    asked = [sys.executable, "-m", "app.cli", "doctor", "--json", "--port", "0"]
    done = subprocess.run(asked, env=known, capture_output=True, text=True)
    [database] = [one for one in json.loads(done.stdout) if one["about"] == "database"]
    assert (database["health"], database["said"]) == ("ok", "It answers and its tables are up to date.")


def test_a_start_loads_nothing_that_only_migrations_or_pictures_need() -> None:
    assert not loaded("import app.serving") & {"alembic", "mako", "pygments", "numpy", "PIL"}


def test_what_the_command_line_offers_is_what_there_is() -> None:
    assert set(ROLES) == {role.value for role in Role}
    assert set(FORMATS) == set(WRITTEN)
