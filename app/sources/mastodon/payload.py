"""What a server of Mastodon's kind answers becomes posts of ours. Pure; trusts no field to be there."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.domain.incoming import Byline, Incoming, IncomingRepost, Photo, Quoted, ReplyTo, Segment
from app.sources import Unreadable
from app.sources.json_fields import Json, instant_of, object_of, objects_of, side_of, text_of, tongue_of, web_address
from app.sources.mastodon.html_text import plain, segments_of

SOURCE: Literal["mastodon"] = "mastodon"
LONGEST_REF = 200
MAX_PHOTOS = 16
_KINDS: dict[str, Literal["photo", "video", "gif"]] = {"image": "photo", "video": "video", "gifv": "gif"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an organiser wants of it besides what the network itself forbids."""

    hidden_from_search: bool = False
    """Also people who ask not to be found by search engines."""
    bots: bool = True


EVERYBODY = Wishes()


class NotForUs(Exception):
    """It is readable, and not to be shown; the words say why, for a withdrawal."""


def read_status(
    status: object, *, server: str, home: str = "", wishes: Wishes = EVERYBODY
) -> Incoming | IncomingRepost:
    """A status as `server` (a name, maybe with a port) tells it; who has no host in their handle is of `home`.

    Raises Unreadable, and NotForUs for what its author or its server keeps from the public.
    """
    if not isinstance(status, dict):
        raise Unreadable(f"a {type(status).__name__} where a status belongs")
    original = object_of(status.get("reblog"))
    if original:
        _look_at(original, wishes)
        by = _byline(object_of(status.get("account")), home or server)
        return IncomingRepost(SOURCE, ref_of(status), ref_of(original), by.handle, _at(status))
    _look_at(status, wishes)
    segments, poll = _segments(status), object_of(status.get("poll"))
    byline = _byline(object_of(status.get("account")), home or server)
    if not byline.handle:
        raise Unreadable("a status without an author")
    edited = _edited(status)
    return Incoming(
        source=SOURCE,
        ref=ref_of(status),
        byline=byline,
        text=plain(segments),
        posted_at=_at(status),
        segments=segments,
        url=web_address(status.get("url")) or web_address(status.get("uri")),
        lang=tongue_of(status.get("language")),
        photos=_photos(status),
        quote=_quote(status, home or server),
        reply_to=_reply(status),
        sensitive=status.get("sensitive") is True or bool(_warning(status)) or _is_limited(status),
        version=_version(status, edited),
        version_ref=known_as(server, status, _version(status, edited)),
        edited_at=edited,
        hashtags=hashtags_of(status),
        poll=tuple(title for one in objects_of(poll.get("options")) if (title := text_of(one.get("title"), 200))),
    )


def ref_of(status: Json) -> str:
    """By what a status is known everywhere: its `uri`. An id counts at one server only."""
    uri = text_of(status.get("uri"), 2000).strip() or text_of(status.get("url"), 2000).strip()
    if not uri:
        raise Unreadable("a status without an address")
    return uri if len(uri) <= LONGEST_REF else "sha256:" + hashlib.sha256(uri.encode()).hexdigest()


def known_as(server: str, status: Json, version: int) -> str:
    """Where it was seen, its id there and which version: with that it is asked for again."""
    return f"{server}/{id_of(status)}" + (f"#{version}" if version else "")


def id_of(status: Json) -> str:
    """As text: numbers at one kind of server, ULIDs or anything else at others. Nothing is read from its order."""
    found = status.get("id")
    known = str(found) if isinstance(found, int) and not isinstance(found, bool) else text_of(found, 100)
    if not re.fullmatch(r"[\w.~:-]+", known, re.ASCII):
        raise Unreadable("a status without an id")
    return known


def id_or_blank(status: Json) -> str:
    try:
        return id_of(status)
    except Unreadable:
        return ""


def hashtags_of(status: Json) -> tuple[str, ...]:
    """Tags without '#', folded, each once."""
    tags = (text_of(tag.get("name"), 200).casefold() for tag in objects_of(status.get("tags")))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def byline_of(status: Json, home: str) -> Byline:
    return _byline(object_of(status.get("account")), home)


