"""A hundred webhooks to a host that takes connections and never answers, and one beside them that does."""

import itertools
import socket
import statistics
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from sqlmodel import Session, select

from app.actions.webhooks import add_webhook
from app.bus.memory import MemoryBus
from app.domain.event import Event
from app.store.doors import Backchannel
from bench.reliability.people import People
from bench.reliability.row import Row, prepared, row
from tests.running import ProcessServer
from tests.servers import free_port
from tests.until import until_now

EVENTS = 20
DEAD_EACH = 5
SECONDS = 60


class Living(BaseHTTPRequestHandler):
    """Notes when it was told."""

    told: ClassVar[list[float]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.told.append(time.monotonic())
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        return


def drill(folder: Path) -> Row:
    url = f"sqlite:///{folder / 'backchannel.sqlite3'}"
    moderator = prepared(url, ("box10", *(f"other-{number}" for number in range(EVENTS))))
    living = ThreadingHTTPServer(("127.0.0.1", 0), Living)
    threading.Thread(target=living.serve_forever, daemon=True).start()
    with closing(socket.create_server(("127.0.0.1", 0), backlog=500)) as dead:
        hosts = [f"127.0.0.1:{one}" for one in (dead.getsockname()[1], living.server_address[1])]
        _add_hooks(url, *hosts)
        server = ProcessServer(folder, free_port(), HOOK_HOSTS=",".join(hosts), TRUST_PROXY="1")
        server.start()
        people = People([server], moderator)
        people.begin()
        try:
            began = time.monotonic()
            time.sleep(SECONDS)
            told = [at for at in Living.told if at >= began]
            people.end()
            ended = time.monotonic()
            until_now(lambda: Living.told and Living.told[-1] > ended - 2)
            moments = [began, *told, ended]
            waits = [after - before for before, after in itertools.pairwise(moments)]
            seen = (
                f"{people.told()}; slowest answer {people.slowest:.1f} s; the living one of the same server was told "
                f"{len(told)} times, at most {max(waits):.1f} s apart (median {statistics.median(waits):.1f} s)"
            )
            done = (
                f"{EVENTS * DEAD_EACH} webhooks with something to tell, to a host that never answers, for {SECONDS} s"
            )
            return row(done, people, url, seen)
        finally:
            people.end()
            people.leave()
            server.stop()
            living.shutdown()


def _add_hooks(url: str, dead: str, living: str) -> None:
    """All of them are behind from the start."""
    engine = Backchannel(url, MemoryBus()).write_engine
    with Session(engine) as db:
        for event in db.exec(select(Event)).all():
            at = event.created_at
            if event.slug == "box10":
                add_webhook(db, event.id, f"http://{living}/told", at=at)
            else:
                for number in range(DEAD_EACH):
                    add_webhook(db, event.id, f"http://{dead}/{number}", at=at)
        db.commit()
    engine.dispose()
