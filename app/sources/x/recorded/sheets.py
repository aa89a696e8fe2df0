"""Posts of X as rows: TAGS sheets, also after Excel or R, and the tables that programs for R wrote. Pure.

What they keep beside the posts (places, numbers of followers, languages of people) is not read.
"""

import json
import re
from collections.abc import Iterable, Iterator

from app.domain.recorded import Owner, RecordedForm, Row
from app.sources import Unreadable
from app.sources.json_fields import Json, object_of, objects_of, text_of, web_address
from app.sources.x.fields import ids_of
from app.sources.x.recorded.own_archive import NOBODY, PASSED_ON, passed_on
from app.sources.x.recorded.version_1 import read_tweet

_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?:#!/)?(\w{1,50})/status(?:es)?/(\d{1,19})")
_WRITTEN = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)|(?<!\w)[@＠](?P<mention>\w{1,50})|(?<![\w&])[#＃](?P<tag>\w{1,200})"
)
_ENDS = ".,;:!?)'\"…”’»"
_NOTHING = {"", "NA", "N/A", "NULL", "null", "None", "#N/A", "nan"}
DIGITS_KEPT = 15
"""So many a spreadsheet keeps of a number; the rest of an id becomes zeros."""


def _tags(row: Json, _: Owner) -> Iterator[Row]:
    place = _STATUS.match(_cell(row, "status_url"))
    handle = _cell(row, "from_user") or (place[1] if place else "")
    post_id = place[2] if place else _whole_id(row, "id_str")
    if not place and _is_rounded(post_id):
        post_id = ""
    told = _entities_in(row)
    yield from _read(
        {
            "id_str": post_id,
            "full_text": text_of(row.get("text")),
            "created_at": _cell(row, "created_at"),
            "lang": _cell(row, "iso_language_code"),
            "user": {
                # In one that was opened in a spreadsheet no id is right, also where it looks so.
                "id_str": _whole_id(row, "from_user_id_str") if post_id == _cell(row, "id_str") else "",
                "screen_name": handle,
                "profile_image_url": _cell(row, "profile_image_url"),
            },
            "in_reply_to_status_id_str": _whole_id(row, "in_reply_to_status_id_str"),
            "in_reply_to_user_id_str": _whole_id(row, "in_reply_to_user_id_str") or _whole_id(row, "to_user_id_str"),
            "in_reply_to_screen_name": _cell(row, "in_reply_to_screen_name") or _cell(row, "to_user"),
        },
        {text_of(url.get("url")): url for url in objects_of(told.get("urls"))},
        objects_of(told.get("media")),
    )


def _twitterchive(row: Json, _: Owner) -> Iterator[Row]:
    """Its times are of the machine that wrote it, and to the minute: the id tells it better."""
    user = {"screen_name": _cell(row, "user")}
    yield from _read({"id_str": _whole_id(row, "id"), "full_text": text_of(row.get("text")), "user": user}, {}, ())


def _rtweet(row: Json, _: Owner) -> Iterator[Row]:
    """Of R: as JSON, or as the CSV that it writes, where ids begin with an x and lists are words in a row."""
    shorts, longs = _all(row, "urls_t.co"), _all(row, "urls_expanded_url")
    names = _all(row, "urls_url")
    urls = {
        short: {"expanded_url": long, "display_url": name}
        for short, long, name in zip(shorts, longs, [*names, *[""] * len(longs)], strict=False)
    }
    tweet: Json = {
        "id_str": _whole_id(row, "status_id"),
        "full_text": text_of(row.get("text")),
        "created_at": _cell(row, "created_at"),
        "lang": _cell(row, "lang"),
        "user": _person(row, "user_id", "screen_name", "name", "profile_image_url"),
        "in_reply_to_status_id_str": _whole_id(row, "reply_to_status_id")
        or _whole_id(row, "in_reply_to_status_status_id"),
        "in_reply_to_screen_name": _cell(row, "reply_to_screen_name") or _cell(row, "in_reply_to_status_screen_name"),
        "quoted_status_id_str": _whole_id(row, "quoted_status_id") or _whole_id(row, "quote_status_id"),
    }
    tweet["user"] |= {"protected": _is_true(row.get("protected")), "verified": _is_true(row.get("verified"))}
    if "is_retweet" in row:
        of = {"id_str": _whole_id(row, "retweet_status_id")}
        tweet["retweeted_status"] = of if _is_true(row["is_retweet"]) else {}
    if quoted := text_of(row.get("quoted_text")):
        by = _person(row, "quoted_user_id", "quoted_screen_name", "quoted_name", "")
        at = _cell(row, "quoted_created_at")
        tweet["quoted_status"] = {
            "id_str": tweet["quoted_status_id_str"], "full_text": quoted, "user": by, "created_at": at,
        }  # fmt: skip
    yield from _read(tweet, urls, ())


