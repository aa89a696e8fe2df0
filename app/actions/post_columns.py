"""What of a post, and of its ruling, goes into which column."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.domain.decision import MACHINE
from app.domain.event import Event
from app.domain.incoming import Incoming, Photo, Quoted, Segment
from app.domain.post import Post
from app.domain.queue_order import doubts, rank
from app.domain.screening.reading.reading import Reading
from app.domain.signed_names import shown_name, signed_now
from app.domain.verdict import Ruling, Signal, Unread, Verdict


def picture_urls(some: Iterable[Incoming]) -> list[str]:
    """Addresses of all pictures that some posts refer to."""
    urls = [photo.url for incoming in some for photo in incoming.photos]
    urls += [incoming.byline.avatar_url for incoming in some]
    quotes = [incoming.quote for incoming in some if incoming.quote is not None]
    urls += [photo.url for quote in quotes for photo in quote.photos]
    return [*urls, *(quote.byline.avatar_url for quote in quotes if quote.byline is not None)]


def content(read: Reading, pictures: Mapping[str, str]) -> dict[str, Any]:
    """The columns that an edit replaces."""
    incoming = read.post
    return {
        "version": incoming.version,
        "version_ref": incoming.version_ref or incoming.ref,
        "byline": signed_now(incoming.byline),
        "text": incoming.text,
        "fingerprint": read.fingerprint,
        "segments": [_segment(segment) for segment in incoming.segments] or plain_segments(incoming.text),
        "photos": _photos(incoming.photos, pictures),
        "quote": _quote(incoming.quote, pictures),
        "extras": _extras(incoming),
        "reply_to": incoming.reply_to.handle if incoming.reply_to else "",
        "url": incoming.url,
        "lang": incoming.lang,
        "sensitive": incoming.sensitive,
    }


def _extras(incoming: Incoming) -> dict[str, Any]:
    polled: dict[str, Any] = {"poll": list(incoming.poll)} if incoming.poll else {}
    return polled | ({"recorded": True} if incoming.recorded else {})


def _segment(segment: Segment) -> dict[str, str]:
    titled = {"title": segment.title} if segment.title else {}
    return {"kind": segment.kind, "text": segment.text, "href": segment.href, **titled}


def plain_segments(text: str) -> list[dict[str, str]]:
    return [{"kind": "text", "text": text, "href": ""}]


def _photos(photos: Iterable[Photo], pictures: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {
            "picture": pictures.get(photo.url, ""),
            "alt": photo.alt,
            "width": photo.width,
            "height": photo.height,
            "kind": photo.kind,
        }
        for photo in photos
    ]


def _quote(quote: Quoted | None, pictures: Mapping[str, str]) -> dict[str, Any] | None:
    if quote is None:
        return None
    byline = quote.byline
    return {
        "available": quote.available,
        "name": shown_name(byline) if byline else "",
        "handle": byline.handle if byline else "",
        "avatar": pictures.get(byline.avatar_url, "") if byline else "",
        "text": quote.text,
        "url": quote.url,
        "posted_at": quote.posted_at.isoformat() if quote.posted_at else "",
        "verified": byline.verified if byline else "",
        "photos": _photos(quote.photos, pictures),
    }


def ruling_columns(ruling: Ruling, at: datetime, event: Event, *, asks: bool) -> dict[str, Any]:
    """The columns that a ruling fills."""
    decided = ruling.verdict is not Verdict.HELD
    return {
        "verdict": ruling.verdict,
        "doubts": doubts(ruling.signals),
        "screened_with": event.policy_version,
        "rank": rank(at, ruling.signals, ruling.scores, asks=asks, delayed=ruling.delayed),
        "delayed": ruling.delayed,
        # The clock runs from when a moderator can have seen it: `keep_desk` starts it.
        "shows_at": None,
        "signals": [signal.as_stored() for signal in ruling.signals],
        "scores": dict(ruling.scores),
        "unread": Unread.yet(passes=ruling.passes_when_read),
        "found": {},
        "decided_at": at if decided else None,
        "decided_by": MACHINE.label if decided else "",
        "decided_by_machine": decided,
    }


def put_signals(post: Post, stored: Iterable[Mapping[str, Any]]) -> None:
    """Other signals for a post, and what follows from all of them."""
    post.signals = [dict(signal) for signal in stored]
    signals = [Signal.from_stored(signal) for signal in post.signals]
    post.doubts = doubts(signals)
    post.rank = rank(post.received_at, signals, post.scores, asks=post.asks, delayed=post.delayed)
