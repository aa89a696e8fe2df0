"""An archive of Mastodon: what somebody wrote and passed on, in ActivityPub. Pure; what was not public stays out."""

from collections.abc import Iterator

from app.domain.incoming import IncomingRepost
from app.domain.recorded import Broken, Owner, RecordedForm, Row, Skipped
from app.sources import Unreadable
from app.sources.json_fields import Json, instant_of, object_of, objects_of, text_of
from app.sources.mastodon.payload import SOURCE, NotForUs, read_status, ref_of
from app.sources.mastodon.servers import name_of

EVERYBODY = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
NOT_PUBLIC = "it is not public"
NO_POST = "it is no post"
DELETED = "its author deleted it"
_NOTES = {"Note", "Question", "Article", "Page", "Video", "Image", "Event", "Audio"}
_PICTURES = {"image": "image", "video": "video", "audio": "audio"}


def _read(known: Json, owner: Owner) -> Iterator[Row]:
    items = known.get("orderedItems", known.get("items"))
    for one in items if isinstance(items, list) else [known]:
        try:
            yield _row(one, owner)
        except (Unreadable, NotForUs) as error:
            yield Skipped(str(error)) if isinstance(error, NotForUs) else Broken(str(error))


def _row(activity: object, owner: Owner) -> Row:
    if not isinstance(activity, dict):
        raise Unreadable("an activity that is no object")
    kind, what = text_of(activity.get("type"), 40), activity.get("object")
    if kind in _NOTES:
        return _post(activity, activity, owner)
    if kind == "Announce":
        return _repost(activity, owner)
    if kind == "Create" and isinstance(what, dict):
        return _post(activity, what, owner) if text_of(what.get("type"), 40) in _NOTES else Skipped(NO_POST)
    if kind == "Create":
        raise Unreadable("a post that is only an address")
    if kind in {"Delete", "Undo"}:
        return Skipped(DELETED)
    if not kind:
        raise Unreadable("an activity without a kind")
    return Skipped(NO_POST)


def _repost(activity: Json, owner: Owner) -> Row:
    if not _is_public(activity):
        return Skipped(NOT_PUBLIC)
    what, at = activity.get("object"), instant_of(activity.get("published"))
    of = text_of(what) or text_of(object_of(what).get("id"))
    if not of or at is None:
        raise Unreadable("a repost without a time, or of nothing")
    ref = ref_of({"uri": activity.get("id")})
    return IncomingRepost(SOURCE, ref, ref_of({"uri": of}), _handle(activity, {}, owner), at)


def _post(activity: Json, note: Json, owner: Owner) -> Row:
    if not (_is_public(activity) and _is_public(note)):
        return Skipped(NOT_PUBLIC)
    uri = text_of(note.get("id"), 2000)
    handle = _handle(activity, note, owner)
    return read_status(_as_told(note, uri, handle, owner), server=handle.rpartition("@")[2])


def _as_told(note: Json, uri: str, handle: str, owner: Owner) -> Json:
    """As a server tells a status."""
    summary = text_of(note.get("summary"), 500)
    author = _actor(note) or uri
    tags = objects_of(note.get("tag"))
    options = objects_of(note.get("oneOf")) or objects_of(note.get("anyOf"))
    told = next(iter(object_of(note.get("contentMap"))), "")
    return {
        "id": uri.rstrip("/").rpartition("/")[2],
        "uri": uri,
        "url": _web(note.get("url")) or uri,
        "content": note.get("content") or next(iter(object_of(note.get("contentMap")).values()), ""),
        "spoiler_text": summary,
        "created_at": note.get("published"),
        "edited_at": note.get("updated"),
        "language": note.get("language") or told,
        "sensitive": note.get("sensitive") is True,
        "visibility": "public",
        "account": {"acct": handle, "display_name": owner.name, "url": author, "uri": owner.ref or author},
        "tags": [{"name": text_of(one.get("name")).lstrip("#")} for one in tags if one.get("type") == "Hashtag"],
        "mentions": [_mention(one) for one in tags if one.get("type") == "Mention"],
        "in_reply_to_id": note.get("inReplyTo"),
        "in_reply_to_account_id": _first_mention(tags) if note.get("inReplyTo") else None,
        "media_attachments": [_medium(one) for one in objects_of(note.get("attachment"))],
        "poll": {"options": [{"title": one.get("name")} for one in options]},
    }


def _is_public(one: Json) -> bool:
    """Where it says to whom it goes, everybody is among them; a note says so itself, or what it came in does."""
    if "to" not in one and "cc" not in one:
        return False
    return bool(EVERYBODY & {who for name in ("to", "cc") for who in _addresses(one.get(name))})


def _addresses(value: object) -> list[str]:
    return [text_of(one, 2000) for one in (value if isinstance(value, list) else [value])]


def _handle(activity: Json, note: Json, owner: Owner) -> str:
    """`name@server`: where the account lives is in its address, `/users/name` or `/@name`."""
    actor = _actor(note) or _actor(activity) or owner.ref or text_of(activity.get("id"), 2000)
    server = name_of(actor).partition("/")[0]
    parts = [part for part in actor.partition("://")[2].split("/")[1:] if part]
    after = parts[parts.index("users") + 1 :] if "users" in parts else parts
    name = owner.handle.partition("@")[0] or (after[0].lstrip("@") if after else "")
    if not name or not server:
        raise Unreadable("a post without an author")
    return f"{name}@{server}"


def _actor(one: Json) -> str:
    who = one.get("attributedTo") or one.get("actor")
    who = who[0] if isinstance(who, list) and who else who
    return text_of(who, 2000) or text_of(object_of(who).get("id"), 2000)


def _web(value: object) -> str:
    first = next((one for one in value if one), "") if isinstance(value, list) else value
    return text_of(first, 2000) or text_of(object_of(first).get("href"), 2000)


def _mention(tag: Json) -> Json:
    href = text_of(tag.get("href"), 2000)
    return {"id": href, "url": href, "acct": text_of(tag.get("name"), 200).lstrip("@")}


def _first_mention(tags: list[Json]) -> str:
    return next((text_of(one.get("href"), 2000) for one in tags if one.get("type") == "Mention"), "")


def _medium(media: Json) -> Json:
    kind = text_of(media.get("mediaType"), 80).partition("/")[0]
    return {
        "type": _PICTURES.get(kind, "unknown"),
        # In an archive it lies beside the file, under a path without a server: then there is none to show.
        "url": _web(media.get("url")),
        "description": media.get("name") or media.get("summary"),
        "meta": {"original": {"width": media.get("width"), "height": media.get("height")}},
    }


def _is_outbox(known: Json) -> bool:
    items = known.get("orderedItems", known.get("items"))
    kind = text_of(known.get("type"), 40)
    return isinstance(items, list) and (kind.endswith(("Collection", "CollectionPage")) or "orderedItems" in known)


def _is_activity(known: Json) -> bool:
    return known.get("type") in {"Create", "Announce"} and "object" in known and "actor" in known


def _owner(known: Json) -> Owner | None:
    handle = text_of(known.get("preferredUsername"), 190)
    return Owner(handle, text_of(known.get("name"), 200), text_of(known.get("id"), 200)) if handle else None


OUTBOX = RecordedForm("Mastodon outbox", lambda known: _is_outbox(known) or _is_activity(known), _read, _owner)


def forms() -> tuple[RecordedForm, ...]:
    return (OUTBOX,)
