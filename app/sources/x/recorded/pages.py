"""What twarc 2 keeps: answers of X's API page by page or, flattened, one post a line with all that hangs on it. Pure.

A row is a post of the page. What only hangs on one, the original of a repost or a quoted post, is no row of its own.
"""

from collections.abc import Iterable, Iterator

from app.domain.incoming import Withdrawal
from app.domain.recorded import Broken, Owner, RecordedForm, Row, Skipped
from app.sources import Unreadable
from app.sources.json_fields import Json, instant_of, object_of, objects_of, text_of
from app.sources.x.fields import ids_of, key_of
from app.sources.x.payload import Readings

DELETED = "it was deleted, or is not public any more"
NO_AUTHOR = "who wrote it is not told"


def read_rows(posts: Iterable[Json], includes: Json) -> Iterator[Row]:
    """Each post of an answer, read with what the answer includes."""
    readings = Readings(includes)
    for post in posts:
        before = len(readings.found)
        try:
            readings.read(post)
        except Unreadable as error:
            yield Broken(str(error))
            continue
        # The original comes before what passed it on.
        row = readings.found[-1] if len(readings.found) > before else None
        if isinstance(row, Withdrawal):
            yield Skipped(row.reason)
        else:
            yield row or (Skipped(NO_AUTHOR) if isinstance(post.get("text"), str) else Broken("a post without a text"))


def _page(known: Json, _: Owner) -> Iterator[Row]:
    data = known["data"]
    for one in data if isinstance(data, list) else [data]:
        if not isinstance(one, dict):
            yield Broken("a post that is no object")
    yield from read_rows(objects_of(data) or [object_of(data)], object_of(known.get("includes")))


def _is_page(known: Json) -> bool:
    """With posts: such a file may also hold people, or counts by the hour. Lines of the stream name their rules."""
    data = known.get("data")
    posts = objects_of(data) or [object_of(data)]
    return "matching_rules" not in known and any("id" in post and "text" in post for post in posts)


def _is_empty(known: Json) -> bool:
    return "meta" in known and "data" not in known and "result_count" in object_of(known["meta"])


def _flattened(known: Json, _: Owner) -> Iterator[Row]:
    return read_rows([known], _together(known))


def _together(known: Json) -> Json:
    """What was spread over a flattened post, as an answer includes it."""
    referenced = objects_of(known.get("referenced_tweets")) or objects_of(known.get("referenced_posts"))
    posts = [one for one in referenced if isinstance(one.get("text"), str)]
    users, media, polls = [], [], []
    for post in (known, *posts):
        users += [object_of(post.get("author")), object_of(post.get("in_reply_to_user"))]
        attached = object_of(post.get("attachments"))
        media += objects_of(attached.get("media"))
        polls += objects_of(attached.get("polls")) or [object_of(attached.get("poll"))]
    return {"users": users, "media": media, "polls": polls, "tweets": posts}


def _is_flattened(known: Json) -> bool:
    return (
        isinstance(known.get("text"), str)
        and "id" in known
        and ("author_id" in known or (isinstance(known.get("author"), dict) and "username" in known["author"]))
    )


def _compliance(known: Json, _: Owner) -> Iterator[Row]:
    """What a batch compliance job tells: these posts are gone, and go from what is kept."""
    found = next(iter(ids_of([known.get("id")])), "")
    if not found:
        raise Unreadable("a line without the id of a post")
    yield Withdrawal("x", found, text_of(known.get("reason"), 80) or DELETED, instant_of(known.get("redacted_at")))


def _deleted(known: Json, owner: Owner) -> Iterator[Row]:
    status = object_of(object_of(known.get("delete")).get("status"))
    return _compliance({"id": key_of(status.get("id_str") or status.get("id")), "reason": DELETED}, owner)


def _is_deletion(known: Json) -> bool:
    return "status" in object_of(known.get("delete"))


PAGES = RecordedForm(
    "twarc v2 pages",
    lambda known: _is_page(known) or _is_empty(known),
    lambda known, owner: () if _is_empty(known) else _page(known, owner),
)
FLATTENED = RecordedForm("twarc v2 flattened", _is_flattened, _flattened)
COMPLIANCE = RecordedForm(
    "twarc v2 compliance",
    lambda known: _is_deletion(known) or (known.get("action") == "delete" and "id" in known),
    lambda known, owner: _deleted(known, owner) if _is_deletion(known) else _compliance(known, owner),
)
