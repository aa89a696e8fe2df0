"""Posts in the shape in which Bluesky's AppView gives them, with everything filled; the people are invented."""

from typing import Any

Json = dict[str, Any]

CID = "bafyreigb666sdjyyaczcahxmf5tzh7dec6bwr3nhdab7llebn7vhsxzgr4"
OTHER_CID = "bafyreier7l7l33k23invvoeth2ed2hkwlxlv3igbhp3536hmmeouob7mzi"
BLOB: Json = {
    "$type": "blob", "ref": {"$link": "bafkreic3cp5ky525vsukjvrzxsc2h3jka2gud74l2hgeatw2rhj2qycnmq"},
    "mimeType": "image/jpeg", "size": 474482,
}  # fmt: skip
QUOTED_URI = "at://did:plc:nia/app.bsky.feed.post/3kahesw26il2z"
QUOTED: Json = {
    "$type": "app.bsky.embed.record#viewRecord", "uri": QUOTED_URI, "cid": OTHER_CID,
    "author": {"did": "did:plc:nia", "handle": "nia.example", "displayName": "Nia Rees", "labels": []},
    "value": {"$type": "app.bsky.feed.post", "createdAt": "2026-09-28T12:46:18.414Z", "text": "what is quoted"},
    "labels": [], "likeCount": 0, "replyCount": 0, "repostCount": 0, "quoteCount": 1, "embeds": [],
    "indexedAt": "2026-09-28T12:46:18.414Z",
}  # fmt: skip
IMAGE: Json = {
    "thumb": "https://pictures.example/thumb.jpg", "fullsize": "https://pictures.example/full.jpg",
    "alt": "A ward in the morning", "aspectRatio": {"width": 1280, "height": 960},
}  # fmt: skip

QUOTE_WITH_IMAGE: Json = {
    "record": {
        "langs": ["en"],
        "facets": [
            {"index": {"byteStart": 8, "byteEnd": 14},
             "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "box10"}]},
        ],
        "embed": {
            "$type": "app.bsky.embed.recordWithMedia",
            "media": {"$type": "app.bsky.embed.images", "images": [{"alt": "A ward in the morning", "image": BLOB}]},
            "record": {"$type": "app.bsky.embed.record", "record": {"uri": QUOTED_URI, "cid": OTHER_CID}},
        },
    },
    "embed": {
        "$type": "app.bsky.embed.recordWithMedia#view",
        "media": {"$type": "app.bsky.embed.images#view", "images": [IMAGE]},
        "record": {"$type": "app.bsky.embed.record#view", "record": QUOTED},
    },
    "replyCount": 0, "repostCount": 1, "likeCount": 2, "quoteCount": 0,
}  # fmt: skip

WITH_PAGE: Json = {
    "record": {
        "langs": ["de", "en"], "tags": ["box10"],
        "embed": {
            "$type": "app.bsky.embed.external",
            "external": {"uri": "https://slides.example/care", "title": "Care closer to home", "description": "Slides"},
        },
    },
    "embed": {
        "$type": "app.bsky.embed.external#view",
        "external": {"uri": "https://slides.example/care", "title": "Care closer to home", "description": "Slides"},
    },
}  # fmt: skip

REPLYING: Json = {
    "record": {
        "reply": {
            "root": {"uri": QUOTED_URI, "cid": OTHER_CID},
            "parent": {"uri": QUOTED_URI, "cid": OTHER_CID},
        },
    },
    "labels": [{"src": "did:plc:moderator", "uri": QUOTED_URI, "val": "graphic-media", "cts": "2026-09-28T12:46:18.414Z"}],
}  # fmt: skip
