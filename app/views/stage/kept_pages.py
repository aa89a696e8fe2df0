"""What lets a tablet load stage and remote again without a network: a script, at the place that browsers want."""

from functools import cache

from fastapi import APIRouter
from fastapi.responses import Response

from app.views.context import InContext
from app.views.static_files import FRONTEND

router = APIRouter()


@router.get("/e/{slug}/kept-pages.js")
async def worker(slug: str, context: InContext) -> Response:
    """For everybody, as all our scripts are: it holds nothing of an event. Asked for anew with each page."""
    await context.event(slug)
    return Response(_script(), media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@cache
def _script() -> str:
    return (FRONTEND / "static/js/kept_pages_worker.js").read_text(encoding="utf-8")
