"""Minutes of posts, votes and reconnects: whether the server's memory stays flat.

    bin/bench soak [--minutes N]

First a warm-up of a fifth of the time, and until phones have said 20,000 words that nobody said before: that fills
what screening remembers, which has a bound (`tests/test_bounded_memory.py`). Then the memory of the process (RSS) is
read each second. Printed is the median of the first and of the last fifth, their ratio, and what was done meanwhile.
"""

import argparse
import json
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import httpx2
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from bench.processes import progress
from bench.reliability.people import People
from bench.reliability.row import prepared
from tests.running import ProcessServer
from tests.servers import free_port

VOTERS = 2
NEWCOMERS = 3
NEW_WORDS = 20_000
WORDS_OF_A_POST = 60
LISTENERS = 3
ALLOWED = 1.05


class Hall:
    """Phones that vote, and phones that come and go as sockets do."""

    def __init__(self, server: ProcessServer) -> None:
        self._server = server
        self._ending = threading.Event()
        self.done: Counter[str] = Counter()
        self._threads = [threading.Thread(target=self._vote, daemon=True) for _ in range(VOTERS)]
        self._threads += [threading.Thread(target=self._come_and_go, daemon=True) for _ in range(LISTENERS)]
        self._threads += [threading.Thread(target=self._say_what_was_never_said, daemon=True) for _ in range(NEWCOMERS)]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join(30)

    def _phone(self) -> httpx2.Client:
        address = ".".join(str(random.randrange(1, 250)) for _ in range(4))
        headers = {"Origin": self._server.url, "Accept": "application/json", "X-Forwarded-For": address}
        return httpx2.Client(base_url=self._server.url, headers=headers, timeout=10)

    def _vote(self) -> None:
        """A phone of its own for each few votes, given and taken back."""
        while not self._ending.is_set():
            with suppress(httpx2.HTTPError), self._phone() as phone:
                phone.get("/e/box10")
                asked = phone.post(
                    "/e/box10/posts", data={"text": f"why {random.random()}?", "kind": "ask", "key": "k"}
                )
                self.done[f"asked {asked.status_code}"] += 1
                for question in random.sample(range(1, 40), 5):
                    voted = phone.post(f"/questions/{question}/vote")
                    self.done[f"vote {voted.status_code}"] += 1
                    if voted.status_code < 300 and random.random() < 0.5:
                        phone.delete(f"/questions/{question}/vote")
            self._ending.wait(0.05)

    def _say_what_was_never_said(self) -> None:
        letters = "abcdefghijklmnopqrstuvwxyz"
        while not self._ending.is_set() and self.done["new words"] < NEW_WORDS:
            words = ["".join(random.choices(letters, k=7)) for _ in range(WORDS_OF_A_POST)]
            with suppress(httpx2.HTTPError), self._phone() as phone:
                phone.get("/e/box10")
                sent = phone.post("/e/box10/posts", data={"text": " ".join(words), "name": words[0], "key": words[1]})
                if sent.status_code < 400:
                    self.done["new words"] += len(words)

    def _come_and_go(self) -> None:
        url = f"{self._server.url.replace('http', 'ws')}/live/box10/floor?after="
        cursor = 0
        while not self._ending.is_set():
            with suppress(OSError, WebSocketException), connect(f"{url}{cursor}", origin=self._server.url) as socket:  # type: ignore[arg-type]
                self.done["reconnects"] += 1
                until = time.monotonic() + random.random()
                while time.monotonic() < until:
                    cursor = json.loads(socket.recv(timeout=0.5)).get("cursor", cursor)


def resident(pid: int) -> float:
    """Megabytes."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    seconds = parser.parse_args().minutes * 60
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'backchannel.sqlite3'}"
        moderator = prepared(url)
        server = ProcessServer(folder, free_port(), TRUST_PROXY="1")
        server.start()
        people, hall = People([server], moderator), Hall(server)
        people.begin(), hall.begin()
        try:
            progress("warming up")
            time.sleep(seconds / 5)
            while hall.done["new words"] < NEW_WORDS:
                time.sleep(1)
            before = Counter(hall.done), len(people.stored), len(people.approved)
            taken = []
            ending = time.monotonic() + seconds
            while time.monotonic() < ending:
                taken.append(resident(server.pid))
                if len(taken) % 30 == 0:
                    progress(f"{taken[-1]:.1f} MB")
                time.sleep(1)
            done = hall.done - before[0]
            stored, approved = len(people.stored) - before[1], len(people.approved) - before[2]
        finally:
            people.end(), hall.end(), people.leave(), server.stop()
    fifth = max(1, len(taken) // 5)
    first, last = statistics.median(taken[:fifth]), statistics.median(taken[-fifth:])
    print(f"warm-up: {before[0]['new words']:,} new words")
    print(f"{seconds / 60:.0f} minutes: {stored:,} posts, {approved:,} approvals, {dict(sorted(done.items()))}")
    print(f"first {first:.1f} MB, last {last:.1f} MB, most {max(taken):.1f} MB: {last / first:.3f} (allowed {ALLOWED})")


if __name__ == "__main__":
    main()
