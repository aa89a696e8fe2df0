"""Operating it: metrics, logs, copies of the database, a restart in the middle of the work."""

import json
import logging
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from app.actions.arrivals import receive
from app.bus.memory import MemoryBus
from app.domain.event import Event
from app.logs import JsonLines, request_id
from app.main import create_app
from app.queries.changes import news
from app.queries.events import event_by_slug
from app.settings import Settings
from app.store.backup import AHEAD, NotPossible, back_up, put_back
from app.store.doors import Backchannel
from app.store.schema import migrate
from tests.conftest import NOON, incoming
from tests.running import ProcessServer
from tests.servers import free_port


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path, secret_key="only for tests", log_level="warning")  # type: ignore[call-arg]


def test_metrics_are_what_prometheus_reads(settings: Settings) -> None:
    with TestClient(create_app(settings, by_itself=False)) as client:
        text = client.get("/metrics").text
    families = {line.split()[2]: line.split()[3] for line in text.splitlines() if line.startswith("# TYPE")}
    assert {"backchannel_sockets", "backchannel_deliveries_total", "backchannel_merged_total"} <= families.keys()
    assert {"backchannel_cut_off_total", "backchannel_catch_ups_total"} <= families.keys()
    assert {
        "backchannel_writes_waiting",
        "backchannel_bus_seconds",
        "backchannel_source_lag_seconds",
        "backchannel_alarm",
    } <= families.keys()
    assert families["backchannel_last_socket_seconds"] == "histogram"
    for line in text.splitlines():
        if not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            assert name.startswith("backchannel_")
            float(value)


def test_metrics_may_be_kept_behind_a_token(settings: Settings) -> None:
    locked = settings.model_copy(update={"metrics_token": Settings(metrics_token="open sesame").metrics_token})  # type: ignore[arg-type]
    with TestClient(create_app(locked, by_itself=False)) as client:
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/metrics", headers={"Authorization": "Bearer open sesame"}).status_code == 200


def test_every_answer_names_its_request(settings: Settings) -> None:
    with TestClient(create_app(settings, by_itself=False)) as client:
        first, second = (client.get("/up").headers["x-request-id"] for _ in range(2))
        assert first != second
        sent = client.get("/up", headers={"X-Request-ID": "from-the-proxy-1"})
        assert sent.headers["x-request-id"] == "from-the-proxy-1"
        forged = client.get("/up", headers={"X-Request-ID": 'x" injected'})
        assert forged.headers["x-request-id"] != 'x" injected'


def test_a_line_of_json_carries_the_request_and_what_went_wrong() -> None:
    token = request_id.set("abc123abc123")
    try:
        raise ValueError("of “this”")
    except ValueError:
        record = logging.LogRecord("app", logging.ERROR, __file__, 1, "It broke: %s", ("here",), sys.exc_info())
    line = json.loads(JsonLines().format(record))
    request_id.reset(token)
    assert (line["level"], line["said"], line["request"]) == ("error", "It broke: here", "abc123abc123")
    assert "of “this”" in line["traceback"]


def test_the_server_logs_requests_as_json_and_never_a_key(tmp_path: Path) -> None:
    server = ProcessServer(tmp_path, free_port(), LOG_FORMAT="json", LOG_LEVEL="info")
    server.start()
    try:
        httpx2.get(f"{server.url}/e/my-event/desk?key=very-secret-key")
    finally:
        server.stop()
    lines = [json.loads(line) for line in server.log().splitlines() if line.startswith("{")]
    request = next(line for line in lines if line.get("path") == "/e/my-event/desk")
    assert (request["status"], request["method"]) == (403, "GET")
    assert len(request["request"]) >= 8
    assert "very-secret-key" not in server.log()


def keep_writing(url: str, stop: threading.Event, stored: list[str]) -> None:
    doors = Backchannel(url, MemoryBus())
    event = doors._read(event_by_slug, ("box10",), {})
    number = 0
    while not stop.is_set():
        number += 1
        post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"a{number}")
        doors.writers.run(receive, (event.id, post), {"at": NOON})
        stored.append(str(number))
    doors.writers.close()
    doors.write_engine.dispose()
    doors.read_engine.dispose()


@pytest.fixture
def busy(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'data' / 'backchannel.sqlite3'}"
    (tmp_path / "data").mkdir()
    migrate(url)
    with closing(sqlite3.connect(tmp_path / "data" / "backchannel.sqlite3")) as opened:
        opened.execute(
            "INSERT INTO event (slug, name, zone, hashtags, accent, welcome, policy, policy_version, screen, paused_at, "
            "cursor, trimmed, created_at) VALUES ('box10', 'Box 10', 'Europe/London', '[]', 'teal', '', '{}', 1, 'live', "
            "0, 0, 0, '2026-06-11 12:00:00')"
        )
        opened.commit()
    return url


