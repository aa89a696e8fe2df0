"""Everything about some posts, for a safeguarding case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from app.domain.decision import Decision
from app.domain.event import Event, Rulebook
from app.domain.post import Author, Post

MOST = 200
ABOUT_A_POST = ("post", "agreement", "delay", "reveal", "incident")


@dataclass(frozen=True, slots=True)
class Incident:
    """Posts with their authors, the decisions about both in their order, and the rules that were in force."""

    event: Event
    posts: Sequence[tuple[Post, Author]]
    decisions: Sequence[Decision]
    rulebooks: Sequence[Rulebook]
    taken_at: datetime
    taken_by: str


def incident(
    db: Session, event_id: int, post_ids: Sequence[int], author_id: int, *, taken_by: str, at: datetime
) -> Incident:
    """The posts that are named, and all of an author if one is."""
    wanted = or_(col(Post.id).in_(list(post_ids)[:MOST]), col(Post.author_id) == author_id)
    posts = db.exec(
        select(Post, Author)
        .join(Author, col(Author.id) == Post.author_id)
        .where(Post.event_id == event_id, wanted)
        .order_by(col(Post.id))
        .limit(MOST)
    ).all()
    ids, authors = {post.id for post, _ in posts}, {author.id for _, author in posts}
    about = or_(
        col(Decision.subject).in_(ABOUT_A_POST) & col(Decision.subject_id).in_(ids),
        (col(Decision.subject) == "author") & col(Decision.subject_id).in_(authors),
    )
    decisions = db.exec(select(Decision).where(Decision.event_id == event_id, about).order_by(col(Decision.id))).all()
    versions = {one.policy_version for one in decisions} | {post.screened_with for post, _ in posts}
    books = select(Rulebook).where(Rulebook.event_id == event_id, col(Rulebook.version).in_(versions))
    return Incident(
        db.get_one(Event, event_id),
        list(posts),
        decisions,
        db.exec(books.order_by(col(Rulebook.version))).all(),
        at,
        taken_by,
    )
