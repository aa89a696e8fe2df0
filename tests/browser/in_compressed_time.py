"""The whole program with a clock that a test moves: what the calendar does by itself is done when it is told to look."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from app.jobs.digests import send_what_is_due
from app.jobs.prompts import release_all_that_is_due
from app.jobs.series import keep_all_series
from app.settings import Settings
from app.views.context import Context
from tests.receiving import Mailbox, mail_server
from tests.running import Running, ThreadedServer


@dataclass
class CompressedTime:
    """A running server, its clock and the mailbox to which its letters go."""

    server: Running
    box: Mailbox
    at: datetime
    _threaded: ThreadedServer

    @property
    def url(self) -> str:
        return self.server.url

    def do(self, verb: Any, *args: Any, **more: Any) -> Any:
        return self.server.do(verb, *args, **more, at=self.at)

    def ask(self, query: Any, *args: Any) -> Any:
        return self._threaded._on_loop(self._threaded.app.state.context.backchannel.ask(query, *args))

    def until(self, at: datetime, *, step: timedelta = timedelta(0)) -> None:
        """It is that time; on the way the calendar, the prompts and the letters are looked after, as by the server."""
        while True:
            self.at = min(at, self.at + step) if step else at
            context: Context = self._threaded.app.state.context
            for job in (keep_all_series, release_all_that_is_due, send_what_is_due):
                self._threaded._on_loop(job(context))
            if self.at >= at:
                return


@contextmanager
def compressed_time(folder: Path, at: datetime) -> Iterator[CompressedTime]:
    """Every page and verb of the server goes by the clock of the test."""
    settings = Settings(_env_file=None, data_dir=folder, secret_key=SecretStr("only-for-tests-7fQ2xW9cLr4Tz0bVk3"))  # type: ignore[call-arg]
    threaded = ThreadedServer(settings, by_itself=False)
    server = threaded.start()
    mailing = mail_server()
    box = threaded._on_loop(mailing.__aenter__())
    settings.smtp_url, settings.mail_from = SecretStr(f"smtp://127.0.0.1:{box.port}"), "chat@example.org"
    time = CompressedTime(server, box, at, threaded)
    object.__setattr__(threaded.app.state.context, "now", lambda: time.at)
    try:
        yield time
    finally:
        threaded._on_loop(mailing.__aexit__(None, None, None))
        threaded.stop()
