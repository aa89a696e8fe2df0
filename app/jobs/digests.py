"""What was missed is sent to those who asked for it twice, when its time has come; addresses are forgotten."""

import asyncio
import logging
from datetime import datetime

from sqlalchemy.exc import NoResultFound
from sqlmodel import Session

from app.actions.digests import (
    DigestLetter,
    forget_unconfirmed,
    note_digest_sent,
    note_digest_unsent,
    take_digest,
)
from app.domain.digest import told_since
from app.domain.event import Event
from app.files.missed_atom import heading_of, lines_of
from app.jobs.job import Job
from app.outbound.digest_mail import mail_digest, mail_question
from app.outbound.requests import Undelivered
from app.queries.digests import digests_due
from app.queries.missed import Missed, missed
from app.views.context import Context
from app.views.reading.digest_mail import letter_path
from app.views.reading.words import HALVES
from app.views.translation import say, speaking

log = logging.getLogger(__name__)

DIGESTS_EVERY_SECONDS = 5.0


async def _keep_sending(context: Context) -> None:
    while True:
        await send_what_is_due(context)
        await asyncio.sleep(DIGESTS_EVERY_SECONDS)


async def send_what_is_due(context: Context) -> None:
    await context.backchannel.do(forget_unconfirmed, at=context.now())
    if not context.settings.smtp_url.get_secret_value():
        return
    for digest_id in await context.backchannel.ask(digests_due, context.now()):
        letter = await context.backchannel.do(take_digest, digest_id, at=context.now())
        if letter is not None:
            await _send(context, letter)


async def _send(context: Context, letter: DigestLetter) -> None:
    try:
        await (_ask(context, letter) if letter.asks else _tell(context, letter))
    except NoResultFound:
        log.info("the event of a letter is gone")
    except Undelivered as error:
        log.warning("a letter about what was missed could not be sent: %s", error)
        await context.backchannel.do(note_digest_unsent, letter.id, for_good=error.for_good, at=context.now())
    else:
        await context.backchannel.do(note_digest_sent, letter.id)


async def _ask(context: Context, letter: DigestLetter) -> None:
    address = context.settings.base_url + letter_path(context.cookies, letter.id, letter.nonce)
    with speaking(letter.event):
        await mail_question(letter, address, address, context.settings, say)


async def _tell(context: Context, letter: DigestLetter) -> None:
    event, at = letter.event, context.now()
    since = told_since(letter.moment, zone=event.zone, at=at)
    found = await context.backchannel.ask(_missed, event.id, since, at)
    page = f"{context.settings.base_url}/e/{event.slug}/missed"
    with speaking(event):
        words = {half: say(said) for half, said in HALVES.items()}
        halves = [(heading_of(one, words), list(lines_of(one, context.networks))) for one in found.halves]
        out = context.settings.base_url + letter_path(context.cookies, letter.id, letter.nonce)
        await mail_digest(letter, halves, page, out, context.settings, say)


def _missed(db: Session, event_id: int, since: datetime | None, at: datetime) -> Missed:
    return missed(db, db.get_one(Event, event_id), since, at)


DIGESTS = Job("digests", _keep_sending)
