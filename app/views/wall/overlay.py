"""The overlay: what a hall's wall shows, on nothing, for the film of the hall (OBS and vMix open the page itself)."""

from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from app.domain.access import Role
from app.domain.screen_kind import ScreenKind
from app.views.context import InContext
from app.views.list_lengths import SHOWN_ON_WALL
from app.views.listings import Addresses, frame, shown_posts
from app.views.opening import open_view
from app.views.row_ids import AskedId
from app.views.view import View
from app.views.wall.scenes import band, staged
from app.views.wall.this_screen import this_screen

router = APIRouter()

PIECES = {
    "question": ScreenKind.LOWER_THIRD,
    "ticker": ScreenKind.TICKER,
    "join": ScreenKind.JOIN_BADGE,
}
"""The pieces of an overlay as its address calls them."""


def overlay(addresses: Addresses) -> View:
    return View(
        name="overlay",
        template="overlay.html",
        role=Role.SCREEN,
        parts=(
            this_screen(),
            frame(addresses, "parts/overlay_join.html"),
            replace(staged(), part="parts/overlay_question.html"),
            replace(band(), part="parts/overlay_band.html"),
            shown_posts(SHOWN_ON_WALL, "parts/overlay_post.html"),
        ),
    )


@router.get("/e/{slug}/r/{room}/overlay")
@router.get("/e/{slug}/r/{room}/overlay/{piece}")
@router.get("/e/{slug}/overlay")
@router.get("/e/{slug}/overlay/{piece}")
async def overlay_page(
    slug: str,
    request: Request,
    context: InContext,
    room: str = "",
    piece: str = "",
    screen: AskedId = 0,
) -> Response:
    """One piece of it, or all; a screen's link says itself what it is for."""
    kind = PIECES.get(piece) if piece else ScreenKind.OVERLAY
    if kind is None:
        raise HTTPException(404, "There is no such overlay. There are: question, ticker, join.")
    return await open_view(request, context, "overlay", slug, room=room, screen=screen, kind=kind)
