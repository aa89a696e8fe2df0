"""What a first visitor would wait for is made beforehand, and a server that waits for visitors is never said to have ended."""

import asyncio
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.jobs.first_visitors import make_ready
from app.main import create_app, static_files
from app.settings import Settings
from tests.databases import lay_down
from tests.running import PATIENCE


async def test_each_part_is_made_ready_in_turn_and_the_job_stays() -> None:
    made: list[str] = []
    all_made = asyncio.Event()
    loop = asyncio.get_running_loop()

    def last() -> None:
        made.append("patterns")
        loop.call_soon_threadsafe(all_made.set)

    job = asyncio.create_task(make_ready(lambda: made.append("static files"), last))
    await asyncio.wait_for(all_made.wait(), PATIENCE)
    await asyncio.sleep(0)
    assert made == ["static files", "patterns"]
    assert not job.done()
    job.cancel()


async def test_a_part_that_cannot_be_made_is_told_as_every_jobs_failure() -> None:
    def broken() -> None:
        raise RuntimeError("no such file")

    with pytest.raises(RuntimeError, match="no such file"):
        await make_ready(broken)


def test_whoever_comes_before_all_is_ready_gets_what_was_asked_for(tmp_path: Path) -> None:
    known = Settings(database_url=lay_down(tmp_path / "events.db"), data_dir=tmp_path)
    with TestClient(create_app(known, by_itself=False)) as visitor:
        answer = visitor.get(static_files().url("css/bundles/floor.css"), headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.headers["content-encoding"]) == (200, "gzip")
