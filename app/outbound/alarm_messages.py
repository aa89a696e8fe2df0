"""What people are told who are called to the desk: by ntfy, by a web request, by e-mail. Numbers, never a post."""

import json
from collections.abc import Awaitable, Callable
from email.message import EmailMessage

from app.actions.alarms import Raised
from app.domain.alarms import NOBODY
from app.domain.sentence import Moment, Sentence, Written, counted
from app.outbound.mail import send_mail
from app.outbound.requests import Outgoing, Undelivered
from app.settings import Settings

Say = Callable[[str], str]
"""How a sentence is said to whoever is called."""


def words(raised: Raised) -> tuple[Sentence, Sentence]:
    """A title, and what waits since when."""
    what = Sentence("Nobody is at the desk") if raised.kind == NOBODY else Sentence("Posts wait too long")
    waits = counted(
        "%(num)d post waits, since %(since)s.",
        "%(num)d posts wait, the first since %(since)s.",
        raised.waiting,
        since=Moment(raised.waiting_since, Written.ZONED),
    )
    return Sentence("%(event)s: %(what)s", event=_on_one_line(raised.name), what=what), waits


def _on_one_line(name: str) -> str:
    return name if isinstance(name, Sentence) else " ".join(name.split())


def ways(raised: Raised, settings: Settings, outgoing: Outgoing, say: Say) -> dict[str, Callable[[], Awaitable[None]]]:
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
