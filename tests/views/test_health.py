"""`/up` and `/ready`: what they count, and what they do not."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.databases import NAME
from tests.servers import RedisServer, free_port


def settings(folder: Path, **more: str) -> Settings:
    return Settings(_env_file=None, data_dir=folder, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", **more)  # type: ignore[call-arg,arg-type]


def asked(client: TestClient) -> list[tuple[int, str]]:
    return [(answer.status_code, answer.text) for answer in (client.get("/up"), client.get("/ready"))]


def test_without_its_bus_a_process_is_up_and_ready_and_says_so(tmp_path: Path) -> None:
    away = settings(tmp_path, bus_url=f"redis://127.0.0.1:{free_port()}/0")
    with TestClient(create_app(away, by_itself=False)) as client:
        assert asked(client) == [(200, "up"), (200, "ready, without the bus")]


@pytest.mark.redis
def test_redis_may_go_and_come_back(tmp_path: Path) -> None:
    redis = RedisServer()
    redis.start()
    try:
        with TestClient(create_app(settings(tmp_path, bus_url=redis.url), by_itself=False)) as client:
            assert asked(client) == [(200, "up"), (200, "ready")]
            redis.stop()
            assert asked(client) == [(200, "up"), (200, "ready, without the bus")]
            redis.start()
            assert asked(client) == [(200, "up"), (200, "ready")]
    finally:
        redis.stop()


def test_without_its_database_file_it_is_neither_and_the_log_says_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with TestClient(create_app(settings(tmp_path), by_itself=False)) as client:
        assert asked(client) == [(200, "up"), (200, "ready")]
        (tmp_path / NAME).rename(tmp_path / "elsewhere")
        why = "the database cannot be used"
        assert asked(client) == [(503, f"down: {why}"), (503, f"not ready: {why}")]
        assert "removed or replaced while it was in use" in caplog.text
        (tmp_path / "elsewhere").rename(tmp_path / NAME)
        assert asked(client) == [(200, "up"), (200, "ready")]


def test_a_process_with_too_much_to_write_is_up_and_gets_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TestClient(create_app(settings(tmp_path), by_itself=False)) as client:
        monkeypatch.setattr("app.views.health.MAX_WRITES_WAITING", 0)
        assert asked(client) == [(200, "up"), (503, "not ready: too much waits to be written")]
