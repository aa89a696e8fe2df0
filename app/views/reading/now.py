"""The wall as a page to read: the same content as a list, in letters of one's own size, spoken in batches."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.subject import Subject
from app.queries.do_not_share import shared_ids, shared_questions
from app.queries.questions import OPEN
from app.views.announced import announced
from app.views.context import InContext
from app.views.list_lengths import SHOWN_ON_WALL
from app.views.listings import Addresses, frame, on_stage, ranked_questions, shown_posts
from app.views.opening import open_view
from app.views.view import View

router = APIRouter()


def now(addresses: Addresses) -> View:
    posts = shown_posts(SHOWN_ON_WALL, "parts/floor_post.html")
    questions = ranked_questions("questions", OPEN, part="parts/now_question.html")
    return View(
        name="now",
        template="now.html",
        role=None,
        parts=(
            frame(addresses, "parts/now_frame.html"),
            announced(),
            on_stage("parts/now_onstage.html"),
            replace(posts, window=shared_ids, afresh=posts.afresh | {Subject.TALK}),
            replace(questions, window=lambda db, event, limit: shared_questions(db, event, OPEN, limit), in_room=None),
        ),
    )


@router.get("/e/{slug}/now")
async def now_page(slug: str, request: Request, context: InContext) -> Response:
    return await open_view(request, context, "now", slug)
