"""What a request asks for: parameters by name, their allowed values, in the spelling of the endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from .problems import Refused, invalid
from .spelling import Style, old_name


def words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


TWEET_FIELDS = words(
    "article attachments author_id card_uri community_id context_annotations conversation_id created_at "
    "display_text_range edit_controls edit_history_tweet_ids entities geo id in_reply_to_user_id lang "
    "matched_media_notes media_metadata non_public_metrics note_request_suggestions note_tweet "
    "organic_metrics paid_partnership possibly_sensitive promoted_metrics public_metrics referenced_tweets "
    "reply_settings scopes source suggested_source_links suggested_source_links_with_counts text withheld"
)
POST_FIELDS = (TWEET_FIELDS | {"article_title", "note_post"}) - {
    "author_id",
    "edit_history_tweet_ids",
    "in_reply_to_user_id",
    "note_tweet",
    "referenced_tweets",
}
TWEET_EXPANSIONS = words(
    "article.cover_media article.media_entities attachments.media_keys attachments.media_source_tweet "
    "attachments.poll_ids author_id edit_history_tweet_ids entities.mentions.username geo.place_id "
    "in_reply_to_user_id entities.note.mentions.username referenced_tweets.id "
    "referenced_tweets.id.attachments.media_keys referenced_tweets.id.author_id"
)
POST_EXPANSIONS = (TWEET_EXPANSIONS | {"edit_history_post_ids", "referenced_posts", "username"}) - {
    "edit_history_tweet_ids",
    "entities.note.mentions.username",
    "referenced_tweets.id",
    "referenced_tweets.id.attachments.media_keys",
    "referenced_tweets.id.author_id",
}
MEDIA_FIELDS = words(
    "alt_text duration_ms height media_key non_public_metrics organic_metrics preview_image_url "
    "promoted_metrics public_metrics type url variants width"
)
POLL_FIELDS = words("duration_minutes end_datetime id options voting_status")
PLACE_FIELDS = words("contained_within country country_code full_name geo id name place_type")
_USER_FIELDS = words(
    "confirmed_email connection_status created_at description entities id is_identity_verified location name "
    "parody profile_banner_url profile_image_url protected public_metrics receives_your_dm subscription "
    "subscription_type url username verified verified_followers_count verified_type withheld"
)
OLD_USER_FIELDS = _USER_FIELDS | {"affiliation", "most_recent_tweet_id", "pinned_tweet_id"}
NEW_USER_FIELDS = _USER_FIELDS | {"subscribes_to_you"}

Lists = dict[str, frozenset[str]]
_SHARED: Lists = {"media.fields": MEDIA_FIELDS, "poll.fields": POLL_FIELDS, "place.fields": PLACE_FIELDS}
OLD: Lists = _SHARED | {
    "tweet.fields": TWEET_FIELDS,
    "expansions": TWEET_EXPANSIONS,
    "user.fields": OLD_USER_FIELDS,
}
NEW: Lists = _SHARED | {
    "post.fields": POST_FIELDS,
    "expansions": POST_EXPANSIONS,
    "user.fields": NEW_USER_FIELDS,
}
BOTH: Lists = OLD | NEW | {name: OLD[name] | NEW[name] for name in ("expansions", "user.fields")}


@dataclass(frozen=True)
class Asked:
    """The fields and expansions of one request, in the old spelling whatever was sent."""

    post_fields: frozenset[str]
    user_fields: frozenset[str]
    media_fields: frozenset[str]
    poll_fields: frozenset[str]
    expansions: frozenset[str]


def accepted(style: Style, *, streaming: bool) -> Lists:
    if style == "tweet" or streaming:
        return OLD
    return NEW if style == "post" else BOTH


def check(query: Mapping[str, str], lists: Lists, *others: str) -> None:
    """Refuse unknown parameters and unknown values, naming the bad one."""
    allowed = {*lists, *others}
    for name, value in query.items():
        if name not in allowed:
            raise Refused(
                400,
                invalid(
                    f"The query parameter [{name}] is not one of [{','.join(sorted(allowed))}]",
                    **{name: [value]},
                ),
            )
        for word in value.split(",") if name in lists else ():
            if word not in lists[name]:
                listed = ",".join(sorted(lists[name]))
                raise Refused(
                    400,
                    invalid(
                        f"The `{name}` query parameter value [{word}] is not one of [{listed}]",
                        **{name: [value]},
                    ),
                )


def asked(query: Mapping[str, str]) -> Asked:
    def listed(*names: str) -> frozenset[str]:
        words = (word for name in names for word in query.get(name, "").split(",") if word)
        return frozenset(old_name(word) for word in words)

    expansions = listed("expansions")
    if "referenced_posts" in query.get("expansions", ""):
        expansions = (expansions - {"referenced_tweets"}) | {
            "referenced_tweets.id",
            "referenced_tweets.id.author_id",
            "referenced_tweets.id.attachments.media_keys",
        }
    return Asked(
        post_fields=listed("tweet.fields", "post.fields") | {"id", "text", "edit_history_tweet_ids"},
        user_fields=listed("user.fields") | {"id", "name", "username"},
        media_fields=listed("media.fields") | {"media_key", "type"},
        poll_fields=listed("poll.fields") | {"id", "options"},
        expansions=expansions,
    )


def whole_number(query: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    value = query.get(name, str(default))
    if not value.isdigit() or not low <= int(value) <= high:
        message = f"The `{name}` query parameter value [{value}] is not between {low} and {high}"
        raise Refused(400, invalid(message, **{name: [value]}))
    return int(value)


def moment(query: Mapping[str, str], name: str) -> datetime | None:
    value = query.get(name)
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise Refused(
            400, invalid(f"The `{name}` value [{value}] is not an ISO 8601 time", **{name: [value]})
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def identifiers(query: Mapping[str, str], name: str, *, most: int) -> list[str]:
    value = query.get(name, "")
    found = value.split(",") if value else []
    if not 1 <= len(found) <= most or not all(one.isdigit() and len(one) <= 19 for one in found):
        raise Refused(400, invalid(f"`{name}` takes 1 to {most} ids", **{name: [value]}))
    return found
