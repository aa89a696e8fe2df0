"""Links that wait to be sent by e-mail are sent, one after the other."""

import asyncio
import logging

from app.actions.links import Link
from app.actions.mailed_links import Letter, note_mailed, note_unmailed, take_letter
from app.domain.access import Access
from app.jobs.job import Job
from app.outbound.link_mail import mail_link
from app.outbound.requests import Undelivered
from app.queries.mailed_links import mails_due
from app.views.context import Context
from app.views.link_urls import link_url
from app.views.setup.mailed_links import token_of
from app.views.translation import say, speaking

log = logging.getLogger(__name__)

MAILS_EVERY_SECONDS = 1.0


async def _keep_mailing(context: Context) -> None:
    while True:
        await mail_what_is_due(context)
        await asyncio.sleep(MAILS_EVERY_SECONDS)


async def mail_what_is_due(context: Context) -> None:
    if not context.settings.smtp_url.get_secret_value():
        return
    for mailed_id in await context.backchannel.ask(mails_due, context.now()):
        letter = await context.backchannel.do(take_letter, mailed_id, at=context.now())
        if letter is not None:
            await _send(context, letter)


async def _send(context: Context, letter: Letter) -> None:
    token = token_of(context, letter.event_id, letter.role, letter.name, letter.address, letter.nonce)
    access = Access(event_id=letter.event_id, role=letter.role, token_hash="", created_at=context.now())
    url = link_url(context.settings.base_url, letter.slug, Link(access, token))
    try:
        with speaking(letter):
            await mail_link(letter, url, context.settings, say)
    except Undelivered as error:
        log.warning("a link could not be sent by e-mail: %s", error)
        why = f"{error} ({error.answered})" if error.answered else error.args[0]
        await context.backchannel.do(note_unmailed, letter.id, why, for_good=error.for_good, at=context.now())
    else:
        await context.backchannel.do(note_mailed, letter.id, at=context.now())


MAILED_LINKS = Job("mailed links", _keep_mailing)
