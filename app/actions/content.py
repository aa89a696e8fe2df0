"""What of a post as its source found it goes into which column."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.incoming import Incoming, Quoted, Segment
from app.domain.screening.checks.repeats import fingerprint


def picture_urls(some: Iterable[Incoming]) -> list[str]:
    """Addresses of all pictures that some posts refer to, their authors' apart."""
    urls = [photo.url for incoming in some for photo in incoming.photos]
    quotes = [incoming.quote for incoming in some if incoming.quote is not None]
    return [*urls, *(quote.byline.avatar_url for quote in quotes if quote.byline is not None)]


def content(incoming: Incoming, pictures: Mapping[str, str]) -> dict[str, Any]:
    """The columns that an edit replaces."""
    return {
        "version": incoming.version,
        "version_ref": incoming.version_ref or incoming.ref,
        "text": incoming.text,
        "fingerprint": fingerprint(incoming.text),
        "segments": [_segment(segment) for segment in incoming.segments] or plain_segments(incoming.text),
        "photos": [
            {
                "picture": pictures.get(photo.url, ""),
                "alt": photo.alt,
                "width": photo.width,
                "height": photo.height,
                "kind": photo.kind,
            }
            for photo in incoming.photos
        ],
        "quote": _quote(incoming.quote, pictures),
        "reply_to": incoming.reply_to.handle if incoming.reply_to else "",
        "url": incoming.url,
        "lang": incoming.lang,
        "sensitive": incoming.sensitive,
    }


def _segment(segment: Segment) -> dict[str, str]:
    return {"kind": segment.kind, "text": segment.text, "href": segment.href}


def plain_segments(text: str) -> list[dict[str, str]]:
    return [{"kind": "text", "text": text, "href": ""}]


def _quote(quote: Quoted | None, pictures: Mapping[str, str]) -> dict[str, Any] | None:
    if quote is None:
        return None
    byline = quote.byline
    return {
        "available": quote.available,
        "name": byline.name if byline else "",
        "handle": byline.handle if byline else "",
        "avatar": pictures.get(byline.avatar_url, "") if byline else "",
        "text": quote.text,
        "url": quote.url,
    }
