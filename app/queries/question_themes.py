"""What the open questions of a Talk are about."""

from sqlmodel import Session

from app.domain.event import Event
from app.domain.question_themes import AskedAbout, QuestionTheme, themes_of
from app.queries.questions import OPEN, QuestionCard, question_cards, ranked_ids

MOST_SORTED = 200


def question_themes(db: Session, event: Event, room_id: int | None = None) -> list[QuestionTheme]:
    """Of those that stand on the list, of a room or of all."""
    ids = ranked_ids(db, event, OPEN, MOST_SORTED, room_id)
    cards = question_cards(db, ids)
    return themes_of([_asked(cards[question_id]) for question_id in ids])


def _asked(card: QuestionCard) -> AskedAbout:
    texts = (card.post.text, *(one.post.text for one in card.others))
    people = frozenset((card.post.author_id, *(one.post.author_id for one in card.others)))
    return AskedAbout(card.id, texts, people)
