"""What people are told who are called to the desk: by ntfy, by a web request, by e-mail. Numbers, never a post."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from email.message import EmailMessage

from app.actions.watching import DELIVERED, Raised
from app.domain.alarms import NOBODY
from app.domain.sentence import Sentence, counted
from app.outbound.mail import send_mail
from app.outbound.requests import Outgoing, Undelivered
from app.settings import Settings

log = logging.getLogger(__name__)

Say = Callable[[str], str]
"""How a sentence is said to whoever is called."""
PAUSES = (0.0, 2.0, 10.0, 30.0)
"""Seconds before each try of a message."""


async def call(
    raised: Raised, settings: Settings, outgoing: Outgoing, say: Say = str, *, retry: bool
) -> dict[str, str]:
    """Call people in every way that they asked for; gives what came of each: "delivered", or why not."""
    ways = _ways(raised, settings, outgoing, say)
    results = await asyncio.gather(*(_tried(name, send, retry=retry) for name, send in ways.items()))
    return dict(zip(ways, results, strict=True))


def words(raised: Raised) -> tuple[Sentence, Sentence]:
    """A title, and what waits since when."""
    what = Sentence("Nobody is at the desk") if raised.kind == NOBODY else Sentence("Posts wait too long")
    waits = counted(
        "%(num)d post waits, since %(since)s UTC.",
        "%(num)d posts wait, the first since %(since)s UTC.",
        raised.waiting,
        since=f"{raised.waiting_since:%H:%M}",
    )
    return Sentence("%(event)s: %(what)s", event=_on_one_line(raised.name), what=what), waits


def _on_one_line(name: str) -> str:
    return name if isinstance(name, Sentence) else " ".join(name.split())


def _ways(raised: Raised, settings: Settings, outgoing: Outgoing, say: Say) -> dict[str, Callable[[], Awaitable[None]]]:
    title, text = map(say, words(raised))
    desk = f"{settings.public_url.rstrip('/')}/e/{raised.slug}/desk"
    alarms, ways = raised.alarms, {}

    async def by_ntfy() -> None:
        headers = {"Title": title, "Priority": "urgent", "Click": desk}
        await outgoing.post(alarms.ntfy, f"{text}\n{desk}".encode(), headers)

    async def by_webhook() -> None:
        told = {
            "event": raised.slug,
            "alarm": raised.kind,
            "title": title,
            "text": text,
            "waiting": raised.waiting,
            "waiting_since": raised.waiting_since.isoformat(),
            "desk": desk,
        }
        await outgoing.post(alarms.webhook, json.dumps(told).encode(), {"Content-Type": "application/json"})

    async def by_mail() -> None:
        server = settings.smtp_url.get_secret_value()
        if not server:
            raise Undelivered(Sentence("no mail server is set (SMTP_URL)"))
        message = EmailMessage()
        try:
            message["Subject"], message["From"], message["To"] = title, settings.mail_from, ", ".join(alarms.email)
        except ValueError:
            raise Undelivered(Sentence("MAIL_FROM or an address is none")) from None
        message.set_content(f"{text}\n\n{desk}\n")
        await send_mail(server, message)

    if alarms.ntfy:
        ways["ntfy"] = by_ntfy
    if alarms.webhook:
        ways["webhook"] = by_webhook
    if alarms.email:
        ways["email"] = by_mail
    return ways  # type: ignore[return-value]


async def _tried(name: str, send: Callable[[], Awaitable[None]], *, retry: bool) -> str:
    said = ""
    for pause in PAUSES if retry else PAUSES[:1]:
        await asyncio.sleep(pause)
        try:
            await send()
        except Undelivered as error:
            log.warning("an alarm could not be sent by %s: %s", name, error)
            # What came back is for whoever tries it, and for nobody else.
            said = str(error) if retry or not error.answered else f"{error}: {error.answered}"
        else:
            return DELIVERED
    return said
