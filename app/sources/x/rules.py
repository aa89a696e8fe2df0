"""What we ask X for: rules of the stream and queries of the search. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

LONGEST_RULE = 1024
LONGEST_QUERY = 512


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the filtered stream. Rules belong to the app and outlive connections; the tag says whose."""

    value: str
    tag: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What brings X's rules to what is wanted. `kept` are the ids of those that are right already."""

    add: tuple[Rule, ...]
    remove: tuple[str, ...]
    kept: frozenset[str]


def tag_of(slug: str) -> str:
    return f"bk:{slug}"


def stream_rules(slug: str, hashtags: Sequence[str], *, with_reposts: bool) -> tuple[Rule, ...]:
    """Reposts cost as much as posts and are most of the traffic, so they are left out unless asked for."""
    suffix = " -is:nullcast" if with_reposts else " -is:retweet -is:nullcast"
    return tuple(Rule(value, tag_of(slug)) for value in _alternatives(hashtags, suffix, LONGEST_RULE))


def search_queries(hashtags: Sequence[str]) -> tuple[str, ...]:
    return _alternatives(hashtags, " -is:retweet", LONGEST_QUERY)


def difference(wanted: Iterable[Rule], present: Iterable[Rule], *, slugs: Collection[str]) -> Change:
    """Keep what is right, add what is missing, remove what is stale and has the tag of one of these events.

    A rule with another tag, or none, is somebody else's and stays.
    """
    present, ours = list(present), {tag_of(slug) for slug in slugs}
    wanted_pairs = {(rule.value, rule.tag) for rule in wanted}
    kept = {rule.id for rule in present if (rule.value, rule.tag) in wanted_pairs}
    there = {(rule.value, rule.tag) for rule in present}
    return Change(
        add=tuple(rule for rule in wanted if (rule.value, rule.tag) not in there),
        remove=tuple(rule.id for rule in present if rule.tag in ours and rule.id not in kept),
        kept=frozenset(kept),
    )


def _alternatives(hashtags: Sequence[str], suffix: str, longest: int) -> tuple[str, ...]:
    """`(#a OR #b) …`, in as many pieces as the longest that X takes demands."""
    pieces: list[list[str]] = []
    for tag in dict.fromkeys(f"#{tag}" for tag in hashtags):
        if pieces and len(_either([*pieces[-1], tag]) + suffix) <= longest:
            pieces[-1].append(tag)
        else:
            pieces.append([tag])
    return tuple(_either(piece) + suffix for piece in pieces)


def _either(tags: list[str]) -> str:
    return tags[0] if len(tags) == 1 else f"({' OR '.join(tags)})"


TWEET_FIELDS = (
    "created_at,lang,entities,attachments,author_id,referenced_tweets,conversation_id,in_reply_to_user_id,"
    "possibly_sensitive,edit_controls,edit_history_tweet_ids,note_tweet,withheld,reply_settings,"
    "display_text_range,community_id,paid_partnership"
)
TWEET_EXPANSIONS = (
    "author_id,attachments.media_keys,attachments.poll_ids,referenced_tweets.id,referenced_tweets.id.author_id,"
    "referenced_tweets.id.attachments.media_keys,in_reply_to_user_id,edit_history_tweet_ids"
)
POST_FIELDS = (
    "created_at,lang,entities,attachments,conversation_id,possibly_sensitive,edit_controls,note_post,withheld,"
    "reply_settings,display_text_range,community_id,paid_partnership"
)
POST_EXPANSIONS = (
    "author_id,attachments.media_keys,attachments.poll_ids,referenced_posts,in_reply_to_user_id,edit_history_post_ids"
)
SHARED_FIELDS = {
    "user.fields": "name,username,profile_image_url,verified,verified_type,protected,parody,withheld",
    "media.fields": "type,url,preview_image_url,alt_text,width,height,duration_ms,variants",
    "poll.fields": "options,voting_status,end_datetime",
}


def details(spelling: str) -> dict[str, str]:
    """Everything that a faithful card needs, as parameters of a request, in X's old or new spelling."""
    if spelling == "post":
        return {"post.fields": POST_FIELDS, "expansions": POST_EXPANSIONS, **SHARED_FIELDS}
    return {"tweet.fields": TWEET_FIELDS, "expansions": TWEET_EXPANSIONS, **SHARED_FIELDS}
