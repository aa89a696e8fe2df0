"""Posts as version 1.1 of X's API gave them, and twarc 1 kept them; told as version 2 tells them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from app.domain.incoming import Incoming
from app.domain.recorded import Owner, RecordedForm, Row
from app.sources import Unreadable
from app.sources.json_fields import Json, instant_of, number_of, object_of, objects_of, text_of
from app.sources.x.fields import ids_of, key_of
from app.sources.x.recorded.pages import read_rows

FIRST_TOLD_BY_ID = 29_700_859_247
"""Ids from there on, of November 2010, tell the moment; older ones only count."""

_KINDS = {"photo": "photo", "video": "video", "animated_gif": "animated_gif"}


def read_tweet(tweet: Json) -> Iterator[Row]:
    """Raises Unreadable for one without an id, a text or a time."""
    includes: dict[str, list[Json]] = {"users": [], "media": [], "tweets": []}
    post = _post(tweet, includes)
    quoted = object_of(tweet.get("quoted_status"))
    if key_of(quoted.get("id_str")) and text_in(quoted):
        includes["tweets"].append(_post(quoted, includes))
    return (_named(row) for row in read_rows([post], includes))


def _named(row: Row) -> Row:
    """An account whose id is lost has none: its handle is what it may change."""
    if isinstance(row, Incoming) and row.byline.ref.startswith("@"):
        return replace(row, byline=replace(row.byline, ref=""))
    return row


def text_in(tweet: Json) -> str:
    """The whole text where it is there; an older program kept what was cut off."""
    extended = object_of(tweet.get("extended_tweet"))
    return text_of(tweet.get("full_text")) or text_of(extended.get("full_text")) or text_of(tweet.get("text"))


def time_in(value: object) -> datetime | None:
    """“Sun Apr 19 19:22:23 +0000 2020”, as the first version of all wrote it, or as everybody writes it."""
    told = text_of(value, 60).strip()
    try:
        return datetime.strptime(told, "%a %b %d %H:%M:%S %z %Y").astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    if told[:4].isdigit():
        return instant_of(told.replace(" UTC", "Z").replace(" +0000", "Z"))
    try:
        at = parsedate_to_datetime(told)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _post(tweet: Json, includes: dict[str, list[Json]]) -> Json:
    """As version 2 has it; who wrote it, and what hangs on it, goes to the others."""
    post_id = next(iter(ids_of([tweet.get("id_str")])), "")
    at = time_in(tweet.get("created_at"))
    if not post_id:
        raise Unreadable("a post without an id")
    if at is None and int(post_id) < FIRST_TOLD_BY_ID:
        raise Unreadable("a post without a time")
    extended = object_of(tweet.get("extended_tweet"))
    whole = extended if text_of(extended.get("full_text")) and not text_of(tweet.get("full_text")) else tweet
    entities, more = object_of(whole.get("entities")), object_of(whole.get("extended_entities"))
    media = objects_of(more.get("media")) or objects_of(entities.get("media"))
    includes["media"] += [_medium(one) for one in media]
    includes["users"] += [_user(tweet), _answered(tweet)]
    return {
        "id": post_id,
        "text": text_in(tweet),
        "author_id": _author_id(tweet),
        "created_at": at.isoformat() if at else "",
        "lang": tweet.get("lang"),
        "possibly_sensitive": tweet.get("possibly_sensitive") is True,
        "entities": _entities(entities, media),
        "attachments": {"media_keys": [key_of(one.get("id_str")) for one in media]},
        "referenced_tweets": list(_references(tweet)),
        "in_reply_to_user_id": key_of(tweet.get("in_reply_to_user_id_str")),
        "edit_history_tweet_ids": _versions(object_of(tweet.get("edit_info"))),
        "withheld": {"country_codes": held} if (held := tweet.get("withheld_in_countries")) else None,
    }


def _author_id(tweet: Json) -> str:
    """By the id of the account, and where that is lost by its handle: it only has to be the same in two places."""
    user = object_of(tweet.get("user"))
    return key_of(user.get("id_str")) or f"@{text_of(user.get('screen_name'), 50)}"


def _user(tweet: Json) -> Json:
    user, known_as = object_of(tweet.get("user")), _author_id(tweet)
    return {
        "id": known_as,
        "username": user.get("screen_name"),
        "name": user.get("name"),
        "profile_image_url": user.get("profile_image_url_https") or user.get("profile_image_url"),
        "verified": user.get("verified") is True,
        "protected": user.get("protected") is True,
        "withheld": {"country_codes": held} if (held := user.get("withheld_in_countries")) else None,
    }


def _answered(tweet: Json) -> Json:
    return {
        "id": key_of(tweet.get("in_reply_to_user_id_str")),
        "username": text_of(tweet.get("in_reply_to_screen_name"), 50),
    }


def _references(tweet: Json) -> Iterator[Json]:
    kinds = {
        "retweeted": object_of(tweet.get("retweeted_status")).get("id_str"),
        "quoted": tweet.get("quoted_status_id_str"),
        "replied_to": tweet.get("in_reply_to_status_id_str"),
    }
    return ({"type": kind, "id": known} for kind, one in kinds.items() if (known := key_of(one)).isdigit())


def _versions(info: Json) -> list[object]:
    """Ids of all versions, the first one first; an archive tells them with the first or with a later one."""
    control = object_of(info.get("initial")) or object_of(object_of(info.get("edit")).get("editControlInitial"))
    found = control.get("editTweetIds")
    return found if isinstance(found, list) else []


def _entities(entities: Json, media: Iterable[Json]) -> Json:
    urls = [
        _at(one) | {name: one.get(name) for name in ("url", "expanded_url", "display_url")} for one in _urls(entities)
    ]
    shown: dict[str, Json] = {}
    for one in media:
        shown.setdefault(text_of(one.get("url")), one)
    urls += [
        _at(one) | {"url": url, "expanded_url": one.get("expanded_url"), "media_key": key_of(one.get("id_str"))}
        for url, one in shown.items()
    ]
    named = objects_of(entities.get("user_mentions"))
    return {
        "urls": urls,
        "hashtags": [_at(one) | {"tag": one.get("text")} for one in objects_of(entities.get("hashtags"))],
        "cashtags": [_at(one) | {"tag": one.get("text")} for one in objects_of(entities.get("symbols"))],
        "mentions": [_at(one) | {"username": one.get("screen_name")} for one in named],
    }


def _urls(entities: Json) -> list[Json]:
    return objects_of(entities.get("urls"))


def _at(entity: Json) -> Json:
    """Where it stands; an archive writes its numbers as texts."""
    found = entity.get("indices")
    places = [number_of(one) for one in found] if isinstance(found, list) else []
    return {"start": places[0], "end": places[1]} if len(places) == 2 else {}


def _medium(media: Json) -> Json:
    size = object_of(object_of(media.get("sizes")).get("large"))
    kind = _KINDS.get(text_of(media.get("type"), 20), "photo")
    return {
        "media_key": key_of(media.get("id_str")),
        "type": kind,
        "url" if kind == "photo" else "preview_image_url": media.get("media_url_https") or media.get("media_url"),
        "alt_text": media.get("ext_alt_text"),
        "width": size.get("w"),
        "height": size.get("h"),
    }


def _is_tweet(known: Json) -> bool:
    return (
        "id_str" in known
        and isinstance(known.get("user"), dict)
        and any(isinstance(known.get(name), str) for name in ("full_text", "text"))
    )


VERSION_1 = RecordedForm("v1.1", _is_tweet, lambda known, _: read_tweet(known))


def known_author(owner: Owner, shown: str = "") -> Json:
    """An author as version 1.1 has them, of what is known of whoever a file belongs to."""
    handle = owner.handle or shown
    return {"id_str": owner.ref, "screen_name": handle, "name": owner.name or handle}
