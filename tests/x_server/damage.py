"""Posts as they should not be, but are: what `damage` does to one line of the stream before it is sent."""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

NEVER_NULL = ("id", "text", "edit_history_tweet_ids", "edit_history_post_ids")


def without(*names: str) -> Callable[[Json], None]:
    def change(line: Json) -> None:
        for name in names:
            line["data"].pop(name, None)

    return change


def without_included(kind: str) -> Callable[[Json], None]:
    """The reference stays, what it refers to is missing."""

    def change(line: Json) -> None:
        for name in (kind, {"tweets": "posts"}.get(kind, kind)):
            line.get("includes", {}).pop(name, None)
        if not line.get("includes"):
            line.pop("includes", None)

    return change


def without_tag(line: Json) -> None:
    for rule in line.get("matching_rules", ()):
        rule.pop("tag", None)


def without_edits_remaining(line: Json) -> None:
    line["data"].get("edit_controls", {}).pop("edits_remaining", None)


def edits_remaining_as_text(line: Json) -> None:
    controls = line["data"].get("edit_controls", {})
    if "edits_remaining" in controls:
        controls["edits_remaining"] = str(controls["edits_remaining"])


def all_null(line: Json) -> None:
    """Every field that may be absent is there, as null."""
    for name in (
        "entities",
        "attachments",
        "referenced_tweets",
        "in_reply_to_user_id",
        "withheld",
        "note_tweet",
        "community_id",
        "geo",
        *line["data"],
    ):
        if name not in NEVER_NULL:
            line["data"][name] = None
    line["includes"] = None


def numbers_as_text(line: Json) -> None:
    _each(line, lambda value: str(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def ids_as_numbers(line: Json) -> None:
    _each(line, lambda value: int(value) if isinstance(value, str) and value.isdigit() else value)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        value.update({key: _each(item, change) for key, item in value.items()})
        return value
    if isinstance(value, list):
        value[:] = [_each(item, change) for item in value]
        return value
    return change(value)


DAMAGES: dict[str, Callable[[Json], None]] = {
    "no_text": without("text"),
    "no_author_id": without("author_id"),
    "no_created_at": without("created_at"),
    "no_edit_history": without("edit_history_tweet_ids", "edit_history_post_ids"),
    "no_author": without_included("users"),
    "no_media": without_included("media"),
    "no_reference": without_included("tweets"),
    "no_rule_tag": without_tag,
    "no_matching_rules": lambda line: line.update(matching_rules=[]),
    "no_edits_remaining": without_edits_remaining,
    "edits_remaining_as_text": edits_remaining_as_text,
    "all_null": all_null,
    "numbers_as_text": numbers_as_text,
    "ids_as_numbers": ids_as_numbers,
}
