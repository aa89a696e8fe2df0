"""A letter has the headers that it was given, and no others."""

import asyncio
from email.message import EmailMessage

import pytest

from app.outbound.mail import as_subject, send_mail
from app.outbound.requests import Undelivered

HIDDEN = "=?utf-8?q?a=0d=0aReply-To=3aevil=40x.example?="


def test_what_looks_like_an_encoded_word_is_none() -> None:
    message = EmailMessage()
    message["Subject"] = as_subject(f"What you missed at {HIDDEN}")
    assert "\n" not in str(message["Subject"])
    assert b"\r\nReply-To" not in bytes(message).replace(b"\n", b"\r\n")


def test_a_letter_with_a_header_of_several_lines_is_not_sent() -> None:
    message = EmailMessage()
    message["Subject"] = HIDDEN
    with pytest.raises(Undelivered):
        asyncio.run(send_mail("smtp://127.0.0.1:9", message))
