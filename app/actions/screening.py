"""What screening may know of an event: a few bounded looks at what is stored."""

from sqlmodel import Session, case, col, desc, func, select

from app.domain.decision import SCREENING
from app.domain.event import Event, Talk
from app.domain.incoming import Incoming
from app.domain.post import Author, Post
from app.domain.question import Question, QuestionState
from app.domain.screening.context import Context, Recent
from app.domain.screening.normal import views
from app.domain.screening.people import names_somebody
from app.domain.screening.questions import is_for_the_speaker
from app.domain.screening.repeats import essence, fingerprint
from app.domain.screening.shape import LONGEST
from app.domain.verdict import Verdict

NEWEST = 200
QUESTIONS = 50
SAME = 500
TALKS = 500


def screening_context(
    db: Session, event: Event, author: Author, incoming: Incoming, *, post_id: int | None = None
) -> Context:
    """Read what the checks may know. Never more rows than the numbers above say, whatever the event has seen."""
    others = col(Post.id) != (post_id or 0)
    approved, rejected = _record(db, author, post_id)
    mark = fingerprint(incoming.text)
    read = views(incoming.text[:LONGEST])
    same = select(Post.author_id).where(Post.event_id == event.id, Post.fingerprint == mark, others).limit(SAME)
    authors = list(db.exec(same)) if mark else []
    return Context(
        standing=author.standing,
        approved_before=approved,
        rejected_before=rejected,
        same_text=len(authors),
        same_text_by_author=authors.count(author.id),
        recent=() if authors else _recent(db, event.id, author, incoming.byline.handle, post_id),
        questions=_open_questions(db, event.id) if is_for_the_speaker(read.folded.text) else (),
        speakers=_speakers(db, event.id) if names_somebody(read) else (),
        hashtags=tuple(tag.removeprefix("#") for tag in event.hashtags),
    )


def _record(db: Session, author: Author, post_id: int | None) -> tuple[int, int]:
    """How many of the author's posts people approved and rejected here. What the machine hid does not count."""
    approved = func.sum(case((col(Post.verdict) == Verdict.APPROVED, 1), else_=0))
    by_people = (col(Post.verdict) == Verdict.REJECTED) & (col(Post.decided_by) != SCREENING)
    rejected = func.sum(case((by_people, 1), else_=0))
    found = db.exec(select(approved, rejected).where(Post.author_id == author.id, col(Post.id) != (post_id or 0))).one()
    return int(found[0] or 0), int(found[1] or 0)


def _recent(db: Session, event_id: int, author: Author, handle: str, post_id: int | None) -> tuple[Recent, ...]:
    newest = (
        select(Post.text, Post.author_id)
        .where(Post.event_id == event_id, col(Post.id) != (post_id or 0))
        .order_by(desc(col(Post.id)))
        .limit(NEWEST)
    )
    return tuple(
        Recent(essence(text), handle if author_id == author.id else f"author {author_id}")
        for text, author_id in db.exec(newest)
    )


def _open_questions(db: Session, event_id: int) -> tuple[tuple[int, str], ...]:
    asked = (
        select(Question.id, Post.text)
        .join(Post, col(Post.id) == Question.post_id)
        .where(Question.event_id == event_id, Question.state == QuestionState.OPEN)
        .order_by(desc(col(Question.id)))
        .limit(QUESTIONS)
    )
    return tuple((question_id, text) for question_id, text in db.exec(asked))


def _speakers(db: Session, event_id: int) -> tuple[str, ...]:
    talks = db.exec(select(Talk.speakers).where(Talk.event_id == event_id).limit(TALKS))
    return tuple(dict.fromkeys(name for names in talks for name in names))
