"""People who use a server while it is broken: phones that send until they are told "stored", a moderator, a reader."""

import itertools
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

import httpx2
from sqlmodel import Session, col, func, select

from app.bus.memory import MemoryBus
from app.domain.event import Event
from app.domain.post import Post
from app.domain.publication import Publication
from app.store.doors import Backchannel
from tests.running import ProcessServer
from tests.two_processes import Phone

SENDERS = 3
PAUSE = 0.05
ANSWER = 10.0


class People:
    """They meet a site's processes by turns, as through a proxy. Times are of the monotonic clock."""

    def __init__(self, servers: Sequence[ProcessServer], moderator: str, *, slug: str = "box10") -> None:
        self.servers, self._slug = servers, slug
        self._key = {"Authorization": f"Bearer {moderator}"}
        self.stored: dict[str, float] = {}
        self.approved: dict[int, float] = {}
        self.answers: Counter[str] = Counter()
        self.slowest = 0.0
        self._ending = threading.Event()
        self._numbers = itertools.count(1)
        self.readers = [Phone(server) for server in servers]
        self._threads = [threading.Thread(target=self._send, args=(n,), daemon=True) for n in range(SENDERS)]
        self._threads.append(threading.Thread(target=self._moderate, daemon=True))

    def begin(self) -> None:
        for one in (*self.readers, *self._threads):
            one.start()

    def end(self) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join(60)

    def leave(self) -> None:
        for reader in self.readers:
            reader.close()

    def _send(self, number: int) -> None:
        """A phone of its own for each post: one phone may not send so much. It tries until it is told "stored"."""
        while not self._ending.is_set():
            text, key = f"said while it is broken, {next(self._numbers)}", secrets.token_hex(8)
            phone = self._phone(self.servers[number % len(self.servers)])
            while not self._ending.is_set():
                if self._posts(phone, text, key):
                    break
                self._ending.wait(PAUSE * 4)
            phone.close()
            self._ending.wait(PAUSE)

    def _phone(self, server: ProcessServer) -> httpx2.Client:
        address = ".".join(str(random.randrange(1, 250)) for _ in range(4))
        headers = {"Origin": server.url, "Accept": "application/json", "X-Forwarded-For": address}
        return httpx2.Client(base_url=server.url, headers=headers, timeout=ANSWER)

    def _posts(self, phone: httpx2.Client, text: str, key: str) -> bool:
        began = time.monotonic()
        try:
            if not phone.cookies and (page := phone.get(f"/e/{self._slug}")).status_code != 200:
                self.answers[str(page.status_code)] += 1
                return False
            form = {"text": text, "kind": "post", "key": key}
            answer = phone.post(f"/e/{self._slug}/posts", data=form)
        except httpx2.HTTPError as error:
            self.answers[type(error).__name__] += 1
            return False
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.answers[str(answer.status_code)] += 1
        if answer.status_code != 201:
            return False
        self.stored[text] = time.monotonic()
        return True

    def _moderate(self) -> None:
        turn = itertools.cycle(self.servers)
        while not self._ending.is_set():
            with suppress(httpx2.HTTPError), httpx2.Client(timeout=ANSWER, headers=self._key) as client:
                server = next(turn)
                waiting = client.get(f"{server.url}/api/v1/posts?verdict=held&limit=20")
                for post in waiting.json() if waiting.status_code == 200 else ():
                    url = f"{server.url}/api/v1/posts/{post['id']}/verdict"
                    given = client.post(url, json={"verdict": "approved"})
                    self.answers[f"approval {given.status_code}"] += 1
                    if given.status_code == 200:
                        self.approved[post["id"]] = time.monotonic()
            self._ending.wait(PAUSE)

    def pauses(self) -> float:
        """The longest time in which nobody was told "stored"."""
        moments = sorted(self.stored.values())
        return max((after - before for before, after in itertools.pairwise(moments)), default=0.0)

    def after(self, moment: float) -> float:
        """Seconds from a moment to the next "stored"."""
        return min((at - moment for at in self.stored.values() if at >= moment), default=float("inf"))

    def between(self, begin: float, end: float) -> int:
        return sum(begin <= at < end for at in self.stored.values())

    def told(self) -> str:
        """The answers that were neither "stored" nor "approved"."""
        other = {kind: n for kind, n in sorted(self.answers.items()) if kind not in {"201", "approval 200"}}
        return ", ".join(f"{n} × {kind}" for kind, n in other.items()) or "nothing but answers"

    def readers_see_it_all(self) -> bool:
        """Whether each page that stayed open shows what a fresh one shows."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with suppress(httpx2.HTTPError, AssertionError):
                if all(reader.is_a_fresh_page() for reader in self.readers):
                    return True
            time.sleep(0.2)
        return False


def missing(url: str, people: People) -> list[str]:
    """What was acknowledged and is not there, or there twice, and gaps of the log; nothing if all is well."""
    engine = Backchannel(url, MemoryBus()).read_engine
    with Session(engine) as db:
        texts = Counter(db.exec(select(Post.text)))
        shown = set(db.exec(select(Post.id).where(Post.verdict == "approved")))
        lines = {
            event.id: (event.cursor, event.trimmed, list(db.exec(_lines(event.id)))) for event in db.exec(select(Event))
        }
        number = db.exec(select(func.count()).select_from(Post)).one()
    engine.dispose()
    found = [f"{len(lost)} posts" for lost in [people.stored.keys() - texts.keys()] if lost]
    found += [f"{len(twice)} posts twice" for twice in [[text for text, n in texts.items() if n > 1]] if twice]
    found += [f"{len(lost)} approvals" for lost in [people.approved.keys() - shown] if lost]
    for event_id, (cursor, trimmed, seen) in lines.items():
        if seen != list(range(trimmed + 1, cursor + 1)):
            found.append(f"a gap in the log of event {event_id}")
    return found if number else ["everything"]


def _lines(event_id: int):
    return select(Publication.cursor).where(Publication.event_id == event_id).order_by(col(Publication.cursor))
