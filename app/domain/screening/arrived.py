"""What has arrived, as it was found when it came: so that other rules can be tried on it."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from app.domain.event import Event
from app.domain.incoming import Byline, Incoming, Photo, Quoted, Segment
from app.domain.post import Author, Post
from app.domain.screening.checks.repeats import essence
from app.domain.screening.context import Context, Recent
from app.domain.verdict import Verdict

POSTS_REMEMBERED = 200
A_MINUTE = timedelta(minutes=1)


def arrived(
    posts: Iterable[tuple[Post, Author]], event: Event, speakers: tuple[str, ...]
) -> Iterator[tuple[Post, Incoming, Context]]:
    """Each post with what was known then, from those before it in the same list, oldest first."""
    approved: Counter[int] = Counter()
    rejected: Counter[int] = Counter()
    same: defaultdict[str, Counter[int]] = defaultdict(Counter)
    times: defaultdict[int, list[Any]] = defaultdict(list)
    newest: deque[tuple[Recent, int]] = deque(maxlen=POSTS_REMEMBERED)
    hashtags = tuple(tag.removeprefix("#") for tag in event.hashtags)
    for post, author in posts:
        alike = same[post.fingerprint] if post.fingerprint else Counter[int]()
        lately = [then for then in times[author.id] if then > post.received_at - A_MINUTE]
        yield (
            post,
            as_found(post, author),
            Context(
                standing=author.standing,
                intake=event.intake,
                approved_before=approved[author.id],
                rejected_before=rejected[author.id],
                posts_lately=len(lately),
                same_text=alike.total(),
                same_text_by_author=alike[author.id],
                recent=() if alike else tuple(_by(past, by == author.id, author) for past, by in newest),
                speakers=speakers,
                hashtags=hashtags,
            ),
        )
        approved[author.id] += post.verdict is Verdict.APPROVED
        rejected[author.id] += post.verdict is Verdict.REJECTED and post.decided_by != "screening"
        times[author.id] = [*lately, post.received_at]
        if post.fingerprint:
            same[post.fingerprint][author.id] += 1
        newest.appendleft((Recent(essence(post.text), f"author {author.id}"), author.id))


def as_found(post: Post, author: Author) -> Incoming:
    """A stored post as its source found it, as far as screening looks."""
    return Incoming(
        source=post.source,  # type: ignore[arg-type]
        ref=post.ref,
        byline=Byline(author.handle, author.name, verified=author.verified),
        text=post.text,
        posted_at=post.posted_at,
        segments=tuple(Segment(**segment) for segment in post.segments),  # type: ignore[arg-type]
        lang=post.lang,
        photos=tuple(Photo(str(photo.get("picture", "")), str(photo.get("alt", ""))) for photo in post.photos),
        quote=Quoted(bool(post.quote.get("available")), text=str(post.quote.get("text", ""))) if post.quote else None,
        sensitive=post.sensitive,
        asks_talk_id=post.talk_id,
        device=post.device,
    )


def _by(past: Recent, own: bool, author: Author) -> Recent:
    return Recent(past.said, author.handle) if own else past
