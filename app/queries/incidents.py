"""Everything about some posts, for a safeguarding case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.policy_version import PolicyVersion
from app.domain.post import Author, Post
from app.domain.subject import Subject

MAX_POSTS_TAKEN = 200
ABOUT_A_POST = (Subject.POST, Subject.AGREEMENT, Subject.DELAY, Subject.REVEAL, Subject.INCIDENT)


@dataclass(frozen=True, slots=True)
class Incident:
    """Posts with their authors, the decisions about both in their order, and the rules that were in force.

    `records` counts an author's posts by verdict, all of them in this Event. `left_out` counts posts that were asked
    for and did not fit; `unknown` are numbers that are no posts here.
    """

    event: Event
    posts: Sequence[tuple[Post, Author]]
    decisions: Sequence[Decision]
    policy_versions: Sequence[PolicyVersion]
    taken_at: datetime
    taken_by: str
    records: Mapping[int, Mapping[str, int]]
    left_out: int
    unknown: Sequence[int]

    def about(self, post: Post, author: Author) -> list[Decision]:
        """What was decided about one of the posts, and about whoever wrote it."""
        return [
            one for one in self.decisions if one.subject_id == (author if one.subject == Subject.AUTHOR else post).id
        ]


def incident(
    db: Session, event_id: int, post_ids: Sequence[int], author_id: int, *, taken_by: str, at: datetime
) -> Incident:
    """The posts that are named, and all of an author if one is."""
    named = list(dict.fromkeys(post_ids))
    wanted = (
        Post.event_id == event_id,
        or_(col(Post.id).in_(named[:MAX_POSTS_TAKEN]), col(Post.author_id) == author_id),
    )
    query = select(Post, Author).join(Author, col(Author.id) == Post.author_id).where(*wanted)
    # The newest of an author who wrote more than fit.
    posts = db.exec(
        query.order_by(col(Post.id).in_(named[:MAX_POSTS_TAKEN]).desc(), col(Post.id).desc()).limit(MAX_POSTS_TAKEN)
    ).all()
    posts = sorted(posts, key=lambda one: one[0].id)
    ids, authors = {post.id for post, _ in posts}, {author.id for _, author in posts}
    about = or_(
        col(Decision.subject).in_(ABOUT_A_POST) & col(Decision.subject_id).in_(ids),
        (col(Decision.subject) == Subject.AUTHOR) & col(Decision.subject_id).in_(authors),
    )
    decisions = db.exec(select(Decision).where(Decision.event_id == event_id, about).order_by(col(Decision.id))).all()
    versions = {one.policy_version for one in decisions} | {post.screened_with for post, _ in posts}
    books = select(PolicyVersion).where(PolicyVersion.event_id == event_id, col(PolicyVersion.version).in_(versions))
    return Incident(
        db.get_one(Event, event_id),
        list(posts),
        decisions,
        db.exec(books.order_by(col(PolicyVersion.version))).all(),
        at,
        taken_by,
        _records(db, event_id, authors),
        db.exec(select(func.count()).select_from(Post).where(*wanted)).one()
        - len(posts)
        + len(named[MAX_POSTS_TAKEN:]),
        [number for number in named[:MAX_POSTS_TAKEN] if number not in ids],
    )


def _records(db: Session, event_id: int, author_ids: set[int]) -> dict[int, dict[str, int]]:
    query = (
        select(Post.author_id, Post.verdict, func.count())
        .where(Post.event_id == event_id, col(Post.author_id).in_(author_ids))
        .group_by(col(Post.author_id), col(Post.verdict))
    )
    records: dict[int, dict[str, int]] = {}
    for author_id, verdict, posts in db.exec(query):
        records.setdefault(author_id, {})[str(verdict)] = posts
    return records