def refs(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as opened:
        return {ref for (ref,) in opened.execute("SELECT ref FROM post")}


def test_a_copy_made_while_posts_come_in_is_sound_and_has_all_that_was_stored_before(busy: str, tmp_path: Path) -> None:
    stop: threading.Event = threading.Event()
    stored: list[str] = []
    writer = threading.Thread(target=keep_writing, args=(busy, stop, stored))
    writer.start()
    try:
        while len(stored) < 100:
            time.sleep(0.01)
        before = set(stored)
        assert back_up(busy, tmp_path / "copies" / "noon.sqlite3") > 0
        assert len(stored) > len(before), "nothing was stored meanwhile: the copy held the server up"
    finally:
        stop.set()
        writer.join()
    assert before <= refs(tmp_path / "copies" / "noon.sqlite3")
    assert [file.name for file in (tmp_path / "copies").iterdir()] == ["noon.sqlite3"]


def test_a_copy_that_is_put_back_is_the_database_and_every_page_is_told_all_of_it(busy: str, tmp_path: Path) -> None:
    async def one(number: int) -> None:
        doors = Backchannel(busy, MemoryBus())
        event = await doors.ask(event_by_slug, "box10")
        assert isinstance(event, Event)
        await doors.do(receive, event.id, incoming(f"number {number} of them", ref=str(number)), at=NOON)
        await doors.close()

    import asyncio

    asyncio.run(one(1))
    copy = tmp_path / "copy.sqlite3"
    back_up(busy, copy)
    asyncio.run(one(2))
    kept = put_back(busy, copy, at=datetime(2026, 6, 11, 13, tzinfo=UTC))
    assert kept is not None
    assert refs(tmp_path / "data" / "backchannel.sqlite3") == {"1"}
    assert refs(kept) == {"1", "2"}
    doors = Backchannel(busy, MemoryBus())
    # A page that stood at the line that is no more.
    found = doors._read(news, (1, 2), {})
    assert found.lines is None
    assert found.cursor > AHEAD
    doors.writers.close()
    doors.write_engine.dispose()
    doors.read_engine.dispose()


def test_a_copy_is_not_put_back_under_a_running_server(busy: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    back_up(busy, copy)
    server = ProcessServer(tmp_path / "data", free_port())
    server.start()
    try:
        with pytest.raises(NotPossible, match="stop the server"):
            put_back(busy, copy, at=NOON)
        assert httpx2.get(f"{server.url}/up").status_code == 200
    finally:
        server.stop()


@pytest.mark.parametrize("words", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 400])
def test_what_is_no_database_of_ours_is_not_put_back(busy: str, tmp_path: Path, words: bytes) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(words)
    with pytest.raises(NotPossible):
        put_back(busy, copy, at=NOON)
    assert refs(tmp_path / "data" / "backchannel.sqlite3") == set()


def test_a_restart_in_the_middle_of_the_work_loses_no_post(tmp_path: Path) -> None:
    server = ProcessServer(tmp_path, free_port())
    server.start()
    stop: threading.Event = threading.Event()
    acknowledged: list[str] = []

    def keep_sending() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            # A phone of its own each time: one phone may not send so much. It tries until it is told "stored".
            while not stop.is_set():
                with suppress(httpx2.HTTPError), httpx2.Client(headers={"Origin": server.url}, timeout=5) as phone:
                    phone.get(f"{server.url}/e/my-event")
                    form = {"text": f"sent while it restarts, {number}", "kind": "post", "key": f"key-{number}"}
                    sent = phone.post(f"{server.url}/e/my-event/posts", data=form)
                    if sent.status_code in {201, 303}:
                        acknowledged.append(form["text"])
                        break
                time.sleep(0.05)

    senders = [threading.Thread(target=keep_sending) for _ in range(3)]
    for sender in senders:
        sender.start()
    for _ in range(2):
        time.sleep(1)
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 8, "it did not stop in time"
        server.start()
    time.sleep(1)
    stop.set()
    for sender in senders:
        sender.join()
    server.stop()
    with closing(sqlite3.connect(tmp_path / "backchannel.sqlite3")) as opened:
        texts = [text for (text,) in opened.execute("SELECT text FROM post")]
    assert set(acknowledged) <= set(texts)
    assert len(acknowledged) > 10


def test_the_commands_back_up_and_restore(busy: str, tmp_path: Path) -> None:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "app.cli", *words]
        return subprocess.run(
            command, env={"DATA_DIR": str(tmp_path / "data"), "PATH": ""}, capture_output=True, text=True, check=False
        )

    made = run("backup", str(tmp_path / "copy.sqlite3"))
    assert (made.returncode, "checked and sound" in made.stdout) == (0, True), made.stderr
    back = run("restore", str(tmp_path / "copy.sqlite3"))
    assert (back.returncode, "is the database now" in back.stdout) == (0, True), back.stderr
    missing = run("restore", str(tmp_path / "nothing"))
    assert missing.returncode == 1
    assert "there is no file" in missing.stderr
    assert signal.SIGTERM
