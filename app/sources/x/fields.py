"""Single fields of what X sends: there or not, in either spelling, of the right type or not. Pure."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from app.domain.incoming import Photo
from app.sources import Unreadable
from app.sources.json_fields import Json, number_of, object_of, objects_of, text_of, web_address

EPOCH = datetime.fromtimestamp(1288834974.657, UTC)
"""X's ids count the milliseconds since then, in all but their lowest 22 bits."""
LARGEST_REF = 2**63 - 1
OLD_LANGUAGES = {"in": "id", "iw": "he"}
PROTECTED = "its author has protected it"
SITE = "https://x.com"


def key_of(value: object) -> str:
    """An id, which X writes as a string."""
    return (
        str(value)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_REF
        else text_of(value, 64)
    )


def id_of(post: Json) -> str:
    number = number_of(post.get("id"))
    if number is None or not 0 < number <= LARGEST_REF:
        raise Unreadable("a post without an id")
    return str(number)


def ids_of(values: object) -> Iterable[str]:
    numbers = (number_of(value) for value in (values if isinstance(values, list) else []))
    return (str(number) for number in numbers if number is not None and 0 < number <= LARGEST_REF)


def chain_of(post: Json, post_id: str) -> list[str]:
    """The ids of all versions, oldest first; this one's among them."""
    chain = list(dict.fromkeys(ids_of(post.get("edit_history_post_ids") or post.get("edit_history_tweet_ids"))))
    return chain if post_id in chain else [*chain, post_id]


def reference_of(post: Json, *kinds: str) -> str:
    references = objects_of(post.get("referenced_posts")) or objects_of(post.get("referenced_tweets"))
    return next((found for one in references if one.get("type") in kinds for found in ids_of([one.get("id")])), "")


def photo_of(media: Json) -> Photo | None:
    url = web_address(media.get("url")) or web_address(media.get("preview_image_url"))
    if not url:
        return None
    kind = media.get("type")
    return Photo(
        url=url,
        alt=text_of(media.get("alt_text"), 2000),
        width=_size(media.get("width")),
        height=_size(media.get("height")),
        kind="gif" if kind == "animated_gif" else "video" if kind == "video" else "photo",
    )


def options_of(polls: Iterable[Json]) -> tuple[str, ...]:
    """What one may choose, in the order in which X shows it."""
    options = [option for poll in polls for option in objects_of(poll.get("options"))]
    options.sort(key=lambda option: number_of(option.get("position")) or 0)
    return tuple(label for option in options if (label := text_of(option.get("label"), 200).strip()))


def _size(value: object) -> int:
    number = number_of(value) or 0
    return number if 0 < number < 100_000 else 0


def larger(avatar_url: str) -> str:
    """X names its avatars of 48 pixels; a wall wants the larger one beside it."""
    return re.sub(r"_normal(\.\w+)$", r"_400x400\1", avatar_url)


def language_of(value: object) -> str:
    """'' where X says that it does not know (`und`), or that there is no text (`zxx`, `qst`, `qme` …)."""
    code = text_of(value, 16).strip()
    if not re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", code) or re.fullmatch(r"und|zxx|q\w\w", code, re.IGNORECASE):
        return ""
    return OLD_LANGUAGES.get(code, code)


def time_of(post: Json, post_id: str) -> datetime:
    try:
        at = datetime.fromisoformat(text_of(post.get("created_at")))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return snowflake_time(post_id)


def snowflake_time(post_id: str) -> datetime:
    return EPOCH + timedelta(milliseconds=int(post_id) >> 22)


def snowflake(at: datetime) -> int:
    """The smallest id that a post of that moment can have."""
    return max(0, (at - EPOCH) // timedelta(milliseconds=1)) << 22


def withheld_of(post: Json, author: Json) -> str:
    if object_of(post.get("withheld")) or object_of(author.get("withheld")):
        return "withheld in some countries"
    return PROTECTED if author.get("protected") is True else ""


def disconnect_of(errors: Iterable[Json]) -> str:
    """The reason X gives when it is about to close the stream."""
    kinds = (one for one in errors if "disconnect" in text_of(one.get("title")).lower() or "disconnect_type" in one)
    return next((text_of(one.get("disconnect_type"), 80) or "unnamed" for one in kinds), "")
