"""E-mail that our server sends."""

import asyncio
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from app.domain.sentence import Sentence
from app.outbound.requests import MAX_ANSWER_LETTERS, REQUEST_SECONDS, Undelivered

OWN_HOSTS = {"localhost", "127.0.0.1", "::1"}


def as_subject(words: str) -> str:
    """Words for a header, on one line. What looks like an encoded word in them is none: it could hold a line break."""
    return " ".join(words.replace("=?", "= ?").split())


async def send_mail(server: str, message: EmailMessage) -> None:
    """Hand an e-mail to a server named as smtp://user:password@host:587 or smtps://…. Raises Undelivered."""
    if any("\r" in str(value) or "\n" in str(value) for value in message.values()):
        raise Undelivered(Sentence("a header of the letter has several lines"), for_good=True)
    try:
        await asyncio.to_thread(_hand_over, server, message)
    except smtplib.SMTPRecipientsRefused as error:
        raise _unwanted(*next(iter(error.recipients.values()))) from None
    except smtplib.SMTPDataError as error:
        raise _unwanted(error.smtp_code, error.smtp_error) from None
    except (
        smtplib.SMTPResponseException
    ) as error:  # of our own password or sender: that is mended, and no letter's fault
        raise _unwanted(error.smtp_code, error.smtp_error, of_ours=True) from None
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise Undelivered(Sentence("the mail server did not take it (%(error)s)", error=type(error).__name__)) from None


def _unwanted(code: int, words: bytes | str, *, of_ours: bool = False) -> Undelivered:
    """What the server says of it: 4xx may go later, 5xx will not, unless it is about whoever sends."""
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    answered = "".join(letter for letter in " ".join(said.split()) if letter.isprintable())[:MAX_ANSWER_LETTERS]
    sentence = Sentence("the mail server did not take it (%(error)s)", error=str(code))
    return Undelivered(sentence, answered, for_good=500 <= code < 600 and not of_ours)


def _hand_over(server: str, message: EmailMessage) -> None:
    try:
        parts = urlsplit(server)
        host, port = parts.hostname, parts.port or (465 if parts.scheme == "smtps" else 587)
    except ValueError:
        parts, host, port = urlsplit(""), None, 0
    if parts.scheme not in {"smtp", "smtps"} or not host:
        raise Undelivered(Sentence("SMTP_URL is not like smtp://mail.example.org:587"))
    smtp = _connected(host, port, secure=parts.scheme == "smtps")
    try:
        smtp.ehlo()
        if encrypts := smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
        if parts.username:
            if not encrypts and parts.scheme == "smtp" and host not in OWN_HOSTS:
                raise Undelivered(Sentence("the mail server offers no encryption, so it was not given the password"))
            smtp.login(unquote(parts.username), unquote(parts.password or ""))
        smtp.send_message(message)
    finally:
        # What was taken is sent, however the farewell goes; else it would be sent again.
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
        smtp.close()


def _connected(host: str, port: int, *, secure: bool) -> smtplib.SMTP:
    if secure:
        return smtplib.SMTP_SSL(host, port, timeout=REQUEST_SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=REQUEST_SECONDS)
