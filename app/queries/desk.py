"""The desk's lists: what waits in the order of the queue, what was decided, and what a search finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import JSON, ColumnElement, case, or_, type_coerce
from sqlmodel import Session, col, func, select

from app.domain.event import Event
from app.domain.post import Author, Post
from app.domain.signed_names import signed
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.desk_card import DeskCard, Record
from app.queries.desk_paging import Place, in_order, sort_key
from app.queries.folds import also_on, who_leads
from app.queries.pictures import pictures_that_differ
from app.queries.posts import asked_at, post_concerned, with_all_that_belongs
from app.queries.rooms import whereabouts
from app.queries.stars import starred_among

MAX_SEARCH_WORDS = 8
"""So many words of a search count."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a search looks for: words in text, name or handle, those on the card and those its author bears today; a
    source, a doubt, an author, what says the same."""

    words: str = ""
    source: str = ""
    doubt: str = ""
    author: int = 0
    like: str = ""

    def __bool__(self) -> bool:
        return bool(self.words.strip() or self.source or self.doubt or self.author or self.like)


def queue_ids(
    db: Session, event: Event, limit: int, after: Place | None = None, room_id: int | None = None
) -> list[int]:
    """What waits, in its order; of posts that say the same only the first. At a room's desk none of other rooms."""
    here = whereabouts(db, event, room_id)
    first = (
        select(func.min(Post.id))
        .where(Post.event_id == event.id, Post.verdict == Verdict.HELD, Post.cluster != "", asked_at(here))
        # As it stands, the index of clusters would look tempting: through all that ever came, instead of what waits.
        .group_by(func.coalesce(col(Post.cluster), ""))
    )
    waits = select(Post.id).where(
        Post.event_id == event.id,
        Post.verdict == Verdict.HELD,
        col(Post.withdrawn_at).is_(None),
        or_(col(Post.cluster) == "", col(Post.id).in_(first)),
        asked_at(here),
    )
    return list(db.exec(in_order(waits, here.running, Verdict.HELD, after).limit(limit)))


def decided_ids(
    db: Session,
    event: Event,
    verdict: Verdict,
    limit: int,
    after: Place | None = None,
    room_id: int | None = None,
) -> list[int]:
    """What was kept for later, oldest first; what was approved or rejected, newest decision first."""
    here = whereabouts(db, event, room_id)
    found = select(Post.id).where(Post.event_id == event.id, Post.verdict == verdict, col(Post.withdrawn_at).is_(None))
    return list(db.exec(in_order(found.where(asked_at(here)), here.running, verdict, after).limit(limit)))


def found_ids(
    db: Session, event: Event, verdict: Verdict, wanted: Search, limit: int, after: Place | None = None
) -> list[int]:
    """Those of a list that a search finds, in the list's order, folded ones too; of all rooms."""
    found = select(Post.id).join(Author, col(Author.id) == Post.author_id).where(col(Post.withdrawn_at).is_(None))
    # What names an author or a text is found by that; else the list is gone through, in its order, until it is enough.
    of_few = bool(wanted.author or wanted.like)
    found = found.where(func.coalesce(col(Post.verdict), "") == verdict if of_few else col(Post.verdict) == verdict)
    found = found.where((col(Post.event_id) + 0 if wanted.author else col(Post.event_id)) == event.id)
    for word in wanted.words.split()[:MAX_SEARCH_WORDS]:
        columns = (col(Post.text), _signed("name"), _signed("handle"), col(Author.name), col(Author.handle))
        found = found.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    if wanted.source:
        found = found.where(Post.source == wanted.source)
    if wanted.doubt:
        found = found.where(col(Post.doubts).contains(f",{wanted.doubt},", autoescape=True))
    if wanted.author:
        found = found.where(Post.author_id == wanted.author)
    if wanted.like:
        found = found.where(Post.cluster == wanted.like)
    return list(db.exec(in_order(found, whereabouts(db, event).running, verdict, after).limit(limit)))


def _signed(field: str) -> ColumnElement[str]:
    """What stands in the byline of a post."""
    said: ColumnElement[str] = type_coerce(col(Post.byline), JSON)[field].as_string()
    return said


