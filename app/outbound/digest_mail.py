"""The two letters about what was missed: one that asks whether it was they, one that tells. Plain text.

Both have a way out of one click (RFC 8058), after which this server writes to that address no more.
"""

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from app.actions.digests import DigestLetter
from app.domain.sentence import Sentence
from app.outbound.alarm_messages import Say
from app.outbound.mail import as_subject, send_mail
from app.outbound.requests import Undelivered
from app.settings import Settings

ON_ONE_LINE = SMTP.clone(max_line_length=998)
"""A way out that is folded is none for some programs."""
ASKS = Sentence("Do you want to hear what you missed at %(event)s?")
TELLS = Sentence("What you missed at %(event)s")
WHO_ASKED = Sentence("Somebody, you we hope, has asked us to send what was missed at %(event)s to this address.")
SAY_SO = Sentence("If it was you, open this page and say so; nothing is sent otherwise:")
STRAY = Sentence("If it was not you, you need do nothing: the address is forgotten within two days.")
ONCE = Sentence("You asked for this letter, and it is the only one: we have forgotten your address.")
ALL_OF_IT = Sentence("With everything to follow:")
NOTHING = Sentence("Nothing happened that we could tell you of.")
NEVER = Sentence("Never write to this address again:")


async def mail_question(letter: DigestLetter, url: str, out: str, settings: Settings, say: Say) -> None:
    """Whether it was they who asked. Raises Undelivered."""
    name = _on_one_line(letter.event.name)
    text = f"{say(WHO_ASKED.filled(event=name))}\n\n{say(SAY_SO)}\n{url}\n\n{say(STRAY)}\n"
    await _send(letter, say(ASKS.filled(event=name)), text, out, settings, say)


async def mail_digest(
    letter: DigestLetter, halves: list[tuple[str, list[str]]], page: str, out: str, settings: Settings, say: Say
) -> None:
    """What was missed: each half day with its lines. Raises Undelivered."""
    name = _on_one_line(letter.event.name)
    told = "\n\n".join(f"{heading}\n\n" + "\n".join(lines) for heading, lines in halves) or say(NOTHING)
    text = f"{told}\n\n{say(ALL_OF_IT)}\n{page}\n\n{say(ONCE)}\n"
    await _send(letter, say(TELLS.filled(event=name)), text, out, settings, say)


async def _send(letter: DigestLetter, subject: str, text: str, out: str, settings: Settings, say: Say) -> None:
    message = EmailMessage(policy=ON_ONE_LINE)
    try:
        message["Subject"], message["From"], message["To"] = as_subject(subject), settings.mail_from, letter.address
        message["Date"], message["Message-ID"] = formatdate(), _name_of(letter, settings.mail_from)
        message["List-Unsubscribe"] = f"<{out}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Auto-Submitted"] = "auto-generated"
    except (ValueError, LookupError):
        raise Undelivered(Sentence("MAIL_FROM or an address is none"), for_good=True) from None
    message.set_content(f"{text}\n{say(NEVER)}\n{out}\n")
    await send_mail(settings.smtp_url.get_secret_value(), message)


def _name_of(letter: DigestLetter, sender: str) -> str:
    """The same at every try: if a server took it and we never heard so, programs know that it is the same letter."""
    which = "asks" if letter.asks else "tells"
    return f"<{hashlib.sha256(f'{which} {letter.id} {letter.nonce}'.encode()).hexdigest()[:32]}@{_host(sender)}>"


def _host(sender: str) -> str:
    return sender.rpartition("@")[2].strip("> ") or "localhost"


def _on_one_line(name: str) -> str:
    return " ".join(name.split())
