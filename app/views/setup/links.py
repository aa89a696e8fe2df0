"""Setup of role links: made and shown once, revoked."""

from typing import Annotated

import segno
from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from app.actions.events import Refused
from app.actions.links import Link, give_link, revoke_link
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.screen_kind import ScreenKind
from app.queries.links import links, open_access
from app.views.context import Context, InContext
from app.views.link_urls import link_url
from app.views.row_ids import Number
from app.views.setup.forms import own_event
from app.views.setup.page import Text, page_again

router = APIRouter()


@router.post("/e/{slug}/setup/links")
async def make_link(
    slug: str,
    request: Request,
    context: InContext,
    role: Annotated[Role, Form()],
    label: Text = "",
    key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Make a link, and show it: this is the only time that it can be seen."""
    event, by = await own_event(slug, request, context)
    try:
        link = await link_of_form(context, event, role, by=by, label=label, key=key)
    except Refused as error:
        return await page_again(request, context, slug, status=422, wrong={"links": str(error)})
    return await page_again(request, context, slug, fresh=shown_once(context, request, event, link))


@router.delete("/e/{slug}/setup/links/{access_id}")
async def close_link(
    slug: str, access_id: Number, request: Request, context: InContext, sure: bool = False
) -> Response:
    """Revoke a link at once, its open screens included. Asks first if whoever asks would lock themselves out."""
    event, by = await own_event(slug, request, context)
    access = await context.backchannel.ask(open_access, access_id, event.id)
    if access is None:
        raise HTTPException(404, "That link does not hold any more.")
    held = await context.holder(request, event)
    owned = [one.id for one in held.accesses if one.role is Role.OWNER]
    known = await context.backchannel.ask(links, event.id)
    owners = [one for one in known if one.role is Role.OWNER and one.revoked_at is None]
    if owned == [access_id] and len(owners) > 1 and not sure:
        return await page_again(request, context, slug, status=409, asks=access)
    try:
        await context.backchannel.do(revoke_link, access_id, by=by, at=context.now())
    except Refused as error:
        return await page_again(request, context, slug, status=422, wrong={"links": str(error)})
    return RedirectResponse(f"/e/{slug}" if owned == [access_id] else f"/e/{slug}/setup#links", 303)


async def link_of_form(
    context: Context,
    event: Event,
    role: Role,
    *,
    by: Actor,
    label: str,
    key: str,
    room_id: int | None = None,
    may_show: ScreenKind = ScreenKind.EVERYTHING,
) -> Link:
    """A new link. Each form has a `key`, so that one that comes twice, by a reload or a second tap, makes one link."""
    token = context.cookies.sealed("role link", str(event.id), role, label, key)[:48] if key else ""
    return await context.backchannel.do(
        give_link,
        event.id,
        role,
        by=by,
        at=context.now(),
        label=label,
        token=token,
        room_id=room_id,
        may_show=may_show,
    )


def shown_once(context: Context, request: Request, event: Event, link: Link, page: str = "") -> dict[str, object]:
    """What is shown of a link, which opens the screen of its role or another `page`."""
    url = link_url(context.base_url(request), event.slug, link, page)
    svg = segno.make(url, micro=False).svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=1)
    return {"url": url, "label": link.access.label, "role": link.access.role.value, "qr": Markup(svg)}  # noqa: S704
