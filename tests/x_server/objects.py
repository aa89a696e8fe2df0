"""The objects of X's API that we ask for, in words of our own and in the old spelling. Only the facts are X's."""

from typing import Any

Schema = dict[str, Any]

ID: Schema = {"type": "string", "pattern": "^[0-9]{1,19}$"}
KEY: Schema = {"type": "string", "pattern": "^([0-9]+)_([0-9]+)$"}
WORDS: Schema = {"type": "string"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
YES_NO: Schema = {"type": "boolean"}


def thing(needs: str = "", **properties: Schema) -> Schema:
    return {"type": "object", "required": needs.split(), "properties": properties}


def some(item: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": item}


def one_of(words: str) -> Schema:
    return {"type": "string", "enum": words.split()}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def numbers(names: str) -> Schema:
    return thing(names, **dict.fromkeys(names.split(), NUMBER))


def marked(**properties: Schema) -> Schema:
    """A place in a text, in code points."""
    return some(thing(f"start end {' '.join(properties)}", start=NUMBER, end=NUMBER, **properties))


LINK = thing(
    "start end url", start=NUMBER, end=NUMBER, url=ADDRESS, expanded_url=ADDRESS, display_url=WORDS, media_key=KEY
)
MENTION = thing("start end username", start=NUMBER, end=NUMBER, username=WORDS, id=ID)
ENTITIES = thing(hashtags=marked(tag=WORDS), cashtags=marked(tag=WORDS), mentions=some(MENTION), urls=some(LINK))
REFERENCE = thing("type id", type=one_of("retweeted quoted replied_to"), id=ID)

POST = thing(
    "id text edit_history_tweet_ids",
    id=ID,
    text=WORDS,
    edit_history_tweet_ids=some(ID),
    author_id=ID,
    created_at=MOMENT,
    lang=WORDS,
    conversation_id=ID,
    possibly_sensitive=YES_NO,
    paid_partnership=YES_NO,
    reply_settings=one_of("everyone mentionedUsers following subscribers verified other"),
    display_text_range={"type": "array", "minItems": 2, "maxItems": 2, "items": NUMBER},
    edit_controls=thing(
        "edits_remaining is_edit_eligible editable_until",
        edits_remaining=NUMBER,
        is_edit_eligible=YES_NO,
        editable_until=MOMENT,
    ),
    public_metrics=numbers("retweet_count reply_count like_count quote_count bookmark_count impression_count"),
    entities=ENTITIES,
    note_tweet=thing("text", text=WORDS, entities=ENTITIES),
    attachments=thing(media_keys=some(KEY), poll_ids=some(ID)),
    referenced_tweets=some(REFERENCE),
    in_reply_to_user_id=ID,
    withheld=thing("copyright country_codes", copyright=YES_NO, country_codes=some(WORDS), scope=one_of("tweet user")),
)
USER = thing(
    "id username name",
    id=ID,
    username={"type": "string", "pattern": "^[A-Za-z0-9_]{1,15}$"},
    name=WORDS,
    created_at=MOMENT,
    profile_image_url=ADDRESS,
    verified=YES_NO,
    verified_type=one_of("blue government business none"),
    protected=YES_NO,
    description=WORDS,
    url=WORDS,
    public_metrics=numbers("followers_count following_count tweet_count listed_count like_count"),
    withheld=thing("country_codes", country_codes=some(WORDS), scope=one_of("user")),
)
PICTURE = thing(
    "type media_key",
    media_key=KEY,
    type=one_of("photo video animated_gif"),
    width=NUMBER,
    height=NUMBER,
    url=ADDRESS,
    preview_image_url=ADDRESS,
    alt_text=WORDS,
    duration_ms=NUMBER,
    variants=some(thing("content_type url", content_type=WORDS, bit_rate=NUMBER, url=ADDRESS)),
)
POLL = thing(
    "id options",
    id=ID,
    options=some(thing("position label votes", position=NUMBER, label=WORDS, votes=NUMBER)),
    end_datetime=MOMENT,
    duration_minutes=NUMBER,
    voting_status=one_of("open closed"),
)
PROBLEM = thing(
    "type title",
    type=ADDRESS,
    title=WORDS,
    detail=WORDS,
    status=NUMBER,
    parameter=WORDS,
    value=WORDS,
    resource_type=one_of("tweet user media list space"),
    resource_id=WORDS,
    section=one_of("data includes"),
    scope=WORDS,
    period=one_of("Daily Monthly"),
    reason=WORDS,
    connection_issue=one_of("TooManyConnections ProvisioningSubscription RuleConfigurationIssue RulesInvalidIssue"),
    client_id=WORDS,
    account_id=WORDS,
    required_enrollment=WORDS,
    registration_url=ADDRESS,
)
RULE = thing("value", id=ID, value={"type": "string", "minLength": 1, "maxLength": 2048}, tag=WORDS)
COUNTED = thing(result_count=NUMBER, newest_id=ID, oldest_id=ID, next_token=WORDS)
INCLUDES = thing(users=some(ref("User")), tweets=some(ref("Post")), media=some(ref("Picture")), polls=some(ref("Poll")))
CONNECTION = thing(
    id=WORDS,
    endpoint_name=WORDS,
    client_ip=WORDS,
    connected_at=MOMENT,
    disconnected_at=MOMENT,
    disconnect_reason=WORDS,
)
JOB = thing(
    "id type status created_at upload_url download_url upload_expires_at download_expires_at",
    id=ID,
    type=one_of("tweets users"),
    status=one_of("created in_progress failed complete expired"),
    name=WORDS,
    created_at=MOMENT,
    resumable=YES_NO,
    upload_url=ADDRESS,
    download_url=ADDRESS,
    upload_expires_at=MOMENT,
    download_expires_at=MOMENT,
)
OF_A_USER = thing(user_id=ID)
SUBSCRIPTION = thing(
    "subscription_id event_type filter created_at updated_at",
    subscription_id=ID,
    event_type=WORDS,
    filter=OF_A_USER,
    tag=WORDS,
    created_at=MOMENT,
    updated_at=MOMENT,
)
ACTIVITY = thing("event_type", event_uuid=WORDS, event_type=WORDS, filter=OF_A_USER, tag=WORDS, payload=thing())
SUMMARY = thing(**dict.fromkeys(["created", "not_created", "valid", "invalid", "deleted", "not_deleted"], NUMBER))
TOLD = {"includes": INCLUDES, "errors": some(ref("Problem"))}

OBJECTS: dict[str, Schema] = {
    "Post": POST,
    "User": USER,
    "Picture": PICTURE,
    "Poll": POLL,
    "Problem": PROBLEM,
    "Line": thing("data", data=ref("Post"), matching_rules=some(thing("id", id=ID, tag=WORDS)), **TOLD),
    "Activity": thing("data", data=ACTIVITY),
    "Deletion": thing("id author_id", id=ID, author_id=ID),
}
