"""The archive that X gives each of its people: `tweets.js`, which says not whose it is; `account.js` does. Pure."""

import re
from collections.abc import Iterator

from app.domain.incoming import IncomingRepost
from app.domain.recorded import Owner, RecordedForm, Row
from app.sources import Unreadable
from app.sources.json_fields import Json, object_of, objects_of, text_of
from app.sources.x.fields import ids_of, key_of, snowflake_time
from app.sources.x.recorded.version_1 import FIRST_TOLD_BY_ID, known_author, read_tweet, text_in, time_in

PASSED_ON = re.compile(r"RT @(\w{1,50})\b")
NOBODY = "i"
"""No account is called so: X keeps the name for addresses that tell no author, x.com/i/status/…"""
_MINE = re.compile(r"https?://(?:www\.)?(?:twitter|x)\.com/(\w{1,50})/status/(\d+)/")


def _read(known: Json, owner: Owner) -> Iterator[Row]:
    tweet = object_of(known.get("tweet")) or known
    if PASSED_ON.match(text_in(tweet)):
        yield passed_on(tweet, owner.handle or NOBODY)
        return
    yield from read_tweet(tweet | {"user": known_author(owner, _handle_in(tweet) or NOBODY)})


def passed_on(tweet: Json, handle: str) -> IncomingRepost:
    """Whose post it was is told, and not which: it counts at none."""
    post_id = next(iter(ids_of([tweet.get("id_str")])), "")
    at = time_in(tweet.get("created_at"))
    if not post_id or (at is None and int(post_id) < FIRST_TOLD_BY_ID):
        raise Unreadable("a repost without an id or a time")
    return IncomingRepost("x", post_id, "", handle, at or snowflake_time(post_id))


def _handle_in(tweet: Json) -> str:
    """A picture of one's own leads to the post that it hangs on, with one's own handle."""
    for one in objects_of(object_of(tweet.get("extended_entities") or tweet.get("entities")).get("media")):
        found = _MINE.match(text_of(one.get("expanded_url")))
        if found and found[2] == key_of(tweet.get("id_str")):
            return found[1]
    return ""


def _owner(known: Json) -> Owner | None:
    """Of the account only what stands beside each of its posts; its address and number are not looked at."""
    account = object_of(known.get("account"))
    handle = text_of(account.get("username"), 50)
    if not handle:
        return None
    return Owner(handle, text_of(account.get("accountDisplayName"), 200), key_of(account.get("accountId")))


def _is_item(known: Json) -> bool:
    """Older archives have the post itself where newer ones have an item with it."""
    tweet = object_of(known.get("tweet")) or known
    return (
        "user" not in tweet
        and "from_user" not in tweet
        and "id_str" in tweet
        and ("full_text" in tweet or ("text" in tweet and isinstance(tweet.get("entities"), dict)))
    )


ARCHIVE = RecordedForm("tweets.js", _is_item, _read, _owner)
