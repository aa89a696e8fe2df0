"""Who holds a home link: the installation's own, which opens all events."""

from fastapi import HTTPException, Request

from app.domain.home_link import HomeLink
from app.queries.home import open_home_link
from app.views.context import Context


async def home_link(request: Request, context: Context) -> HomeLink | None:
    hashes = context.cookies.home_links(request)
    return await context.backchannel.ask(open_home_link, hashes) if hashes else None


async def own_home(request: Request, context: Context) -> HomeLink:
    """The home link of whoever asks. Raises 403."""
    held = await home_link(request, context)
    if held is None:
        raise HTTPException(403, "This needs the home link of this installation.")
    return held
