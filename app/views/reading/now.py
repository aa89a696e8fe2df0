"""The wall as a page to read: the same content as a list, in letters of one's own size, spoken in batches."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.question import QuestionState
from app.views.context import InContext
from app.views.list_lengths import SHOWN_ON_WALL
from app.views.listings import Addresses, frame, on_stage, ranked_questions, shown_posts
from app.views.opening import open_view
from app.views.view import View

router = APIRouter()


def now(addresses: Addresses) -> View:
    return View(
        name="now",
        template="now.html",
        role=None,
        parts=(
            frame(addresses, "parts/now_frame.html"),
            on_stage("parts/now_onstage.html"),
            shown_posts(SHOWN_ON_WALL, "parts/floor_post.html"),
            ranked_questions("questions", (QuestionState.OPEN,), part="parts/now_question.html"),
        ),
    )


@router.get("/e/{slug}/now")
async def now_page(slug: str, request: Request, context: InContext) -> Response:
    return await open_view(request, context, "now", slug)
