"""Questions that are asked together: one of them stands for all, the others stand under it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from app.domain.post import Author, Post
from app.domain.question import Question, QuestionState
from app.domain.signed_names import Signed, signed
from app.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Other:
    """A question that stands under another one, in its own words."""

    question: Question
    post: Post
    author: Signed


@dataclass(frozen=True, slots=True)
class AskedTogether:
    """How a question fares that is asked with others: as the one that stands for all."""

    lead: Question
    others: int
    """So many other people ask it too."""


@cache
def stands_for_itself() -> ColumnElement[bool]:
    """It is asked with no other one, or with one that is not to be seen: then it is heard all the same.

    Made once: the columns of an alias take milliseconds, and every screen asks for this again and again.
    """
    lead, post = aliased(Question), aliased(Post)
    seen = (
        select(lead.id)
        .join(post, col(post.id) == lead.post_id)
        .where(col(lead.id) == Question.asked_with, col(lead.state) != QuestionState.TAKEN_BACK)
        .where(col(post.verdict) == Verdict.APPROVED)
    )
    return or_(col(Question.asked_with).is_(None), ~seen.exists())


def lead_of(db: Session, question: Question) -> Question:
    """The question that stands for this one on every screen; itself, if none does."""
    if question.asked_with is None:
        return question
    alone = select(Question.id).where(Question.id == question.id, stands_for_itself())
    return question if db.exec(alone).first() else db.get_one(Question, question.asked_with)


def under(db: Session, question_id: int) -> list[Question]:
    """Those that were put under this one, whether they are to be seen or not."""
    return list(db.exec(select(Question).where(Question.asked_with == question_id).order_by(col(Question.id))))


def is_asked_together(db: Session, question: Question) -> bool:
    under_it = select(Question.id).where(Question.asked_with == question.id).limit(1)
    return question.asked_with is not None or db.exec(under_it).first() is not None


def concerned_with(db: Session, ids: Iterable[int]) -> set[int]:
    """These questions, and those that stand over or under them: what happens to one is seen at the other."""
    wanted = set(ids)
    if not wanted:
        return wanted
    either = or_(col(Question.id).in_(wanted), col(Question.asked_with).in_(wanted))
    found = db.exec(select(Question.id, Question.asked_with).where(either, col(Question.asked_with).is_not(None)))
    return wanted.union(*((one, over) for one, over in found if over))


def others_under(db: Session, ids: Iterable[int]) -> dict[int, tuple[Other, ...]]:
    """What is to be seen under each of these, the oldest first."""
    rows = db.exec(
        select(Question, Post, Author)
        .join(Post, col(Post.id) == Question.post_id)
        .join(Author, col(Author.id) == Post.author_id)
        .where(col(Question.asked_with).in_(list(ids)), Post.verdict == Verdict.APPROVED)
        .where(col(Question.state) != QuestionState.TAKEN_BACK)
        .order_by(col(Question.id))
    )
    found: dict[int, tuple[Other, ...]] = {}
    for question, post, author in rows:
        assert question.asked_with is not None  # noqa: S101 - asked for
        found[question.asked_with] = (*found.get(question.asked_with, ()), Other(question, post, signed(post, author)))
    return found


def asked_together(db: Session, questions: Iterable[Question]) -> Mapping[int, AskedTogether]:
    """How those of these questions fare that are asked with others."""
    leads = {question.id: lead_of(db, question) for question in questions}
    others = others_under(db, {lead.id for lead in leads.values()})
    found = {}
    for question_id, lead in leads.items():
        if not (seen := others.get(lead.id)):
            continue
        people = {one.post.author_id: one.question.id for one in seen}
        people[db.get_one(Post, lead.post_id).author_id] = lead.id
        mine = db.get_one(Post, db.get_one(Question, question_id).post_id).author_id
        found[question_id] = AskedTogether(lead, len(people.keys() - {mine}))
    return found
