"""How a Jetstream writes its events, in either version."""

from datetime import UTC, datetime
from typing import Any

POSTS = "app.bsky.feed.post"
NAME = "network.bsky.jetstream.subscribeEvents"
LABELS = "/xrpc/com.atproto.label.subscribeLabels"


def frame(event: dict[str, Any], *, second: bool) -> dict[str, Any]:
    commit = {name: event[name] for name in ("operation", "rkey", "record") if name in event}
    is_account, seen_at = "account" in event, datetime.fromtimestamp(event["us"] / 1_000_000, UTC).isoformat()
    account = {"active": event.get("account"), "did": event["did"], "seq": 7, "time": seen_at}
    if not event.get("account", True):
        account["status"] = "takendown"
    if commit.get("operation") in ("create", "update"):
        commit["cid"] = "bafyreigb666sdjyyaczcahxmf5tzh7dec6bwr3nhdab7llebn7vhsxzgr4"
    if second:
        payload = {
            "$type": f"{NAME}#{'account' if is_account else 'commit'}",
            "seq": event["seq"],
            "did": event["did"],
            "time": seen_at,
            "witnessedAt": seen_at,
        }
        told = {"account": account} if is_account else {"collection": POSTS, "rev": "3kaheyt6vpc2z", **commit}
        return {"$type": "message", "payload": {**payload, **told}}
    first = {"did": event["did"], "time_us": event["us"]}
    if "account" in event:
        return {**first, "kind": "account", "account": account}
    return {**first, "kind": "commit", "commit": {"collection": POSTS, "rev": "3kaheyt6vpc2z", **commit}}


def info(name: str) -> dict[str, Any]:
    return {"$type": "message", "payload": {"$type": f"{NAME}#info", "name": name, "message": "resumed later"}}


def label_frame(head: dict[str, Any], body: dict[str, Any]) -> bytes:
    """How a moderation service writes its labels: two values of CBOR."""
    import libipld  # type: ignore[import-not-found]

    return bytes(libipld.encode_dag_cbor(head) + libipld.encode_dag_cbor(body))
