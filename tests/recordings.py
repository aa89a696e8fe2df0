"""Recordings of an invented chat, in every form in which people keep them; nobody in them lives."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

import libipld  # type: ignore[import-not-found]

NIA = {
    "id_str": "41",
    "screen_name": "nia_care",
    "name": "Nia",
    "profile_image_url_https": "https://pics.example/n.jpg",
}
FIRST, SECOND, THIRD = "1251954312772812801", "1251954312772812805", "1251954312772812809"
AT = "Sun Apr 19 19:22:23 +0000 2020"
DID = "did:plc:abcdefghijklmnopqrstuvwx"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
NIA_THERE = "https://plaza.example/users/nia"
FOLLOWERS = f"{NIA_THERE}/followers"


def tweet(ref: str = FIRST, text: str = "Tea &amp; talk #box10 https://t.co/a1", **more: Any) -> dict[str, Any]:
    at = text.find("https://t.co/a1")
    url = {"url": "https://t.co/a1", "expanded_url": "https://tea.example/a", "display_url": "tea.example/a"}
    tag = text.find("#box10")
    return {
        "id_str": ref,
        "created_at": AT,
        "full_text": text,
        "entities": {
            "urls": [url | {"indices": [at, at + 15]}] if at >= 0 else [],
            "hashtags": [{"text": "box10", "indices": [tag, tag + 6]}] if tag >= 0 else [],
        },
        **more,
    }


def version_1() -> bytes:
    original = tweet("1251954312772812700", "First of all #box10", user=NIA | {"id_str": "42", "screen_name": "jo"})
    shown = [
        tweet(user=NIA),
        tweet(SECOND, "RT @jo: First of all #box10", user=NIA, retweeted_status=original),
        tweet(THIRD, "hidden", user=NIA | {"id_str": "43", "screen_name": "shy", "protected": True}),
    ]
    return lines(shown)


def page() -> dict[str, Any]:
    post = {"id": FIRST, "text": "Tea &amp; talk #box10", "author_id": "41", "created_at": "2020-04-19T19:22:23.000Z"}
    repost = {
        "id": SECOND,
        "text": "RT @jo: hi",
        "author_id": "41",
        "referenced_tweets": [{"type": "retweeted", "id": "7"}],
    }
    lost = {"id": THIRD, "text": "whose?", "author_id": "99"}
    nia = {"id": "41", "username": "nia_care", "name": "Nia"}
    return {"data": [post, repost, lost], "includes": {"users": [nia]}, "meta": {}, "__twarc": {"version": "2.9.5"}}


def flattened() -> bytes:
    nia = page()["includes"]["users"][0]
    first, second, _ = page()["data"]
    second["referenced_tweets"][0] |= {"text": "hi", "author_id": "42", "author": {"id": "42", "username": "jo"}}
    return lines([first | {"author": nia}, second | {"author": nia}])


def script(*tweets: dict[str, Any], wrapped: bool = True, name: str = "tweets", part: int = 0) -> bytes:
    """As an archive has it, where numbers are texts."""
    items = [{"tweet": _texts(one)} if wrapped else _texts(one) for one in tweets]
    return f"window.YTD.{name}.part{part} = {json.dumps(items, indent=2)}".encode()


def own_archive(**others: bytes) -> bytes:
    """A zip with everything of somebody's, in which what is not to be opened would break everything."""
    account = [
        {"account": {"username": "nia_care", "accountId": "41", "accountDisplayName": "Nia", "email": "n@e.example"}}
    ]
    parts = {
        "data/tweets.js": script(tweet(), tweet(SECOND, "RT @jo: First of all #box10")),
        "data/tweets-part1.js": script(tweet(THIRD, "later"), part=1),
        "data/account.js": b"window.YTD.account.part0 = " + json.dumps(account).encode(),
        "data/deleted-tweets.js": script(tweet("999", "regretted"), name="deleted_tweets"),
        "data/direct-messages.js": script(tweet("998", "secret")),
        "Your archive.html": b"<html>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in (parts | others).items():
            opened.writestr(name, content)
    return packed.getvalue()


TAGS = [
    "id_str",
    "from_user",
    "text",
    "created_at",
    "time",
    "geo_coordinates",
    "user_lang",
    "in_reply_to_user_id_str",
    "in_reply_to_screen_name",
    "from_user_id_str",
    "in_reply_to_status_id_str",
    "source",
    "profile_image_url",
    "user_followers_count",
    "user_friends_count",
    "user_location",
    "status_url",
    "entities_str",
]


def sheet(*, columns: Iterable[str] = TAGS, delimiter: str = ",", **changes: str) -> bytes:
    """Two rows; `time` is an hour late, as a sheet's clock is."""
    row = dict.fromkeys(TAGS, "NA") | {
        "id_str": FIRST,
        "from_user": "nia_care",
        "text": "Tea, talk\nand #box10",
        "created_at": AT,
        "time": "2020-04-19T20:22:23Z",
        "from_user_id_str": "1041",
        "user_location": "Leeds",
        "status_url": f"http://twitter.com/nia_care/statuses/{FIRST}",
        "entities_str": '{"hashtags":[]}',
    }
    passed = row | {"id_str": SECOND, "text": "RT @jo: First …", "status_url": row["status_url"].replace(FIRST, SECOND)}
    written = io.StringIO()
    table = csv.DictWriter(written, list(columns), delimiter=delimiter, extrasaction="ignore")
    table.writeheader()
    table.writerows([row | changes, passed | {name: changes[name] for name in changes if name != "text"}])
    return written.getvalue().encode()


def note(number: int, *, to: Any = PUBLIC, **more: Any) -> dict[str, Any]:
    uri = f"{NIA_THERE}/statuses/{number}"
    said = {
        "id": uri,
        "type": "Note",
        "published": "2022-11-11T17:33:26Z",
        "url": f"https://plaza.example/@nia/{number}",
        "attributedTo": NIA_THERE,
        "to": [to],
        "cc": [FOLLOWERS],
        "content": f"<p>Tea {number} <script>no</script></p>",
        **more,
    }
    return {
        "id": f"{uri}/activity",
        "type": "Create",
        "actor": NIA_THERE,
        "to": [to],
        "cc": [FOLLOWERS],
        "object": said,
    }


def outbox(kind: str = "OrderedCollection") -> dict[str, Any]:
    passed = {"id": f"{NIA_THERE}/statuses/5/activity", "type": "Announce", "actor": NIA_THERE, "to": [PUBLIC]}
    passed |= {"published": "2022-11-11T17:40:00Z", "object": "https://elsewhere.example/notes/1", "cc": []}
    mine = [note(1, summary="tea"), note(2, to=FOLLOWERS), note(3, to=f"{NIA_THERE}/x", cc=[]), passed]
    return {"type": kind, "totalItems": 190, "orderedItems": mine}


RECORDS: dict[str, dict[str, Any]] = {
    "app.bsky.actor.profile/self": {"$type": "app.bsky.actor.profile", "displayName": "Nia"},
    "app.bsky.feed.like/3juazpfj7zj2a": {"$type": "app.bsky.feed.like", "createdAt": "2023-04-26T07:09:11Z"},
    "app.bsky.feed.post/3juazpfj7zj2y": {
        "$type": "app.bsky.feed.post", "text": "Tea at #box10", "createdAt": "2023-04-26T07:09:11.000Z",
    },
    "app.bsky.feed.post/3juazpfjjrz2y": {
        "$type": "app.bsky.feed.post", "text": "a wrong clock", "createdAt": "2033-04-26T07:09:11.000Z",
    },
    "app.bsky.feed.repost/3juazpfq4pz2y": {
        "$type": "app.bsky.feed.repost", "createdAt": "2023-04-26T08:00:00Z",
        "subject": {"uri": "at://did:plc:other/app.bsky.feed.post/3juazpaaaaaaa", "cid": "x"},
    },
}  # fmt: skip


def repository(records: dict[str, dict[str, Any]] = RECORDS, *, damaged: str = "") -> bytes:
    """A `.car` file whose tree has two levels; the record of `damaged` is missing."""
    blocks: dict[bytes, bytes] = {}

    def put(value: Any) -> bytes:
        block = libipld.encode_dag_cbor(value)
        cid = b"\x01\x71\x12\x20" + hashlib.sha256(block).digest()
        blocks[cid] = block
        return cid

    links = {key: put(value) for key, value in sorted(records.items())}
    entries, before = [], ""
    *lower, top = links.items()
    for key, cid in lower:
        shared = next((at for at in range(len(key)) if not before.startswith(key[: at + 1])), len(key))
        entries.append({"p": shared, "k": key[shared:].encode(), "v": cid, "t": None})
        before = key
    below = put({"l": None, "e": entries})
    tree = put({"l": below, "e": [{"p": 0, "k": top[0].encode(), "v": top[1], "t": None}]})
    root = put({"did": DID, "version": 3, "data": tree, "rev": "3juazpfj7zj2y", "prev": None, "sig": b"s"})
    blocks.pop(links.get(damaged, b""), None)
    header = libipld.encode_dag_cbor({"version": 1, "roots": [root]})
    return b"".join(_long(one) + one for one in (header, *(cid + block for cid, block in blocks.items())))


def lines(objects: Iterable[Any]) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in objects).encode()


def _long(content: bytes) -> bytes:
    size, found = len(content), bytearray()
    while size > 127:
        found.append(size & 127 | 128)
        size >>= 7
    return bytes([*found, size])


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
