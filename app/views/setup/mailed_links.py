"""Setup of links that go out by e-mail: several people at once, each with a link of their own."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.mailed_links import Invited, mail_again, mail_links
from app.domain.access import Role
from app.domain.mailed_link import MAILED_ROLES, BadPeople, Person, read_people
from app.domain.sentence import Sentence
from app.views.context import Context, InContext
from app.views.row_ids import Number
from app.views.setup.forms import own_event, typed_in
from app.views.setup.page import Text, page_again

router = APIRouter()

NO_SERVER = Sentence("No mail server is set (SMTP_URL), so nothing can be sent.")
OLD_FORM = Sentence("This form is old. Open the page again.")


@router.post("/e/{slug}/setup/mailed-links")
async def mail_them(
    slug: str,
    request: Request,
    context: InContext,
    people: Text = "",
    role: Annotated[Role, Form()] = Role.MODERATOR,
    key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Put a link for each into the queue. What comes twice, by its `key`, is sent once."""
    event, by = await own_event(slug, request, context)
    try:
        invited = _invited(context, event.id, read_people(people, role), key)
        await context.backchannel.do(mail_links, event.id, invited, by=by, at=context.now())
    except (Refused, BadPeople) as error:
        typed = await typed_in(request)
        return await page_again(
            request,
            context,
            slug,
            status=422,
            wrong={"mailed": error.sentence},
            typed={"people": typed.get("people", "")},
        )
    return RedirectResponse(f"/e/{slug}/setup?saved=mailed#mailed", 303)


def _invited(context: Context, event_id: int, people: list[Person], key: str) -> list[Invited]:
    if not context.settings.smtp_url.get_secret_value():
        raise Refused(NO_SERVER)
    if not key or not {one.role for one in people} <= set(MAILED_ROLES):
        raise Refused(OLD_FORM)
    return [Invited(one, token_of(context, event_id, one.role, one.name, one.address, key), key) for one in people]


@router.post("/e/{slug}/setup/mailed-links/{mailed_id}/again")
async def try_mail_again(slug: str, mailed_id: Number, request: Request, context: InContext) -> Response:
    event, by = await own_event(slug, request, context)
    await context.backchannel.do(mail_again, event.id, mailed_id, by=by, at=context.now())
    return RedirectResponse(f"/e/{slug}/setup#mailed", 303)


def token_of(context: Context, event_id: int, role: Role, name: str, address: str, nonce: str) -> str:
    """The same again for the same person of the same form, and nobody without our key can make it."""
    return context.cookies.sealed("mailed link", str(event_id), role.value, name, address, nonce)[:48]