def _read(tweet: Json, urls: dict[str, Json], media: Iterable[Json]) -> Iterator[Row]:
    user = tweet["user"]
    if not tweet["id_str"]:
        raise Unreadable("its id was lost, as in a spreadsheet")
    if not tweet["full_text"].strip() or tweet["full_text"] in _NOTHING:
        raise Unreadable("a row without a text")
    user["name"] = user.get("name") or user["screen_name"]
    if not re.fullmatch(r"\w{1,50}", user["screen_name"]):
        user |= {"screen_name": NOBODY, "name": NOBODY}
    of = tweet.get("retweeted_status")
    if (of is None and PASSED_ON.match(tweet["full_text"])) or of == {"id_str": ""}:
        yield passed_on(tweet, user["screen_name"])
        return
    yield from read_tweet(tweet | {"entities": _entities(tweet["full_text"], urls) | {"media": list(media)}})


def _entities(text: str, urls: dict[str, Json]) -> Json:
    """As they are written: rows have lost where they stood, or it is not true any more."""
    found: dict[str, list[Json]] = {"urls": [], "user_mentions": [], "hashtags": []}
    for one in _WRITTEN.finditer(text):
        if url := one["url"]:
            url = url.rstrip(_ENDS)
            known = urls.get(url, {})
            place = [one.start(), one.start() + len(url)]
            long = web_address(known.get("expanded_url")) or url
            shown = text_of(known.get("display_url"), 500)
            found["urls"].append({"url": url, "expanded_url": long, "display_url": shown, "indices": place})
        elif one["mention"]:
            found["user_mentions"].append({"screen_name": one["mention"], "indices": list(one.span())})
        else:
            found["hashtags"].append({"text": one["tag"], "indices": list(one.span())})
    return dict(found)


def _entities_in(row: Json) -> Json:
    try:
        return object_of(json.loads(_cell(row, "entities_str") or "{}"))
    except (ValueError, RecursionError):
        return {}


def _person(row: Json, ref: str, handle: str, name: str, picture: str) -> Json:
    return {
        "id_str": _whole_id(row, ref),
        "screen_name": _cell(row, handle),
        "name": _cell(row, name),
        "profile_image_url": _cell(row, picture) if picture else "",
    }


def _cell(row: Json, name: str) -> str:
    value = row.get(name)
    text = text_of(value).strip() if not isinstance(value, list) else text_of(next(iter(value), "")).strip()
    return "" if text in _NOTHING else text


def _all(row: Json, name: str) -> list[str]:
    value = row.get(name)
    found = value if isinstance(value, list) else _cell(row, name).split()
    return [text_of(one) for one in found]


def _whole_id(row: Json, name: str) -> str:
    """An id with all its digits, '' for one that a spreadsheet writes by its powers of ten; R writes an x before it."""
    value = row.get(name)
    text = (_cell(row, name) if not isinstance(value, int) else str(value)).removeprefix("x").removeprefix("'")
    return next(iter(ids_of([text])), "")


def _is_rounded(number: str) -> bool:
    """It may be so by chance, one of a thousand: then what tells it better is missed."""
    return len(number) > DIGITS_KEPT + 1 and not number[DIGITS_KEPT:].strip("0")


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.casefold() == "true")


def _is_tags(row: Json) -> bool:
    told = isinstance(row.get("text"), str) and "user" not in row and "full_text" not in row and "status_id" not in row
    return told and bool(("from_user" in row and "id_str" in row) or "status_url" in row)


def _is_twitterchive(row: Json) -> bool:
    return all(isinstance(row.get(name), str) for name in ("id", "datetime", "user", "text"))


def _is_rtweet(row: Json) -> bool:
    return "status_id" in row and "screen_name" in row and isinstance(row.get("text"), str)


TAGS = RecordedForm("TAGS CSV", _is_tags, _tags)
RTWEET = RecordedForm("rtweet", _is_rtweet, _rtweet)
TWITTERCHIVE = RecordedForm("twitterchive CSV", _is_twitterchive, _twitterchive)
