"""Records of Bluesky as somebody has exported them: a repository, lists of records, posts as servers show them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from app.domain.incoming import IncomingRepost
from app.domain.recorded import Broken, Owner, RecordedForm, Row, Skipped
from app.sources import Unreadable
from app.sources.bluesky.payload import POSTS, SOURCE, NotForUs, byline_of, read_post
from app.sources.json_fields import Json, instant_of, object_of, objects_of, text_of

REPOSTS, PROFILE = "app.bsky.feed.repost", "app.bsky.actor.profile"
NAMES = {
    "app.bsky.feed.like": "it is a like",
    "app.bsky.graph.follow": "it is a follow",
    "app.bsky.graph.block": "it is a block",
    PROFILE: "it is a profile",
}
NO_POST = "it is no post"
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
FUTURE = timedelta(days=1)
"""So much later than its key was made no post was written, whatever its clock said."""


def _repository(known: Json, owner: Owner) -> Iterator[Row]:
    did = text_of(known.get("did") or known.get("repo"), 200)
    records = list(_records(known, did))
    dids = {did_of(text_of(one.get("uri"), 400)) for one in records if isinstance(one, dict)}
    profiles = {one["uri"]: object_of(one["value"]) for one in records if isinstance(one, dict)}
    authors = {did: _author(did, profiles.get(f"at://{did}/{PROFILE}/self", {}), owner) for did in dids}
    for one in records:
        yield one if isinstance(one, Broken) else _guarded(one, authors)


def _guarded(one: Json, authors: dict[str, Json]) -> Row:
    try:
        return _row(one, authors)
    except NotForUs as error:
        return Skipped(str(error))
    except Unreadable as error:
        return Broken(str(error))


def _row(one: Json, authors: dict[str, Json]) -> Row:
    uri, record = text_of(one.get("uri"), 400), object_of(one.get("value"))
    kind = _collection(uri)
    if not uri or not record:
        raise Unreadable("a record without an address")
    author = authors.get(did_of(uri), {})
    if kind == POSTS:
        return read_post(
            {"uri": uri, "cid": text_of(one.get("cid"), 100), "author": author, "record": _in_time(uri, record)}
        )
    if kind == REPOSTS:
        of, at = text_of(object_of(record.get("subject")).get("uri"), 200), instant_of(record.get("createdAt"))
        if not of.startswith("at://") or at is None:
            raise Unreadable("a repost without a time, or of nothing")
        return IncomingRepost(SOURCE, uri, of, byline_of(author).handle, at)
    return Skipped(NAMES.get(kind, NO_POST))


def _records(known: Json, did: str) -> Iterator[Json | Broken]:
    """Whatever list they stand in: each with its address, its hash and its value."""
    found = known.get("records", known)
    if (isinstance(found, dict) and "records" in known) or _is_by_key(found):
        found = [{"uri": f"at://{did}/{key}", "value": value} for key, value in object_of(found).items() if "/" in key]
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, Broken):
            yield one
        elif isinstance(one, dict):
            whose = text_of(one.get("did") or one.get("repo"), 200) or did
            kind = text_of(one.get("collection"), 200)
            uri = text_of(one.get("uri"), 400) or (
                f"at://{whose}/{kind}/{text_of(one.get('rkey'), 100)}" if kind else ""
            )
            yield {
                "uri": uri,
                "cid": one.get("cid"),
                "value": object_of(one.get("value")) or object_of(one.get("record")),
            }
        else:
            yield Broken("a record that is no object")


def _author(did: str, profile: Json, owner: Owner) -> Json:
    """By the id of the account, and by what its own profile says: also that it is for signed-in people only."""
    return {
        "did": did,
        "handle": owner.handle,
        "displayName": owner.name or profile.get("displayName"),
        "labels": objects_of(object_of(profile.get("labels")).get("values")),
    }


def did_of(uri: str) -> str:
    return uri.removeprefix("at://").partition("/")[0]


def _collection(uri: str) -> str:
    return uri.removeprefix("at://").partition("/")[2].rpartition("/")[0]


def _in_time(uri: str, record: Json) -> Json:
    """What says that it was written long after its key was made has a wrong clock; the key was made by a server."""
    made, told = _moment_of(uri.rpartition("/")[2]), instant_of(record.get("createdAt"))
    return record | {"createdAt": made.isoformat()} if made and (told is None or told > made + FUTURE) else record


def _moment_of(key: str) -> datetime | None:
    """The microseconds that a record's key counts, where it is one of that kind."""
    if len(key) != 13 or any(letter not in _LETTERS for letter in key):
        return None
    number = 0
    for letter in key:
        number = number * 32 + _LETTERS.index(letter)
    microseconds = (number >> 10) & (2**53 - 1)
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    return at if at.year >= 2022 else None


def _views(known: Json, _: Owner) -> Iterator[Row]:
    """Posts as a server shows them: of a feed, a search, or one by one."""
    for one in objects_of(known.get("feed")) or objects_of(known.get("posts")) or [known]:
        view = object_of(one.get("post")) or one
        try:
            yield _passed_on(one, view) or read_post(view)
        except NotForUs as error:
            yield Skipped(str(error))
        except Unreadable as error:
            yield Broken(str(error))


def _passed_on(one: Json, view: Json) -> IncomingRepost | None:
    reason = object_of(one.get("reason"))
    if not text_of(reason.get("$type"), 80).endswith("#reasonRepost"):
        return None
    by, at = byline_of(object_of(reason.get("by"))), instant_of(reason.get("indexedAt"))
    of = text_of(view.get("uri"), 200)
    if at is None or not of:
        raise Unreadable("a repost without a time, or of nothing")
    return IncomingRepost(SOURCE, text_of(reason.get("uri"), 200) or f"{of}#{by.ref}"[:200], of, by.handle, at)


def _is_by_key(known: object) -> bool:
    return isinstance(known, dict) and any(key.startswith("app.bsky.") and "/" in key for key in known)


def _is_list(known: Json) -> bool:
    record = object_of(known.get("value")) or object_of(known.get("record"))
    named = text_of(known.get("uri"), 400).startswith("at://") or "rkey" in known
    one = named and "$type" in record and "author" not in known
    return isinstance(known.get("records"), list | dict) or _is_by_key(known) or one


def _is_view(known: Json) -> bool:
    shown = objects_of(known.get("feed")) or objects_of(known.get("posts")) or [known]
    view = object_of(shown[0].get("post")) or shown[0]
    return text_of(view.get("uri"), 400).startswith("at://") and {"record", "author"} <= view.keys()


REPOSITORY = RecordedForm("Bluesky CAR", lambda known: "repository" in known and "records" in known, _repository)
RECORDS = RecordedForm("Bluesky JSON", _is_list, _repository)
VIEWS = RecordedForm("Bluesky JSON", _is_view, _views)


def forms() -> tuple[RecordedForm, ...]:
    return (REPOSITORY, RECORDS, VIEWS)
