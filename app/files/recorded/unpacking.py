"""The bytes of a file, unpacked where it was packed, and never more of them than a recording may have."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.domain.recorded import NoRecording

GZIP = b"\x1f\x8b"
LOOKED_AT = 64 * 1024
"""So many bytes of the beginning tell what a file is."""
PACKED_AT_MOST = 3
"""Some pack what was packed."""
LARGEST = 8 * 2**30
"""Bytes, unpacked: a year of a busy hashtag with all its pictures told."""
FREE = 64 * 2**20
"""So much may come out of any file; beyond that, no more than …"""
HIGHEST_RATIO = 200
"""… so many times its own size: posts that are all alike pack to a hundredth, nothing packs better but nonsense."""
LARGEST_DOCUMENT = 256 * 2**20
"""Bytes of what has to be read as a whole: one JSON document, one repository."""
DAMAGED = (EOFError, zlib.error, OSError)


class Bytes(io.RawIOBase):
    """What comes out of a file. Where it was cut off or damaged it ends, and `damage` says so."""

    def __init__(self, inner: IO[bytes], allowed: int, damage: str = "") -> None:
        self._inner, self._left = inner, allowed
        self.damage = damage

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            # Not `read`: what came before the damage would be lost with it.
            found = self._inner.read1(len(buffer))  # type: ignore[attr-defined]
        except DAMAGED as error:
            self.damage = f"the file is damaged here: {error}"
            return 0
        self._left -= len(found)
        if self._left < 0:
            raise NoRecording("unpacked, this file is larger than a recording can be")
        buffer[: len(found)] = found
        return len(found)


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[Bytes, IO[bytes]]]:
    """What is in a file, and the file itself (how far it has been read). Gzip is known by its first bytes."""
    size = path.stat().st_size
    with path.open("rb") as raw:
        inner: IO[bytes] = raw
        damage = ""
        try:
            for _ in range(PACKED_AT_MOST):
                begins = inner.read(2)
                inner.seek(0)
                if begins != GZIP:
                    break
                inner = gzip.GzipFile(fileobj=inner, mode="rb")  # type: ignore[assignment]
        except DAMAGED as error:
            damage = f"the file is damaged here: {error}"
        yield Bytes(inner, min(LARGEST, max(FREE, size * HIGHEST_RATIO)), damage), raw


def whole(content: IO[bytes] | Bytes) -> bytes:
    """All of it. Raises NoRecording for more than can be read as one."""
    found = bytearray()
    while part := content.read(2**20):
        found += part
        if len(found) > LARGEST_DOCUMENT:
            raise NoRecording("this file has to be read as a whole, and is too large for that")
    return bytes(found)
