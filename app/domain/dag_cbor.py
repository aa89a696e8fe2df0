"""DAG-CBOR, the part of CBOR that repositories are written in. Pure; believes no length."""

import struct
from dataclasses import dataclass
from typing import Any

MOST_NESTED = 100
_LINK = 42
"""The tag of a link to another block, the only one there is."""


class NoCbor(ValueError):
    """These bytes are no DAG-CBOR."""


@dataclass(frozen=True, slots=True)
class BlockLink:
    """To a block, by the bytes of its CID."""

    cid: bytes


def decoded(block: bytes) -> Any:
    """The one value of a block. Raises NoCbor."""
    value, end = read_value(block, 0)
    if end != len(block):
        raise NoCbor("more than one value")
    return value


def read_value(block: bytes, at: int, depth: int = 0) -> tuple[Any, int]:
    """A value, and where the next begins."""
    if depth > MOST_NESTED:
        raise NoCbor("nested beyond reading")
    kind, number, at = _head(block, at)
    match kind:
        case 0:
            return number, at
        case 1:
            return -1 - number, at
        case 2 | 3:
            return _string(block, kind, at, number), at + number
        case 4:
            return _list(block, at, number, depth)
        case 5:
            return _map(block, at, number, depth)
        case 6:
            return _link(block, at, number, depth)
        case _:
            return number, at


def _head(block: bytes, at: int) -> tuple[int, Any, int]:
    """Kind, number and where the rest begins. Of kind 7 the number is the value itself."""
    if at >= len(block):
        raise NoCbor("cut off")
    kind, short = block[at] >> 5, block[at] & 31
    at += 1
    if kind == 7:
        return kind, *_simple(block, at, short)
    if short < 24:
        return kind, short, at
    size = {24: 1, 25: 2, 26: 4, 27: 8}.get(short)
    if size is None or at + size > len(block):
        raise NoCbor("a length that is none")
    return kind, int.from_bytes(block[at : at + size], "big"), at + size


def _simple(block: bytes, at: int, short: int) -> tuple[Any, int]:
    if short in (20, 21, 22):
        return {20: False, 21: True, 22: None}[short], at
    if short == 27 and at + 8 <= len(block):
        return struct.unpack(">d", block[at : at + 8])[0], at + 8
    raise NoCbor("a value that is not of this form")


def _string(block: bytes, kind: int, at: int, size: int) -> bytes | str:
    if at + size > len(block):
        raise NoCbor("cut off")
    found = block[at : at + size]
    if kind == 2:
        return found
    try:
        return found.decode()
    except UnicodeDecodeError:
        raise NoCbor("a text that is none") from None


def _list(block: bytes, at: int, size: int, depth: int) -> tuple[list[Any], int]:
    found = []
    for _ in range(size):
        value, at = read_value(block, at, depth + 1)
        found.append(value)
    return found, at


def _map(block: bytes, at: int, size: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    for _ in range(size):
        key, at = read_value(block, at, depth + 1)
        if not isinstance(key, str):
            raise NoCbor("a key that is no text")
        found[key], at = read_value(block, at, depth + 1)
    return found, at


def _link(block: bytes, at: int, tag: int, depth: int) -> tuple[BlockLink, int]:
    value, at = read_value(block, at, depth + 1)
    if tag != _LINK or not isinstance(value, bytes) or value[:1] != b"\0":
        raise NoCbor("a tag that is not of this form")
    return BlockLink(value[1:]), at
