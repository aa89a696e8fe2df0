"""A repository of somebody's records as a `.car` file: blocks, and a tree that says which record has which key."""

from collections.abc import Iterator
from typing import Any

from app.domain.dag_cbor import BlockLink, NoCbor, decoded, read_value
from app.domain.recorded import Broken, NoRecording

Json = dict[str, Any]
MOST_RECORDS = 1_000_000
_SHA_256 = b"\x01\x71\x12\x20"
"""How the CID of a block begins here: version 1, DAG-CBOR, 32 bytes of SHA-256."""
_CID_BYTES = 36


def is_repository(start: bytes) -> bool:
    """A length, then a small map with `roots` and `version`."""
    return b"eroots" in start[:64] and b"gversion" in start[:128]


def repository(content: bytes) -> Json:
    """`{"did", "records": [{"uri", "cid", "value"}]}`, by key; a record whose block is missing or broken is Broken.

    Raises NoRecording where not even its commit is there.
    """
    try:
        roots, blocks = _blocks(content)
        commit = _value(blocks, roots[0])
        did, data = commit["did"], commit["data"]
    except (NoCbor, LookupError, TypeError):
        raise NoRecording("this .car file is damaged, or no repository of posts") from None
    if not isinstance(did, str) or not did.startswith("did:"):
        raise NoRecording("this .car file does not say whose it is")
    return {"repository": did, "did": did, "records": list(_records(blocks, did, data))}


def _blocks(content: bytes) -> tuple[list[bytes], dict[bytes, bytes]]:
    """The roots, and every block by its CID; a file that was cut off has those before."""
    size, at = _varint(content, 0)
    header, _ = read_value(content[: at + size], at)
    roots = [root.cid for root in header["roots"] if isinstance(root, BlockLink)]
    at += size
    blocks: dict[bytes, bytes] = {}
    while at < len(content):
        try:
            size, begins = _varint(content, at)
        except NoCbor:
            break
        at = begins + size
        block = content[begins:at]
        if len(block) == size and block.startswith(_SHA_256):
            blocks[block[:_CID_BYTES]] = block[_CID_BYTES:]
    return roots, blocks


def _records(blocks: dict[bytes, bytes], did: str, tree: object) -> Iterator[Json | Broken]:
    for count, (key, link) in enumerate(_leaves(blocks, tree)):
        if count == MOST_RECORDS:
            raise NoRecording("this file holds more records than can be read")
        if key is None or link is None:
            yield Broken("a part of the tree that is missing or damaged")
            continue
        try:
            value = _plain(_value(blocks, link))
        except (NoCbor, KeyError):
            yield Broken("a record that is missing or damaged")
            continue
        yield {"uri": f"at://{did}/{key}", "cid": _written(link), "value": value}


def _leaves(blocks: dict[bytes, bytes], root: object) -> Iterator[tuple[str | None, bytes | None]]:
    """In the order of their keys; each node once, so that a tree that bites its tail ends."""
    waiting: list[Any] = [root]
    seen: set[bytes] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            yield one
            continue
        if not isinstance(one, BlockLink) or one.cid in seen:
            continue
        seen.add(one.cid)
        try:
            node = _value(blocks, one.cid)
            below = list(_below(node))
        except (NoCbor, LookupError, TypeError, ValueError, AttributeError):
            yield None, None
            continue
        waiting += reversed(below)


MAX_KEY_BYTES = 1_024
"""Bytes; the protocol allows fewer."""


def _below(node: Any) -> Iterator[Any]:
    """The trees and leaves of a node, left to right; a key shares its beginning with the one before it."""
    yield node.get("l")
    key = b""
    for entry in node["e"]:
        key = key[: entry["p"]] + entry["k"]
        if len(key) > MAX_KEY_BYTES:
            raise NoCbor("a key that is too long")
        yield key.decode("ascii"), entry["v"].cid if isinstance(entry["v"], BlockLink) else None
        yield entry.get("t")


def _value(blocks: dict[bytes, bytes], cid: bytes) -> Any:
    return decoded(blocks[cid])


def _plain(value: Any) -> Any:
    """As JSON has it. Depth is bounded by who decoded it."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return (
        {"$link": _written(value.cid)} if isinstance(value, BlockLink) else None if isinstance(value, bytes) else value
    )


def _written(cid: bytes) -> str:
    """A CID as text: base 32, in small letters."""
    bits = "".join(f"{byte:08b}" for byte in cid)
    bits += "0" * (-len(bits) % 5)
    return "b" + "".join("abcdefghijklmnopqrstuvwxyz234567"[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5))


def _varint(content: bytes, at: int) -> tuple[int, int]:
    number = 0
    for shift in range(0, 63, 7):
        if at >= len(content):
            raise NoCbor("cut off")
        byte = content[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, at
    raise NoCbor("a length that is none")
