"""What Bluesky's AppView tells of a post becomes one of ours. Pure; trusts no field to be there."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.domain.incoming import Byline, Incoming, Photo, Quoted, ReplyTo
from app.sources import Unreadable
from app.sources.bluesky.text import SITE, segments_of, tags_of
from app.sources.json_fields import Json, instant_of, object_of, objects_of, side_of, text_of, tongue_of, web_address

SOURCE = "bluesky"
POSTS = "app.bsky.feed.post"
NEVER = {"!hide", "!takedown", "!suspend", "!no-unauthenticated"}
"""Labels under which a post or its author is not for the public."""
DOUBTFUL = {
    "porn", "sexual", "nudity", "graphic-media", "gore", "nsfl", "corpse", "self-harm", "intolerant", "threat", "rude",
    "spam", "sexual-figurative", "!warn",
}  # fmt: skip
"""And those for which a person must look."""
NO_HANDLE = "handle.invalid"
MAX_PHOTOS = 16
PRIVATE = "its author shows it to signed-in people only"
HIDDEN = "a moderator of its network hid it"


class NotForUs(Exception):
    """It is readable, and not to be shown; the words say why, for a withdrawal."""


def address_of(did: str, rkey: str) -> str:
    return f"at://{did}/{POSTS}/{rkey}"


def read_post(view: Json, *, version: int = 0) -> Incoming:
    """A post as `getPosts` has it. Raises Unreadable, and NotForUs for what is kept from the public."""
    author, record = object_of(view.get("author")), object_of(view.get("record"))
    uri, cid = text_of(view.get("uri"), 200), text_of(view.get("cid"), 100)
    if not uri.startswith("at://") or f"/{POSTS}/" not in uri or not isinstance(record.get("text"), str):
        raise Unreadable("a post without an address or a text")
    labels = _labels(view, author, record)
    if labels & NEVER:
        raise NotForUs(PRIVATE if "!no-unauthenticated" in labels else HIDDEN)
    segments = segments_of(record)
    text = "".join(segment.text for segment in segments)
    byline = byline_of(author)
    embed = object_of(view.get("embed"))
    return Incoming(
        source=SOURCE,
        ref=uri,
        byline=byline,
        text=text,
        posted_at=_at(view, record),
        segments=segments,
        url=f"{byline.url}/post/{uri.rpartition('/')[2]}",
        lang=next((code for value in _list(record.get("langs")) if (code := tongue_of(value))), ""),
        photos=tuple(_photos(embed))[:MAX_PHOTOS],
        quote=_quote(embed),
        reply_to=_reply(record),
        sensitive=bool(labels & DOUBTFUL),
        version=version,
        version_ref=known_as(uri, cid),
        hashtags=tuple(sorted(tags_of(record, text))),
    )


def known_as(uri: str, cid: str) -> str:
    """Which version we know: with its address it is asked for again, by its hash it is compared."""
    return f"{uri}#{cid}"[:200]


def answered(record: Json) -> set[str]:
    """The addresses of what a post answers: the post itself, and the one with which its thread began."""
    reply = object_of(record.get("reply"))
    return {text_of(object_of(reply.get(place)).get("uri"), 200) for place in ("parent", "root")} - {""}


def byline_of(author: Json) -> Byline:
    did, handle = text_of(author.get("did"), 200), text_of(author.get("handle"), 200)
    if not did.startswith("did:"):
        raise Unreadable("a post without an author")
    shown = did if handle in ("", NO_HANDLE) else handle
    return Byline(
        handle=shown,
        name=" ".join(text_of(author.get("displayName"), 200).split()) or shown,
        avatar_url=web_address(author.get("avatar")),
        url=f"{SITE}/profile/{shown}",
        verified="bluesky" if object_of(author.get("verification")).get("verifiedStatus") == "valid" else "",
        ref=did,
    )


def _labels(view: Json, author: Json, record: Json) -> frozenset[str]:
    """Of moderators and of the author, on the post and on the account; one that was taken back counts no more."""
    own = objects_of(object_of(record.get("labels")).get("values"))
    told = [*objects_of(view.get("labels")), *objects_of(author.get("labels")), *own]
    return frozenset(text_of(one.get("val"), 100) for one in told if one.get("neg") is not True)


def _at(view: Json, record: Json) -> datetime:
    """When it says it was written, but never later than it was first seen: clients write what they like."""
    seen, written = instant_of(view.get("indexedAt")), instant_of(record.get("createdAt"))
    times = [at for at in (written, seen) if at is not None]
    if not times:
        raise Unreadable("a post without a time")
    return min(times)


def _photos(embed: Mapping[str, object]) -> Iterable[Photo]:
    for part in (embed, object_of(embed.get("media"))):
        for image in objects_of(part.get("images")):
            url = web_address(image.get("fullsize")) or web_address(image.get("thumb"))
            size = object_of(image.get("aspectRatio"))
            if url:
                alt = text_of(image.get("alt"), 2000)
                yield Photo(url, alt, side_of(size.get("width")), side_of(size.get("height")))
        if still := web_address(part.get("thumbnail")):
            yield Photo(still, text_of(part.get("alt"), 2000), kind="video")


def _quote(embed: Json) -> Quoted | None:
    kind = text_of(embed.get("$type"), 80)
    if not kind.startswith(("app.bsky.embed.record#", "app.bsky.embed.recordWithMedia#")):
        return None
    quoted = object_of(embed.get("record"))
    quoted = object_of(quoted.get("record")) or quoted
    if not text_of(quoted.get("$type"), 80).endswith(("#viewRecord", "#viewNotFound", "#viewBlocked", "#viewDetached")):
        return None  # a list, a feed: nothing that somebody said
    value, author = object_of(quoted.get("value")), object_of(quoted.get("author"))
    if not isinstance(value.get("text"), str) or _labels(quoted, author, value) & (NEVER | DOUBTFUL):
        return Quoted(available=False)
    try:
        byline = byline_of(author)
    except Unreadable:
        return Quoted(available=False)
    return Quoted(
        available=True,
        byline=byline,
        text="".join(segment.text for segment in segments_of(value)),
        url=f"{byline.url}/post/{text_of(quoted.get('uri'), 200).rpartition('/')[2]}",
        posted_at=instant_of(value.get("createdAt")) or instant_of(quoted.get("indexedAt")),
        photos=tuple(photo for one in objects_of(quoted.get("embeds")) for photo in _photos(one))[:MAX_PHOTOS],
    )


def _reply(record: Json) -> ReplyTo | None:
    parent = text_of(object_of(object_of(record.get("reply")).get("parent")).get("uri"), 200)
    return ReplyTo(ref=parent) if parent.startswith("at://") else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
