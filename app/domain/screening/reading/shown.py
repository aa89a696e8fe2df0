"""What a screen shows of a post besides its text: names, what it quotes, what its pictures show."""

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.incoming import Byline, Incoming, Quoted
from app.domain.source_marks import FLOOR

TEXT, NAME, HANDLE, NOW, NOW_HANDLE, REPLY = "text", "name", "handle", "now", "now_handle", "reply"
QUOTE, QUOTE_NAME, QUOTE_HANDLE = "quote", "quote_name", "quote_handle"
ALT, POLL, LINK = "alt", "poll", "link"

NAMES = frozenset({NAME, NOW, QUOTE_NAME})
HANDLES = frozenset({HANDLE, NOW_HANDLE, REPLY, QUOTE_HANDLE})
PROSE = frozenset({QUOTE, ALT, POLL, LINK})
"""Read as a text is."""
PENDING = frozenset({NOW, NOW_HANDLE})
"""What an author goes by now: on no screen yet, so that it stays covered on the desk when the post is approved."""
BYLINE = frozenset({NAME, HANDLE}) | PENDING
"""What an author goes by."""
QUOTED = frozenset({QUOTE, QUOTE_NAME, QUOTE_HANDLE})
SEVERAL = (ALT, POLL, LINK)
"""Of which a post may have several: descriptions of its pictures, options of its poll, titles of its links."""


class Shown(NamedTuple):
    """A text and where it stands: `place` counts from 0 where a post has several of a field."""

    field: str
    text: str
    place: int = 0


def shown_besides(post: Incoming) -> Iterator[Shown]:
    """Every text that stands on a screen with a post's own, if there is one."""
    yield from signed_as(post.source, post.byline)
    if post.reply_to and post.reply_to.handle:
        yield Shown(REPLY, post.reply_to.handle)
    if post.quote and post.quote.available:
        yield from filter(_has_text, _quoted(post.quote))
    quoted = post.quote.photos if post.quote and post.quote.available else ()
    for place, photo in enumerate((*post.photos, *quoted)):
        if photo.alt:
            yield Shown(ALT, photo.alt, place)
    for place, option in enumerate(post.poll):
        if option:
            yield Shown(POLL, option, place)
    for place, title in enumerate(titles_of(post)):
        yield Shown(LINK, title, place)


def titles_of(post: Incoming) -> list[str]:
    """What the pages are called that it leads to."""
    return [segment.title for segment in post.segments if segment.title]


def signed_as(source: str, byline: Byline) -> Iterator[Shown]:
    """What an author goes by. A phone has no handle that anybody sees."""
    if byline.name:
        yield Shown(NAME, byline.name)
    if byline.handle and source != FLOOR.key:
        yield Shown(HANDLE, byline.handle)


def _quoted(quote: Quoted) -> Iterator[Shown]:
    yield Shown(QUOTE, quote.text)
    if byline := quote.byline:
        yield from (Shown(QUOTE_NAME, byline.name), Shown(QUOTE_HANDLE, byline.handle))


def _has_text(shown: Shown) -> bool:
    return bool(shown.text)
