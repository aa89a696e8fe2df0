"""What was missed as an Atom feed: an entry for each half day, which grows while it lasts.

Words of networks whose terms keep them off public files are not in it: of those the addresses of the posts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from xml.etree import ElementTree

from app.domain.event import Event
from app.domain.half_days import Half, begins
from app.domain.network import Networks
from app.domain.post import Post
from app.queries.missed import HalfDay, Missed

ATOM = "http://www.w3.org/2005/Atom"
ElementTree.register_namespace("", ATOM)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def feed_of_missed(event: Event, missed: Missed, words: Mapping[Half, str], *, base: str, networks: Networks) -> bytes:
    """RFC 4287. The number of an entry is its half day, so a reader shows it once however often it changes."""
    host = base.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"
    tag, page = f"tag:{host},{event.created_at:%Y-%m-%d}:missed-{event.id}", f"{base}/e/{event.slug}/missed"
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _text(feed, "id", tag)
    _text(feed, "title", event.name)
    _text(feed, "updated", _written(max((_changed(event, one) for one in missed.halves), default=event.created_at)))
    _link(feed, page, "alternate", "text/html")
    _link(feed, f"{page}.atom", "self", "application/atom+xml")
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _text(author, "name", event.name)
    for one in reversed(missed.halves):
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _text(entry, "id", f"{tag}-{one.day}-{one.half.value}")
        _text(entry, "title", heading_of(one, words))
        _text(entry, "updated", _written(_changed(event, one)))
        start = begins(one.day, one.half, event.zone)
        _link(entry, f"{page}?since={_written(start)}", "alternate", "text/html")
        _text(entry, "content", "\n".join(lines_of(one, networks)))
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def heading_of(half: HalfDay, words: Mapping[Half, str]) -> str:
    return f"{half.day:%Y-%m-%d}, {words[half.half]}"


def lines_of(half: HalfDay, networks: Networks) -> Iterator[str]:
    """A half day as plain lines: for feeds and letters."""
    yield from (f"! {one.text}" for one in half.announced)
    for told in half.talks:
        speakers = f" ({', '.join(told.talk.speakers)})" if told.talk.speakers else ""
        yield f"• {told.talk.title}{speakers}"
        yield from (f"    ✓ {words_of(card.post, card.author.name, networks)}" for card in told.answered)
    yield from (f"✓ {words_of(card.post, card.author.name, networks)}" for card in half.answered)
    yield from (f"★ {words_of(card.post, card.author.name, networks)}" for card in half.starred)
    yield from (f"↑ {words_of(card.post, card.author.name, networks)} ({card.question.votes})" for card in half.voted)
    yield from (f"→ {link.name}: {link.url}" for link in half.links)


def words_of(post: Post, name: str, networks: Networks) -> str:
    """What somebody said, or where it is said."""
    if networks.origin(post.source).public_words:
        return f"{' '.join(post.text.split())} ({name})"
    return post.url or name


def _changed(event: Event, half: HalfDay) -> datetime:
    """The newest of what it tells, by its own time."""
    return max((*_times(half), begins(half.day, half.half, event.zone)))


def _times(half: HalfDay) -> Iterable[datetime]:
    yield from (told.talk.starts_at for told in half.talks)
    yield from (card.question.on_stage_at for told in half.talks for card in told.answered if card.question.on_stage_at)
    yield from (card.post.decided_at for card in half.starred if card.post.decided_at)
    yield from (card.question.asked_at for card in half.voted)
    yield from (link.first_at for link in half.links)
    yield from (one.at for one in half.announced)


def _text(parent: ElementTree.Element, name: str, said: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = _NO_XML.sub(" ", said)


def _link(parent: ElementTree.Element, href: str, rel: str, kind: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", {"href": href, "rel": rel, "type": kind})


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
