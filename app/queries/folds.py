"""Posts of several networks that say the same within minutes: which one has the card, and where it was said besides."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, desc, select

from app.domain.post import Post
from app.domain.rejection_reasons import Declined
from app.domain.saying_the_same import SAID_TOGETHER, said_by, says_no_more
from app.domain.source_marks import FLOOR
from app.domain.verdict import Verdict

NEWEST = 2_000
"""So far back are posts looked through; all that another network said within minutes lies there."""
MOST_COMPARED = 50
LETTERS_ALIKE = 8
"""Who posts the same begins the same, letter by letter: only such posts are read."""
OTHER = aliased(Post)


def first_said(db: Session, post: Post) -> Post | None:
    """The post of another network that says all that this one says, was there before and is shown or waits."""
    mine, begins = said_by(post), _beginning(post)
    alike_so_far = func.substr(col(Post.text), 1, len(begins)) == begins if begins else true()
    for verdict in (Verdict.APPROVED, Verdict.HELD):
        others = db.exec(
            select(Post)
            .where(
                Post.event_id == post.event_id,
                Post.verdict == verdict,
                col(Post.id) != post.id,
                col(Post.id) > post.id - NEWEST,
                col(Post.source).not_in([post.source, FLOOR.key]),
                alike_so_far,
                col(Post.posted_at).between(post.posted_at - SAID_TOGETHER, post.posted_at + SAID_TOGETHER),
                col(Post.withdrawn_at).is_(None),
                col(Post.asks).is_(False),
            )
            .order_by(desc(col(Post.id)))
            .limit(MOST_COMPARED)
        )
        alike = [other for other in others if says_no_more(mine, said_by(other))]
        if alike:
            return alike[-1]
    return None


def folded_into(db: Session, post: Post, cluster: str) -> list[Post]:
    """Posts of other networks that have no card because this one has; none while another one has it too."""
    if not cluster:
        return []
    same = (Post.event_id == post.event_id, Post.cluster == cluster, col(Post.id) != post.id)
    still = select(Post.id).where(*same, Post.verdict == Verdict.APPROVED, col(Post.withdrawn_at).is_(None))
    if db.exec(still.limit(1)).first() is not None:
        return []
    found = select(Post).where(*same, Post.source != post.source, _is_folded(), _is_near(post))
    return list(db.exec(found.order_by(col(Post.id))))


def also_on(db: Session, posts: Sequence[Post]) -> dict[int, tuple[str, ...]]:
    """On which other networks the same was said within minutes, for each post that has the card; in their order."""
    leading = [post for post in posts if post.cluster and post.verdict in (Verdict.APPROVED, Verdict.HELD)]
    if not leading:
        return {}
    alike = or_(_is_folded(), col(Post.verdict) == Verdict.HELD)
    others = db.exec(
        select(Post.cluster, Post.source, Post.posted_at, Post.verdict)
        .where(
            Post.event_id == leading[0].event_id,
            col(Post.cluster).in_({post.cluster for post in leading}),
            Post.source != FLOOR.key,
            alike,
            col(Post.withdrawn_at).is_(None),
        )
        .order_by(col(Post.id))
    ).all()
    by_cluster = defaultdict(list)
    for cluster, source, posted_at, verdict in others:
        by_cluster[cluster].append((source, posted_at, verdict))
    found = {
        post.id: tuple(
            dict.fromkeys(
                source
                for source, posted_at, verdict in by_cluster[post.cluster]
                if source != post.source
                and abs(posted_at - post.posted_at) <= SAID_TOGETHER
                and (verdict is Verdict.REJECTED or post.verdict is Verdict.HELD)
            )
        )
        for post in leading
    }
    return {post_id: sources for post_id, sources in found.items() if sources}


def who_leads(db: Session, ids: Iterable[int]) -> Collection[int]:
    """Posts that are shown and may tell of one of these that it was said there too."""
    query = (
        select(Post.id)
        .join(OTHER, and_(col(OTHER.event_id) == Post.event_id, col(OTHER.cluster) == Post.cluster))
        .where(
            col(OTHER.id).in_(list(ids)),
            col(OTHER.cluster) != "",
            col(OTHER.source) != Post.source,
            # By the index of clusters: that of verdicts would lead through all that was ever approved.
            func.coalesce(col(Post.verdict), "") == Verdict.APPROVED,
        )
    )
    return set(db.exec(query))


def _beginning(post: Post) -> str:
    """The first letters, where they are its author's own: links and mentions are written otherwise elsewhere."""
    first = post.segments[0] if post.segments else {"kind": "", "text": ""}
    own = first["kind"] == "text" and len(first["text"].strip()) >= LETTERS_ALIKE
    return post.text[:LETTERS_ALIKE] if own else ""


def _is_folded() -> ColumnElement[bool]:
    return and_(col(Post.verdict) == Verdict.REJECTED, col(Post.declined_as) == Declined.REPEAT.value)


def _is_near(post: Post) -> ColumnElement[bool]:
    return col(Post.posted_at).between(post.posted_at - SAID_TOGETHER, post.posted_at + SAID_TOGETHER)
