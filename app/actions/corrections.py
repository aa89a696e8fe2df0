"""A phone corrects its own post while it waits: the new words are screened, nobody approves the old ones."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, update

from app.actions.arrivals import edit
from app.domain.incoming import Byline, Incoming
from app.domain.post import Author, Post
from app.domain.verdict import Verdict
from app.queries.posts import own_post


class Correction(StrEnum):
    DONE = "done"
    SAME = "same"
    """These are its words already."""
    TOO_LATE = "too_late"
    """It does not wait any more, or was corrected elsewhere: what was decided was decided on the words that stand."""
    NOT_YOURS = "not_yours"


def correct(
    db: Session, event_id: int, post_id: int, device: str, text: str, *, version: int, at: datetime
) -> Correction:
    """Put other words in the place of those of `version`, unless somebody has decided on it since.

    Who decides and who corrects meet in the row: an approval counts for the version that was seen.
    """
    post = own_post(db, event_id, post_id, device)
    if post is None:
        return Correction.NOT_YOURS
    if post.text == text:
        return Correction.SAME
    claimed = db.exec(
        update(Post)
        .where(
            col(Post.id) == post_id,
            col(Post.verdict) == Verdict.HELD,
            col(Post.version) == version,
            col(Post.withdrawn_at).is_(None),
        )
        .values(version=version + 1)
        .execution_options(synchronize_session=False)
    )
    if not claimed.rowcount:
        return Correction.TOO_LATE
    db.refresh(post)
    author = db.get_one(Author, post.author_id)
    edit(db, post, _with_words(post, author, text), at=at, author=author)
    return Correction.DONE


def _with_words(post: Post, author: Author, text: str) -> Incoming:
    """As if the phone had sent it so, at its next version."""
    return Incoming(
        source=post.source,
        ref=post.ref,
        byline=Byline(handle=author.handle, name=post.byline.get("name") or author.name),
        text=text,
        posted_at=post.posted_at,
        lang="",
        version=post.version,
        asks_talk_id=post.talk_id,
        asks_room_id=post.room_id,
        asks_event=post.asks and post.talk_id is None,
        device=post.device,
        vouched=post.vouched,
    )