def _look_at(status: Json, wishes: Wishes) -> None:
    """Raise NotForUs for what must not stand on a wall."""
    account = object_of(status.get("account"))
    if status.get("visibility", "public") != "public":
        raise NotForUs("it is not public")
    if account.get("suspended") is True:
        raise NotForUs("its author is suspended")
    if not wishes.hidden_from_search and (account.get("noindex") is True or account.get("discoverable") is False):
        raise NotForUs("its author does not want to be found")
    if not wishes.bots and account.get("bot") is True:
        raise NotForUs("a program wrote it")


def _is_limited(status: Json) -> bool:
    """The server hides such people from those who do not follow them: a person must look."""
    return object_of(status.get("account")).get("limited") is True


def _segments(status: Json) -> tuple[Segment, ...]:
    """The warning first, as every client shows it."""
    content = status.get("content")
    if content is not None and not isinstance(content, str):
        raise Unreadable("a status whose content is no text")
    mentions = {web_address(one.get("url")) for one in objects_of(status.get("mentions"))} - {""}
    said = segments_of(text_of(content, 10**6), mentions=mentions)
    warning = _warning(status)
    return (Segment("text", warning + ("\n\n" if said else "")), *said) if warning else said


def _warning(status: Json) -> str:
    return " ".join(text_of(status.get("spoiler_text"), 500).split())


def _byline(account: Json, home: str) -> Byline:
    handle = text_of(account.get("acct"), 190).strip().lstrip("@")
    if handle and "@" not in handle:
        handle = f"{handle}@{home}"
    return Byline(
        handle=handle[:200],
        name=" ".join(text_of(account.get("display_name"), 200).split()) or handle.partition("@")[0],
        avatar_url=web_address(account.get("avatar_static")) or web_address(account.get("avatar")),
        url=web_address(account.get("url"))[:500],
        ref=(text_of(account.get("uri"), 2000) or text_of(account.get("url"), 2000))[:LONGEST_REF],
    )


def _photos(status: Json) -> tuple[Photo, ...]:
    found = (_photo(media) for media in objects_of(status.get("media_attachments"))[:MAX_PHOTOS])
    return tuple(photo for photo in found if photo is not None)


def _photo(media: Json) -> Photo | None:
    kind = _KINDS.get(text_of(media.get("type"), 20))
    whole, small = web_address(media.get("url")), web_address(media.get("preview_url"))
    url = (whole or small) if kind == "photo" else small
    if kind is None or not url:
        return None
    size = object_of(object_of(media.get("meta")).get("original" if kind == "photo" else "small"))
    width, height = (side_of(size.get(name)) for name in ("width", "height"))
    alt = text_of(media.get("description"), 2000)
    return Photo(url, alt, width, height, kind)


def _quote(status: Json, home: str) -> Quoted | None:
    """Since 4.4. One that its author has not allowed, or took back, is there without its words."""
    quote = object_of(status.get("quote"))
    quoted = object_of(quote.get("quoted_status"))
    if not quote:
        return None
    if quote.get("state", "accepted") != "accepted" or not quoted:
        return Quoted(available=False)
    try:
        _look_at(quoted, EVERYBODY)
        said = _segments(quoted)
    except (NotForUs, Unreadable):
        return Quoted(available=False)
    return Quoted(
        available=True,
        byline=_byline(object_of(quoted.get("account")), home),
        text=plain(said),
        url=web_address(quoted.get("url")),
        posted_at=instant_of(quoted.get("created_at")),
        photos=_photos(quoted),
    )


def _reply(status: Json) -> ReplyTo | None:
    """Whom it answers is only told by an id of their account, which the mentions may name."""
    whom = status.get("in_reply_to_account_id")
    if whom is None and status.get("in_reply_to_id") is None:
        return None
    named = (one for one in objects_of(status.get("mentions")) if str(one.get("id")) == str(whom))
    return ReplyTo(handle=text_of(next(named, {}).get("acct"), 200))


def _version(status: Json, edited: datetime | None) -> int:
    """Tenths of a second from the writing to the newest edit: it grows with each, and every server tells the same."""
    return min(max(1, int((edited - _at(status)).total_seconds() * 10)), 2**31 - 1) if edited is not None else 0


def _edited(status: Json) -> datetime | None:
    return instant_of(status.get("edited_at"))


def _at(status: Json) -> datetime:
    at = instant_of(status.get("created_at"))
    if at is None:
        raise Unreadable("a status without a time")
    return at
