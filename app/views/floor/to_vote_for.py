"""The questions that a phone may vote for, in the order in which new ones are seen too."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from app.domain.event import Event
from app.domain.fair_order import fair_key
from app.queries.questions import OPEN, QuestionCard, fair_ids, question_cards
from app.views.listings import ranked_questions
from app.views.parts import Listing


def questions_to_vote_for() -> Listing:
    ranked = ranked_questions("questions", OPEN)
    return replace(ranked, window=_window, items=_cards, in_room=lambda room_id: partial(_window, room_id=room_id))


def _window(db: Session, event: Event, limit: int, room_id: int | None = None) -> list[int]:
    return fair_ids(db, event, limit, room_id)


def _cards(db: Session, ids: Iterable[int]) -> dict[int, QuestionCard]:
    cards = question_cards(db, ids).values()
    return {one.id: replace(one, sort_key=fair_key(one.question.votes, one.question.asked_at, one.id)) for one in cards}
