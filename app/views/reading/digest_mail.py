"""What was missed, once by e-mail: `POST /e/{slug}/missed/mail` asks, the page in the letter confirms or ends it.

A letter's address opens nothing by itself: programs that look at every link of a letter must not confirm it.
"""

import hmac
import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.digests import ask_for_digest, confirm_digest, never_mail_again
from app.actions.events import Refused
from app.bus.rate_limits import Rate
from app.domain.digest import DigestMail, DigestMoment, DigestState, read_address, same_mailbox
from app.domain.event import Event
from app.domain.sentence import Sentence
from app.queries.digests import digest_of
from app.views.context import Context, InContext
from app.views.cookies import Cookies
from app.views.reading.missed import page_of_missed
from app.views.reading.words import MOMENTS
from app.views.same_origin import LETTERS
from app.views.setup.mailed_links import NO_SERVER
from app.views.translation import say, speak_as

router = APIRouter()
ASKED = Rate(burst=3, per_minute=1)
ASKED_BY_NEW_PHONES = Rate(burst=60, per_minute=30)


@router.post("/e/{slug}/missed/mail")
async def ask(
    slug: str,
    request: Request,
    context: InContext,
    address: Annotated[str, Form(max_length=1_000)] = "",
    moment: Annotated[DigestMoment, Form()] = DigestMoment.END,
) -> Response:
    """The same answer whatever becomes of it: nobody learns who is known here."""
    event = await context.event(slug)
    if not context.settings.smtp_url.get_secret_value():
        raise HTTPException(404, NO_SERVER)
    mailbox = read_address(address)
    if not mailbox:
        wrong = Sentence("That is no e-mail address.")
        return await page_of_missed(request, context, event, status=422, wrong=wrong, address=address[:254])
    await context.limit(
        request,
        "digest",
        context.cookies.device(request) or context.cookies.origin(request),
        ASKED,
        ASKED_BY_NEW_PHONES,
    )
    mark = context.cookies.sealed("mail address", same_mailbox(mailbox))
    facts: dict[str, Any] = {"address": mailbox, "mark": mark, "nonce": secrets.token_urlsafe(24), "moment": moment}
    try:
        await context.backchannel.do(ask_for_digest, event.id, **facts, at=context.now())
    except Refused as error:
        return await page_of_missed(request, context, event, status=503, wrong=error.sentence, address=mailbox)
    response = RedirectResponse(f"/e/{event.slug}/missed#mail", 303)
    said = say(Sentence("Look into your mailbox: a letter asks whether it was you."))
    context.cookies.tell(response, said, f"/e/{event.slug}/missed")
    return response


@router.get(f"{LETTERS}{{token}}")
async def letter_page(token: str, context: InContext) -> Response:
    mail, event = await _letter(token, context)
    return _page(context, token, event, mail.state, mail)


@router.post(f"{LETTERS}{{token}}/confirmation")
async def confirm(token: str, context: InContext) -> Response:
    mail, event = await _letter(token, context)
    confirmed = await context.backchannel.do(confirm_digest, mail.id, at=context.now())
    return _page(context, token, event, confirmed.state if confirmed else mail.state, confirmed or mail)


@router.post(f"{LETTERS}{{token}}")
async def one_click(token: str, context: InContext) -> Response:
    """What a mail program sends when somebody taps its way out (RFC 8058), and the button of our page."""
    mail, event = await _letter(token, context)
    await context.backchannel.do(never_mail_again, mail.id, at=context.now())
    return _page(context, token, event, DigestState.UNWANTED, mail)


def _page(context: Context, token: str, event: Event, state: DigestState, mail: DigestMail) -> Response:
    values = {
        "event": event,
        "view": "missed",
        "cursor": event.cursor,
        "state": state,
        "mail": mail,
        "moments": MOMENTS,
    }
    return context.page("digest_letter.html", {**values, "at": f"{LETTERS}{token}", "DigestState": DigestState})


def letter_path(cookies: Cookies, digest_id: int, nonce: str) -> str:
    """The page of a letter; nobody without our key can name it."""
    return f"{LETTERS}{digest_id}-{cookies.sealed('digest letter', str(digest_id), nonce)[:32]}"


async def _letter(token: str, context: Context) -> tuple[DigestMail, Event]:
    """The letter that an address is of. Raises 404 for all others."""
    number = token.partition("-")[0]
    known = number.isascii() and number.isdecimal() and len(number) < 10
    found = await context.backchannel.ask(digest_of, int(number)) if known else None
    if found is None or not hmac.compare_digest(
        letter_path(context.cookies, found[0].id, found[0].nonce).encode(), f"{LETTERS}{token}".encode()
    ):
        raise HTTPException(404, "This letter is not known here any more.")
    speak_as(found[1])
    return found
