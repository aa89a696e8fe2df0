"""A moderator asks the author of a post from the room to shorten it; the author decides, on their phone.

What came from a network is never altered, so it is never asked for either. What the author takes is a correction like
any other: other words, screened anew, waiting.
"""

from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.decision import Actor, Decision
from app.domain.post import Post
from app.domain.screening.reading.blanks import has_words
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.posts import own_post

UNSUGGESTED, SUGGESTED = "unsuggested", "suggested"
AUTHOR = Actor(label="author")


def suggest_words(db: Session, post_id: int, text: str, *, by: Actor, at: datetime) -> Post:
    """Shorter words for a post that waits. Raises Refused for one that is not the author's to change, or no shorter."""
    post, text = db.get_one(Post, post_id), text.strip()
    if not post.from_phone:
        raise Refused("Only what came from a phone in the room can be shortened, and by its author alone.")
    if post.verdict is not Verdict.HELD or post.withdrawn_at is not None:
        raise Refused("It does not wait any more, so its words stay as they are.")
    if not has_words(text) or len(text) >= len(post.text):
        raise Refused("Please suggest shorter words than those that are there.")
    return _put(db, post, text, by=by, at=at)


def keep_own_words(db: Session, event_id: int, post_id: int, device: str, *, at: datetime) -> bool:
    """The author says no. False if there is nothing to say it to."""
    post = own_post(db, event_id, post_id, device)
    if post is None or not post.suggested:
        return False
    _put(db, post, "", by=AUTHOR, at=at)
    return True


def take_back_suggestion(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    post = db.get_one(Post, decision.subject_id)
    if not post.suggested or decision.after != SUGGESTED:
        return False
    _put(db, post, "", by=by, at=at, undoes=decision)
    return True


def _put(db: Session, post: Post, text: str, *, by: Actor, at: datetime, undoes: Decision | None = None) -> Post:
    if post.suggested != text:
        before, after = (SUGGESTED if one else UNSUGGESTED for one in (post.suggested, text))
        decide(db, post.event_id, Subject.SUGGESTION, post.id, before, after, by=by, at=at, undoes=undoes)
        post.suggested = text
        publish(db, post.event_id, Subject.POST, post.id, at=at)
    return post
