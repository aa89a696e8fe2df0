"""What happens at a local Bluesky and what its look-ups say of it: one state for the stream and for who asks."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from tests.sources.bluesky.frames import POSTS

A_TIME = 10**15
JWT = "for-a-while"
FIRST = 1_000


class Bluesky:
    """`events` are all that ever happened, in order; who listens gets those from its cursor on, and each new one."""

    def __init__(self) -> None:
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        """The clock of the stream, by which it is asked to go on from a time."""
        self.events: list[dict[str, Any]] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.not_yet: dict[str, int] = {}
        """So many look-ups leave these posts out."""
        self.lookup_status = 200
        self.lookup_says: object = None
        """What all look-ups say instead."""
        self.refused: set[str] = set()
        """Addresses for which a look-up is refused, together with all that are asked for beside."""
        self.during_lookup: Callable[[], object] = lambda: None
        """Happens after an answer of the look-ups was made and before it is sent."""
        self.labelled: list[dict[str, Any]] = []
        """All labels that moderators ever set, in order."""
        self.searched: list[str] = []
        self.asked: list[list[str]] = []
        self.changed = threading.Condition()

    # What happens there

    def post(self, text: str, *, by: str = "mira", visible_after: int = 0, refused: bool = False, **more: Any) -> str:
        """Somebody posts. Gives the address; the look-ups know it after so many times of asking."""
        rkey = f"3k{len(self.events):011d}"
        did = f"did:plc:{by}"
        uri = f"at://{did}/{POSTS}/{rkey}"
        record = {"$type": POSTS, "text": text, "createdAt": datetime.now(UTC).isoformat(), **more.pop("record", {})}
        self.views[uri] = {
            "uri": uri, "cid": f"cid-{rkey}-0", "record": record, "indexedAt": datetime.now(UTC).isoformat(), "labels": [],
            "author": {"did": did, "handle": f"{by}.example", "displayName": by.title(), "labels": [], **more.pop("author", {})},
            "replyCount": 0, "repostCount": 0, "likeCount": 0, "quoteCount": 0, **more,
        }  # fmt: skip
        self.not_yet[uri] = visible_after
        self.refused |= {uri} if refused else set()
        self._happen(did, operation="create", rkey=rkey, record=record)
        return uri

    def passes_on(self, did: str, rkey: str, record: dict[str, Any] | None) -> None:
        """What happened at a server of somebody else's: a post, or None for one that is gone."""
        uri = f"at://{did}/{POSTS}/{rkey}"
        if record is None:
            self.views.pop(uri, None)
            self._happen(did, operation="delete", rkey=rkey)
            return
        author = {"did": did, "handle": "handle.invalid", "displayName": "Somebody", "labels": []}
        self.views[uri] = {"uri": uri, "cid": f"cid-{rkey}", "record": record, "labels": [], "author": author}
        self._happen(did, operation="create", rkey=rkey, record=record)

    def edit(self, uri: str, text: str) -> None:
        view = self.views[uri]
        view["record"] = {**view["record"], "text": text}
        view["cid"] += "'"
        self._happen(view["author"]["did"], operation="update", rkey=uri.rpartition("/")[2], record=view["record"])

    def delete(self, uri: str) -> None:
        view = self.views.pop(uri)
        self._happen(view["author"]["did"], operation="delete", rkey=uri.rpartition("/")[2])

    def take_down(self, did: str) -> None:
        self.views = {uri: view for uri, view in self.views.items() if view["author"]["did"] != did}
        self._happen(did, account=False)

    def label(self, on: str, value: str, *, neg: bool = False) -> None:
        """Moderators label a post, by its address, or an account, by its DID; look-ups tell it too."""
        for uri, view in self.views.items():
            if not neg and on in (uri, view["author"]["did"]):
                (view if on == uri else view["author"])["labels"].append({"val": value})
        with self.changed:
            told = {"src": "did:plc:moderators", "uri": on, "val": value, "cts": datetime.now(UTC).isoformat()}
            self.labelled.append({**told, "neg": True} if neg else told)
            self.changed.notify_all()

    def noise(self, number: int = 1) -> None:
        for _ in range(number):
            record = {"$type": POSTS, "text": "about something else", "createdAt": datetime.now(UTC).isoformat()}
            self._happen("did:plc:other", operation="create", rkey="3knoise", record=record)

    def a_minute_passes(self) -> None:
        """What has happened so far was a minute ago."""
        for event in self.events:
            event["us"] -= 60_000_000

    def _happen(self, did: str, **what: Any) -> None:
        with self.changed:
            us = int(self.now().timestamp() * 1_000_000)
            self.events.append({"seq": FIRST + len(self.events), "us": us, "did": did, **what})
            self.changed.notify_all()

    # What it answers

    def look_up(self, uris: list[str]) -> tuple[int, object]:
        self.asked.append(uris)
        status = self.lookup_status if len(uris) <= 25 else 400
        if self.refused & set(uris):
            status = 400
        said: object = {"posts": list(self.looked_up(uris))} if status == 200 else {"error": "x"}
        self.during_lookup()
        return status, said if self.lookup_says is None else self.lookup_says

    def search(self, asked: dict[str, list[str]], authorization: str) -> tuple[int, object]:
        """Two a page, the newest first; words count as in a search, whether they are a hashtag or not."""
        self.searched.append(asked["q"][0])
        if authorization != f"Bearer {JWT}":
            return 403, {"error": "Forbidden"}
        word, at = asked["q"][0].lstrip("#").casefold(), int(asked.get("cursor", ["0"])[0])
        found = [view for view in reversed(self.views.values()) if word in view["record"]["text"].casefold()]
        more = {"cursor": str(at + 2)} if len(found) > at + 2 else {}
        return 200, {"posts": found[at : at + 2], **more}

    def looked_up(self, uris: list[str]) -> Iterator[dict[str, Any]]:
        for uri in uris:
            if self.not_yet.get(uri, 0) > 0:
                self.not_yet[uri] -= 1
            elif uri in self.views:
                yield self.views[uri]
