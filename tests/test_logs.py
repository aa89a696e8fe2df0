"""Logs: each line names its request, and never a key."""

import json
import logging
import sys
from pathlib import Path

import httpx2
from fastapi.testclient import TestClient

from app.logs import JsonLines, request_id
from app.main import create_app
from app.settings import Settings
from tests.busy import settings
from tests.running import ProcessServer
from tests.servers import free_port

__all__ = ["settings"]


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
        for whose in ("e/my-event/meet/guests/very-secret-key", "letters/very-secret-key/stop"):
            httpx2.get(f"{server.url}/{whose}")
    finally:
        server.stop()
    lines = [json.loads(line) for line in server.log().splitlines() if line.startswith("{")]
    request = next(line for line in lines if line.get("path") == "/e/my-event/desk")
    assert (request["status"], request["method"]) == (404, "GET")
    assert len(request["request"]) >= 8
    assert "very-secret-key" not in server.log()
    assert "/e/my-event/meet/guests/…" in {line.get("path") for line in lines}
