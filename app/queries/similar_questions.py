"""Questions that may ask the same as one: suggestions for people, who alone ask questions together."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.post import Post
from app.domain.question import Question, QuestionState
from app.domain.screening.checks.similar_questions import most_similar
from app.domain.verdict import Verdict
from app.queries.merged_questions import stands_for_itself
from app.queries.questions import QuestionCard, question_cards

MOST_OFFERED = 30
MOST_LOOKED_THROUGH = 300
ASKED = (QuestionState.OPEN, QuestionState.ON_STAGE, QuestionState.ANSWERED)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A question that could be meant; `likeness` from 0 to 1, 0 if it merely is there."""

    card: QuestionCard
    likeness: float


def may_ask_the_same(db: Session, event: Event, question_id: int) -> list[Likeness]:
    """What is alike first, then by votes; never one that is asked in another room."""
    ids = select(Question.id).join(Post, col(Post.id) == Question.post_id)
    ids = ids.where(Question.event_id == event.id, Post.verdict == Verdict.APPROVED, stands_for_itself())
    ids = ids.where(col(Question.state).in_(ASKED)).order_by(col(Question.id).desc()).limit(MOST_LOOKED_THROUGH)
    cards = question_cards(db, [*db.exec(ids), question_id])
    mine = cards.pop(question_id, None)
    if mine is None:
        return []
    others = {
        one: card
        for one, card in cards.items()
        if one != mine.question.asked_with and (None in (mine.room_id, card.room_id) or mine.room_id == card.room_id)
    }
    alike = most_similar(mine.post.text, [(one, card.post.text) for one, card in others.items()], top=5)
    likely = {one: likeness for one, _, likeness in alike}
    order = sorted(others, key=lambda one: (-likely.get(one, 0), -others[one].question.votes, one))
    return [Likeness(others[one], likely.get(one, 0.0)) for one in order[:MOST_OFFERED]]
