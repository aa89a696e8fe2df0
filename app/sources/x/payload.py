"""What X answers, in either spelling, becomes posts of ours. Pure; trusts no field to be there."""

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field

from app.domain.incoming import Byline, Found, Incoming, IncomingRepost, Photo, Quoted, ReplyTo, Withdrawal
from app.sources import Unreadable
from app.sources.json_fields import Json, object_of, objects_of, text_of, web_address
from app.sources.x.fields import (
    PROTECTED,
    SITE,
    chain_of,
    disconnect_of,
    id_of,
    ids_of,
    key_of,
    language_of,
    larger,
    options_of,
    photo_of,
    reference_of,
    snowflake_time,
    time_of,
    withheld_of,
)
from app.sources.x.text import first_mention, hashtags_of, segments_of

GONE = {
    "not-authorized-for-resource": PROTECTED,
    "resource-not-found": "deleted, or its author is gone",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What one line of the stream, or one answer of search or lookup, tells."""

    found: tuple[Found, ...] = ()
    incomplete: tuple[str, ...] = ()
    """Ids of posts to look up by themselves: something is missing here, or there is a newer version."""
    gone: dict[str, str] = field(default_factory=dict)
    """Ids that were asked for and may not be shown (any more), with the reason."""
    newest: int = 0
    rules: tuple[tuple[str, str], ...] = ()
    """Id and tag of each stream rule that matched."""
    disconnect: str = ""
    next_token: str = ""
    there: frozenset[str] = frozenset()
    """Ids of the posts that came, readable or not."""
    along: frozenset[str] = frozenset()
    """Ids of the people and pictures that came with them."""


def read_line(raw: bytes) -> Page:
    """Read a line of the stream."""
    return read_page(read_json(raw))


def read_json(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None


def read_page(answer: object) -> Page:
    """Read an answer with one post, many or none. X announces that messages of new kinds will come: none."""
    if not isinstance(answer, dict):
        raise Unreadable(f"a {type(answer).__name__} where an object belongs")
    data = answer.get("data")
    if data is not None and not isinstance(data, dict | list):
        raise Unreadable("`data` is neither a post nor a list of posts")
    readings = Readings(object_of(answer.get("includes")))
    if isinstance(data, dict):
        readings.read(data)
    for post in objects_of(data):
        with suppress(Unreadable):
            readings.read(post)
    errors = objects_of(answer.get("errors"))
    return Page(
        found=tuple(readings.found),
        incomplete=tuple(dict.fromkeys(readings.incomplete)),
        gone=_gone(errors),
        newest=readings.newest,
        rules=tuple(
            (key_of(rule.get("id")), text_of(rule.get("tag"))) for rule in objects_of(answer.get("matching_rules"))
        ),
        disconnect=disconnect_of([*errors, answer]),
        next_token=text_of(object_of(answer.get("meta")).get("next_token"), 500),
        there=frozenset(key_of(post.get("id")) for post in ([data] if isinstance(data, dict) else objects_of(data))),
        along=readings.along,
    )


class Readings:
    """The posts of one answer, read with what the answer includes."""

    def __init__(self, includes: Json) -> None:
        self._users = _by(includes.get("users"), "id")
        self._polls = _by(includes.get("polls"), "id")
        self._media = _by(includes.get("media"), "media_key")
        self._posts = _by(includes.get("posts"), "id") | _by(includes.get("tweets"), "id")
        self.found: list[Found] = []
        self.incomplete: list[str] = []
        self.newest = 0

    @property
    def along(self) -> frozenset[str]:
        return frozenset((*self._users, *self._media))

    def read(self, post: Json) -> None:
        post_id = id_of(post)
        self.newest = max(self.newest, int(post_id))
        chain = chain_of(post, post_id)
        if chain[-1] != post_id:
            self.incomplete.append(chain[-1])
        author = self._author(post)
        if reason := withheld_of(post, author):
            self.found.append(Withdrawal("x", chain[0], reason))
        elif byline := self._byline(author):
            self._read_by(byline, post, post_id, chain)
        else:
            self.incomplete.append(post_id)

    def _read_by(self, byline: Byline, post: Json, post_id: str, chain: list[str]) -> None:
        reposted = reference_of(post, "retweeted", "reposted")
        if not reposted:
            self._write(post, post_id, chain, byline)
            return
        original = self._posts.get(reposted, {})
        of_ref = chain_of(original, reposted)[0]
        if original and (by := self._byline(self._author(original))):
            self._write(original, reposted, chain_of(original, reposted), by)
        self.found.append(IncomingRepost("x", post_id, of_ref, byline.handle, time_of(post, post_id)))

    def _write(self, post: Json, post_id: str, chain: list[str], byline: Byline) -> None:
        text, entities = _text(post)
        quoted = reference_of(post, "quoted")
        photos = self._photos(post)
        shown = (self._media.keys() | {quoted}) - {""}
        segments = segments_of(text, entities, shown=shown)
        if not isinstance(post.get("text"), str) and not text:
            self.incomplete.append(post_id)
            return
        version = chain.index(post_id)
        self.found.append(
            Incoming(
                source="x",
                ref=chain[0],
                version=version,
                version_ref=post_id,
                byline=byline,
                text="".join(segment.text for segment in segments),
                segments=segments,
                posted_at=snowflake_time(chain[0]) if version else time_of(post, post_id),
                edited_at=time_of(post, post_id) if version else None,
                url=f"{SITE}/{byline.handle}/status/{post_id}",
                lang=language_of(post.get("lang")),
                photos=photos,
                quote=self._quote(quoted) if quoted else None,
                reply_to=self._reply_to(post, entities),
                sensitive=post.get("possibly_sensitive") is True,
                hashtags=hashtags_of(entities),
                poll=self._poll(post),
            )
        )

    def _author(self, post: Json) -> Json:
        return self._users.get(key_of(post.get("author_id")), {})

    def _byline(self, author: Json) -> Byline | None:
        handle = text_of(author.get("username"), 50)
        if not re.fullmatch(r"\w{1,50}", handle):
            return None
        kind = text_of(author.get("verified_type"), 16)
        if not kind and author.get("verified") is True:
            kind = "verified"
        return Byline(
            handle=handle,
            name=text_of(author.get("name"), 200).strip() or handle,
            avatar_url=larger(web_address(author.get("profile_image_url"))),
            url=f"{SITE}/{handle}",
            verified="" if kind == "none" else kind,
            ref=key_of(author.get("id")),
        )

    def _photos(self, post: Json) -> tuple[Photo, ...]:
        keys = object_of(post.get("attachments")).get("media_keys")
        media = (self._media.get(key_of(key), {}) for key in (keys if isinstance(keys, list) else []))
        return tuple(photo for one in media if (photo := photo_of(one)))

    def _poll(self, post: Json) -> tuple[str, ...]:
        return options_of(
            self._polls.get(key, {}) for key in ids_of(object_of(post.get("attachments")).get("poll_ids"))
        )

    def _quote(self, post_id: str) -> Quoted:
        post = self._posts.get(post_id, {})
        author = self._author(post)
        byline = self._byline(author)
        if not post or byline is None or withheld_of(post, author):
            return Quoted(available=False, url=f"{SITE}/i/status/{post_id}")
        text, entities = _text(post)
        return Quoted(
            available=True,
            byline=byline,
            text="".join(segment.text for segment in segments_of(text, entities, shown=self._media.keys())),
            url=f"{SITE}/{byline.handle}/status/{post_id}",
            posted_at=time_of(post, post_id),
            photos=self._photos(post),
        )

    def _reply_to(self, post: Json, entities: Json) -> ReplyTo | None:
        answered = reference_of(post, "replied_to")
        if not answered:
            return None
        original = self._posts.get(answered, {})
        user = self._author(original) or self._users.get(key_of(post.get("in_reply_to_user_id")), {})
        handle = text_of(user.get("username"), 50) or first_mention(entities)
        return ReplyTo(ref=chain_of(original, answered)[0], handle=handle)


def _by(rows: object, key: str) -> dict[str, Json]:
    return {key_of(row.get(key)): row for row in objects_of(rows) if key_of(row.get(key))}


def _text(post: Json) -> tuple[str, Json]:
    """A long post has its whole text, with entities of its own, in a note."""
    note = object_of(post.get("note_post")) or object_of(post.get("note_tweet"))
    if text := text_of(note.get("text")):
        return text, object_of(note.get("entities"))
    return text_of(post.get("text")), object_of(post.get("entities"))


def _gone(errors: list[Json]) -> dict[str, str]:
    """Posts asked for that are not to be had. Errors about authors or references are no reason to act."""
    asked = (one for one in errors if one.get("parameter") in ("ids", "id"))
    return {
        post_id: reason
        for one in asked
        for post_id in ids_of([one.get("resource_id") or one.get("value")])
        if (reason := GONE.get(text_of(one.get("type")).rpartition("/")[2]))
    }
