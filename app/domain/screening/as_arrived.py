"""What has arrived, as it was found when it came: so that other rules can be tried on it."""

from collections.abc import Container, Iterable, Iterator, Mapping

from app.domain.incoming import Byline, Incoming, Photo, Quoted, ReplyTo, Segment
from app.domain.post import Author, Post
from app.domain.screening.author_renames import shown_now
from app.domain.screening.memory import Memory
from app.domain.screening.reading.fingerprint import essence
from app.domain.screening.reading.reading import LETTERS_READ, Reading
from app.domain.screening.surroundings import Recent, Surroundings
from app.domain.signed_names import signed


def arrived(
    posts: Iterable[tuple[Post, Author]], memory: Memory, wanted: Container[int] | None = None
) -> Iterator[tuple[Post, Reading, Surroundings]]:
    """Each post (or only those wanted) with what was known when it came; oldest first, as `memory` was before them."""
    for post, author in posts:
        if wanted is None or post.id in wanted:
            read = Reading.of(as_found(post, author))
            read = read.with_shown((*read.shows, *shown_now(signed(post, author))))
            yield post, read, memory.surroundings(author.id, read, at=post.received_at, standing=author.standing)
        memory.remember(
            Recent(essence(post.text[:LETTERS_READ]), author.id, post.cluster),
            post.fingerprint,
            post.verdict,
            at=post.received_at,
            by_people=not post.decided_by_machine,
        )


def as_found(post: Post, author: Author) -> Incoming:
    """A stored post as its source found it, as far as screening looks: signed as it was then."""
    by = signed(post, author)
    return Incoming(
        source=post.source,
        ref=post.ref,
        byline=Byline(by.handle, by.name, verified=by.verified),
        text=post.text,
        posted_at=post.posted_at,
        segments=tuple(Segment(**segment) for segment in post.segments),  # type: ignore[arg-type]
        lang=post.lang,
        photos=_photos(post.photos),
        quote=_quoted(post.quote) if post.quote else None,
        reply_to=ReplyTo(handle=post.reply_to) if post.reply_to else None,
        poll=tuple(post.extras.get("poll", ())),
        sensitive=post.sensitive,
        recorded=post.extras.get("recorded") is True,
        asks_talk_id=post.talk_id,
        asks_event=post.asks and post.talk_id is None,
        device=post.device,
        vouched=post.vouched,
    )


def _quoted(quote: Mapping[str, object]) -> Quoted:
    name, handle, text = (str(quote.get(field, "")) for field in ("name", "handle", "text"))
    photos = quote.get("photos")
    return Quoted(
        bool(quote.get("available")),
        Byline(handle, name) if handle or name else None,
        text,
        photos=_photos(photos if isinstance(photos, list) else []),
    )


def _photos(stored: list[dict[str, object]]) -> tuple[Photo, ...]:
    return tuple(Photo(str(photo.get("picture", "")), str(photo.get("alt", ""))) for photo in stored)
