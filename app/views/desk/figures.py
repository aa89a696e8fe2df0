"""Live figures: what waits, how quick the desk is, and which rules are right."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.access import Role
from app.views.context import InContext
from app.views.pages_and_api.figures import latest

router = APIRouter()


@router.get("/e/{slug}/figures")
async def figures_page(slug: str, request: Request, context: InContext) -> Response:
    """The page; htmx asks for its inner part again every ten seconds."""
    event = await context.event(slug)
    await context.actor(request, event.id, Role.MODERATOR)
    found = await latest(context, event.id)
    values = {"event": event, "view": "figures", "cursor": event.cursor, "figures": found}
    return context.page("parts/figures_tables.html" if request.headers.get("hx-request") else "figures.html", values)
