"""The stream of a moderation service: what it labels while it is shown leaves at once, not with the next look-ups.

Whatever goes wrong here is tried again and told nobody: the look-ups of what is kept find the same labels.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Never

from app.domain.dag_cbor import NoCbor, read_value
from app.sources import Clock, Ended
from app.sources.bluesky.jetstream import TooOld, listening
from app.sources.bluesky.payload import DOUBTFUL, NEVER
from app.sources.json_fields import Json, number_of, object_of, objects_of, text_of

log = logging.getLogger(__name__)

AGAIN = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
GIVEN = "#labels"


@dataclass(frozen=True, slots=True)
class Label:
    """`on` is the address of a post, or the DID of an account."""

    on: str
    value: str


class Labels:
    """Listened to for as long as its source holds a connection; it goes on from where it was."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._url, self._clock = url, clock
        self._seen: int | None = None

    async def listen(self, heed: Callable[[Label], None]) -> Never:
        failures = 0
        while not self._url:
            await asyncio.Event().wait()
        while True:
            try:
                async with listening(self._address()) as socket:
                    while True:
                        self._take(await socket.recv(), heed)
                        failures = 0  # who takes us and sends us away at once is asked less and less
            except (Ended, TooOld) as ended:
                log.info("labels of Bluesky: %s", ended)
            await self._clock.sleep(AGAIN[min(failures, len(AGAIN) - 1)])
            failures += 1

    def _address(self) -> str:
        return self._url if self._seen is None else f"{self._url}?cursor={self._seen}"

    def _take(self, frame: str | bytes, heed: Callable[[Label], None]) -> None:
        head, body = _read(frame)
        if head.get("op") == -1:  # it is about to close: where we were is nothing to it
            self._seen = None
        if head.get("op") == 1 and head.get("t") == GIVEN:
            for label in _labels(body):
                heed(label)
            self._seen = number_of(body.get("seq")) or self._seen


def _read(frame: str | bytes) -> tuple[Json, Json]:
    """What kind of frame it is, and what it tells; nothing of one that cannot be read."""
    try:
        raw = frame.encode() if isinstance(frame, str) else frame
        head, at = read_value(raw, 0)
        return object_of(head), object_of(read_value(raw, at)[0])
    except NoCbor as error:
        log.warning("a frame of labels cannot be read (%s): %r", error, frame[:200])
        return {}, {}


def _labels(body: Json) -> Iterator[Label]:
    for one in objects_of(body.get("labels")):
        value = text_of(one.get("val"), 128)
        if value in NEVER | DOUBTFUL and one.get("neg") is not True:
            yield Label(text_of(one.get("uri"), 300), value)
