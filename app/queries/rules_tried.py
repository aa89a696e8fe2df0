"""What has arrived, for trying rules on it."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.masking import covered, is_sensitive
from app.domain.policy import Policy
from app.domain.post import Author, Post
from app.domain.screening.as_arrived import arrived
from app.domain.screening.checks.words import preview
from app.domain.screening.policy_trial import try_out
from app.queries.event_memory import memory_before

POSTS_TRIED = 500
SHOWN = 20
EXAMPLES = 5
TOO_MANY = 0.1
"""A word that matches a larger share of all posts is not what was meant."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What other rules would have done: posts by id and text, personal data covered."""

    posts: int
    held: int
    released: int
    held_posts: tuple[tuple[int, str], ...]
    released_posts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What a new word would have matched among the newest posts."""

    word: str
    times: int
    of: int
    examples: tuple[str, ...]

    @property
    def is_too_much(self) -> bool:
        return self.of >= 20 and self.times > TOO_MANY * self.of


def tried(db: Session, event_id: int, then: Policy) -> Tried:
    """Screen the newest posts by the present rules and by others, and tell the difference; nothing is stored."""
    event = db.get_one(Event, event_id)
    arrivals = newest(db, event_id)
    posts = [post for post, _ in arrivals]
    found = arrived(arrivals, memory_before(db, event, arrivals)) if arrivals else ()
    trial = try_out([(read, known) for _, read, known in found], Policy.from_json(event.policy), then)
    return Tried(
        trial.posts,
        len(trial.held),
        len(trial.released),
        tuple((posts[place].id, _shown(posts[place])) for place in trial.held[-SHOWN:]),
        tuple((posts[place].id, _shown(posts[place])) for place in trial.released[-SHOWN:]),
    )


def matched(db: Session, event_id: int, words: list[str], allowed: tuple[str, ...]) -> list[Matched]:
    """For each new word, how many of the newest posts it would have matched, with a few of them."""
    posts = [post for post, _ in newest(db, event_id)]
    found = preview(words, [post.text for post in posts], allowed=allowed)
    return [
        Matched(word, len(places), len(posts), tuple(_shown(posts[place]) for place in places[-EXAMPLES:]))
        for word, places in found.items()
    ]


def newest(db: Session, event_id: int, limit: int = POSTS_TRIED) -> list[tuple[Post, Author]]:
    """The newest posts that are still there, oldest first."""
    query = (
        select(Post, Author)
        .join(Author, col(Author.id) == Post.author_id)
        .where(Post.event_id == event_id, col(Post.withdrawn_at).is_(None))
        .order_by(col(Post.id).desc())
        .limit(limit)
    )
    return list(reversed(db.exec(query).all()))


def _shown(post: Post) -> str:
    return covered(post.text, post.signals) if is_sensitive(post.doubts) else post.text
