"""A restart in the middle of the work loses no post."""

import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import httpx2

from tests.cli.test_commands import run
from tests.running import ProcessServer
from tests.servers import free_port
from tests.until import until_now


def test_a_restart_in_the_middle_of_the_work_loses_no_post(tmp_path: Path) -> None:
    assert run(tmp_path, "event", "create", "my-event", "--name", "My event").returncode == 0
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
                with (
                    suppress(httpx2.HTTPError),
                    httpx2.Client(verify=False, headers={"Origin": server.url}, timeout=5) as phone,
                ):
                    phone.get(f"{server.url}/e/my-event")
                    form = {"text": f"sent while it restarts, {number}", "kind": "post", "key": f"key-{number}"}
                    sent = phone.post(f"{server.url}/e/my-event/posts", data=form)
                    if sent.status_code in {201, 303}:
                        acknowledged.append(form["text"])
                        break
                time.sleep(0.05)

    def stored_more() -> None:
        wanted = len(acknowledged) + 5
        until_now(lambda: len(acknowledged) >= wanted)

    senders = [threading.Thread(target=keep_sending) for _ in range(3)]
    for sender in senders:
        sender.start()
    for _ in range(2):
        stored_more()
        server.stop()
        server.start()
    stored_more()
    stop.set()
    for sender in senders:
        sender.join()
    server.stop()
    with closing(sqlite3.connect(tmp_path / "backchannel.sqlite3")) as opened:
        texts = [text for (text,) in opened.execute("SELECT text FROM post")]
    assert set(acknowledged) <= set(texts)
    assert len(acknowledged) > 10