def desk_cards(db: Session, ids: Iterable[int]) -> dict[int, DeskCard]:
    wanted = list(ids)
    if not wanted:
        return {}
    rows = with_all_that_belongs(db, wanted)
    if not rows:
        return {}
    here = whereabouts(db, db.get_one(Event, rows[0][0].event_id))
    names = {room.id: room.name for room in here.rooms}
    records = _records(db, {author.id for _, author, *_ in rows})
    alike = _waiting_by_fold(db, [post for post, *_ in rows])
    also = also_on(db, [post for post, *_ in rows])
    stars = starred_among(db, [post.id for post, *_ in rows])
    differ = pictures_that_differ(db, sorted({key for post, *_ in rows for key in post.pictures}))
    return {
        post.id: DeskCard(
            post,
            signed(post, author),
            sort_key(post, here.running),
            question,
            talk,
            place=names.get(post.room_id or 0, "") if post.asks else "",
            alike=max(0, alike.get(post.cluster, 0) - 1) if post.verdict is Verdict.HELD else 0,
            also_on=also.get(post.id, ()),
            record=records.get(author.id, Record()),
            starred=post.id in stars,
            picture_differs=not differ.isdisjoint(post.pictures),
        )
        for post, author, question, talk in rows
    }


def name_concerned(db: Session, subject: str, subject_id: int) -> str:
    """Whose post, or which author, a decision was about, as the desk calls them; '' for the event itself."""
    if subject == Subject.AUTHOR:
        author = db.get(Author, subject_id)
        return author.name if author else ""
    post_id = post_concerned(db, subject, subject_id)
    card = desk_cards(db, [post_id]).get(post_id) if post_id else None
    return card.author.name if card else ""


def cards_concerned(db: Session, post_ids: set[int], verdict: Verdict) -> set[int]:
    """Cards of a list that tell of these posts: they themselves, their cluster's first, and others of their authors."""
    if not post_ids:
        return set()
    changed = db.exec(select(Post.event_id, Post.author_id, Post.cluster).where(col(Post.id).in_(post_ids))).all()
    authors = {author_id for _, author_id, _ in changed}
    others = select(Post.id).where(col(Post.author_id).in_(authors), Post.verdict == verdict)
    concerned = {*post_ids, *db.exec(others), *(who_leads(db, post_ids) if verdict is Verdict.APPROVED else ())}
    if verdict is not Verdict.HELD:
        return concerned
    clusters = {cluster for _, _, cluster in changed if cluster}
    # The first of a cluster and the one that was it before: both may be on a screen.
    first = (
        select(Post.id)
        .where(col(Post.event_id).in_({event_id for event_id, _, _ in changed}), col(Post.cluster).in_(clusters))
        .where(Post.verdict == Verdict.HELD)
    )
    return concerned | (set(db.exec(first)) if clusters else set())


def _records(db: Session, author_ids: set[int]) -> dict[int, Record]:
    by_people = (col(Post.verdict) == Verdict.REJECTED) & col(Post.decided_by_machine).is_(False)
    query = (
        select(
            Post.author_id,
            func.count(),
            func.sum(case((col(Post.verdict) == Verdict.APPROVED, 1), else_=0)),
            func.sum(case((by_people, 1), else_=0)),
        )
        .where(col(Post.author_id).in_(author_ids))
        .group_by(col(Post.author_id))
    )
    return {
        author_id: Record(posts, int(approved or 0), int(rejected or 0))
        for author_id, posts, approved, rejected in db.exec(query)
    }


def _waiting_by_fold(db: Session, posts: Sequence[Post]) -> dict[str, int]:
    clusters = {post.cluster for post in posts if post.cluster and post.verdict is Verdict.HELD}
    if not clusters:
        return {}
    query = select(Post.cluster, func.count()).where(
        Post.event_id == posts[0].event_id, col(Post.cluster).in_(clusters), Post.verdict == Verdict.HELD
    )
    return dict(db.exec(query.group_by(col(Post.cluster))).all())
