"""X is renaming its API: `tweet.fields`, `note_tweet`, `includes.tweets` become `post.…`.

`style` says how this server spells: `tweet` (OpenAPI 2.166), `post` (2.167: lookup and search take and
give the new names, streams still take the old parameters), or `mixed` (lookup and search take both and give the
new ones, streams keep the old ones altogether).
"""

from typing import Any, Literal

Style = Literal["tweet", "post", "mixed"]

RENAMED = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "note_tweet": "note_post",
    "tweets": "posts",
    "retweet_count": "repost_count",
    "tweet_count": "post_count",
    "pinned_tweet_id": "pinned_post_id",
    "most_recent_tweet_id": "most_recent_post_id",
}
OLD_NAMES = {new: old for old, new in RENAMED.items()}
TYPED = ("resource_type", "scope")


def answers_new(style: Style, *, streaming: bool) -> bool:
    return style == "post" or (style == "mixed" and not streaming)


def renamed(value: Any) -> Any:
    """The same JSON in the new spelling."""
    if isinstance(value, list):
        return [renamed(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {RENAMED.get(key, key): _renamed_word(key, renamed(item)) for key, item in value.items()}


def _renamed_word(key: str, value: Any) -> Any:
    if key in TYPED and value == "tweet":
        return "post"
    if key == "type" and isinstance(value, str):
        return value.replace("https://api.twitter.com/2/problems/", "https://api.x.com/2/problems/")
    if key == "parameter" and isinstance(value, str):
        return "referenced_posts" if value == "referenced_tweets.id" else value
    return value


def old_name(field: str) -> str:
    return OLD_NAMES.get(field, field)
