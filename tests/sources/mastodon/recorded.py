"""Statuses in the shape in which servers of 2023 to 2026 send them, with everything filled; the people are invented."""

from typing import Any

Json = dict[str, Any]

ACCOUNT: Json = {
    "username": "mira", "locked": False, "bot": False, "discoverable": None, "indexable": False, "group": False,
    "created_at": "2024-02-01T00:00:00.000Z", "note": "<p>Nurse</p>", "uri": "https://hall.example/users/mira",
    "url": "https://hall.example/@mira", "avatar": "https://hall.example/mira.gif",
    "avatar_static": "https://hall.example/mira.png", "header": "https://hall.example/h.png",
    "header_static": "https://hall.example/h.png", "followers_count": 3, "following_count": 4, "statuses_count": 50,
    "last_status_at": "2026-07-30", "hide_collections": None, "noindex": False, "emojis": [], "roles": [], "fields": [],
}  # fmt: skip

EVERYTHING: Json = {
    "content": '<p>Slides &amp; notes of <a href="https://hall.example/tags/box10" class="mention hashtag" rel="tag">#'
    '<span>box10</span></a> are at <a href="https://slides.example/care-closer-to-home" target="_blank" '
    'rel="nofollow noopener"><span class="invisible">https://</span><span class="ellipsis">slides.example/care-closer'
    '</span><span class="invisible">-to-home</span></a></p><p>Thank you :blobcat:<br>See you next year</p>',
    "language": "en", "sensitive": True, "spoiler_text": "long post",
    "in_reply_to_id": None, "in_reply_to_account_id": None, "replies_count": 0, "reblogs_count": 2,
    "favourites_count": 3, "reblog": None, "application": {"name": "Web", "website": None},
    "media_attachments": [
        {
            "id": "110", "type": "image", "url": "https://files.example/original.png",
            "preview_url": "https://files.example/small.png", "remote_url": None, "preview_remote_url": None,
            "text_url": None, "description": "A ward in the morning", "blurhash": "UBL_:rOpGG-oBUNG,qRj2so|",
            "meta": {
                "original": {"width": 1280, "height": 960, "size": "1280x960", "aspect": 1.3333333333},
                "small": {"width": 461, "height": 346, "size": "461x346", "aspect": 1.3323699422},
            },
        },
    ],
    "mentions": [], "card": None,
    "emojis": [{"shortcode": "blobcat", "url": "https://hall.example/b.png", "static_url": "https://hall.example/b.png",
                "visible_in_picker": True}],
    "poll": {
        "id": "9", "expires_at": "2026-08-01T14:00:00.000Z", "expired": False, "multiple": False, "votes_count": 4,
        "voters_count": None, "emojis": [],
        "options": [{"title": "On Monday", "votes_count": 3}, {"title": "Never", "votes_count": 1}],
    },
    "account": ACCOUNT,
}  # fmt: skip

QUOTED: Json = {
    "id": "117020582917124092", "uri": "https://hall.example/users/mira/statuses/117020582917124092",
    "url": "https://hall.example/@mira/117020582917124092", "created_at": "2026-08-01T13:53:10.704Z",
    "content": "<p>quoted</p>", "visibility": "public", "sensitive": False, "spoiler_text": "", "language": "en",
    "media_attachments": [], "mentions": [], "tags": [], "emojis": [], "card": None, "poll": None, "reblog": None,
    "edited_at": None, "account": {"id": "117020565966271181", "acct": "mira", "display_name": "Mira", **ACCOUNT},
}  # fmt: skip

QUOTING: Json = {
    "content": '<p class="quote-inline">RE: <a href="https://hall.example/@mira/1">hall.example/@mira/1</a></p>'
    "<p>So true</p>",
    "language": "en", "quote": {"state": "accepted", "quoted_status": QUOTED},
    "quote_approval": {"automatic": ["public"], "manual": [], "current_user": "automatic"},
    "media_attachments": [], "mentions": [], "emojis": [], "card": None, "poll": None, "reblog": None,
    "account": ACCOUNT,
}  # fmt: skip
