"""The wall: television for the hall."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.access import Role
from app.views.context import InContext
from app.views.list_lengths import SHOWN_ON_WALL
from app.views.listings import Addresses, frame, ground, holding, invitation, shown_posts, wall_state
from app.views.opening import open_view
from app.views.row_ids import AskedId
from app.views.view import View
from app.views.wall.scenes import band, scene, staged
from app.views.wall.this_screen import this_screen

router = APIRouter()


def wall(addresses: Addresses) -> View:
    return View(
        name="wall",
        template="wall.html",
        role=Role.SCREEN,
        parts=(
            scene(addresses),
            frame(addresses),
            staged(),
            shown_posts(SHOWN_ON_WALL),
            invitation(addresses),
            band(),
            holding(),
            wall_state(),
            ground(),
            this_screen(),
        ),
    )


@router.get("/e/{slug}/r/{room}/wall")
@router.get("/e/{slug}/wall")
async def wall_page(slug: str, request: Request, context: InContext, room: str = "", screen: AskedId = 0) -> Response:
    return await open_view(request, context, "wall", slug, room=room, screen=screen)
