"""Everybody who follows one screen of one Event in this process."""

import time
from collections import Counter

from app.live.broadcast import Broadcast, Message
from app.live.counters import Counters
from app.live.listeners.batch import Listener
from app.live.listeners.batches import Batches
from app.live.subscription import Subscription

POLLED = 45.0
"""Seconds for which a page that asks over HTTP counts as listening."""


class Audience:
    """Holds the readers of a Broadcast: listeners by the thousand, and subscriptions. Called in the loop's thread."""

    def __init__(self, broadcast: Broadcast, figures: Counters) -> None:
        self.broadcast = broadcast
        self.left_at = time.monotonic()
        """When the last reader left, by the monotonic clock."""
        self._figures = figures
        self._subscriptions: set[Subscription] = set()
        self._batches = Batches(broadcast, figures)
        self._ahead: list[tuple[int, Listener]] = []
        self._links: Counter[int] = Counter()
        self._asked: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._batches) + len(self._ahead) + len(self._subscriptions) + self.polling()

    def subscribe(self, subscription: Subscription) -> None:
        self._subscriptions.add(subscription)
        self._came(subscription.access_id)

    def leave(self, subscription: Subscription) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.discard(subscription)
            self._went(subscription.access_id)

    def join(self, listener: Listener, number: int) -> None:
        """Follow from a message of the Broadcast on, what is there already at once."""
        self._came(listener.access_id)
        self._batches.follow(listener, number)

    def join_from(self, listener: Listener, cursor: int) -> None:
        """Follow from a cursor that this process may not have read up to yet."""
        self._came(listener.access_id)
        self._follow_from(listener, cursor)

    def part(self, listener: Listener) -> None:
        """A listener is gone."""
        self._batches.part(listener)
        self._ahead = [(cursor, other) for cursor, other in self._ahead if other is not listener]
        self._went(listener.access_id)

    def count_missed(self, messages: int) -> None:
        """Messages that a listener got together with the answer to its handshake."""
        self._figures.deliveries += messages

    def asked_by(self, whose: str) -> None:
        """A page without a socket was here."""
        name = hash(whose)
        self._asked.pop(name, None)
        self._asked[name] = self.left_at = time.monotonic()

    def polling(self) -> int:
        """How many asked lately; the ones who asked last stand last."""
        since = time.monotonic() - POLLED
        while self._asked and self._asked[first := next(iter(self._asked))] < since:
            del self._asked[first]
        return len(self._asked)

    def told(self, message: Message) -> None:
        self.broadcast.tell(message)
        self._bring_in()
        for subscription in list(self._subscriptions):
            subscription.wake()
        self._batches.told(message.changed_at)

    def stand_at(self, cursor: int) -> None:
        self.broadcast.stand_at(cursor)
        self._bring_in()

    def close(self, code: int, reason: str, among: frozenset[int] | None = None) -> None:
        """Close all readers, or only those that came by one of these links."""
        for subscription in list(self._subscriptions):
            if among is None or subscription.access_id in among:
                subscription.close(code, reason)
        for listener in self._everybody():
            if among is None or listener.access_id in among:
                listener.close(code, reason)

    def access_ids(self) -> frozenset[int]:
        return frozenset(self._links)

    def tick_subscriptions(self) -> None:
        for subscription in self._subscriptions:
            subscription.tick()

    def beat(self, number: int, ping: bytes) -> list[Listener]:
        """Ticks and pings for one batch; gives who sits there."""
        return self._batches.beat(number, ping)

    def _everybody(self) -> list[Listener]:
        return [*self._batches.everybody(), *(listener for _, listener in self._ahead)]

    def _bring_in(self) -> None:
        if self._ahead:
            ahead, self._ahead = self._ahead, []
            for cursor, listener in ahead:
                self._follow_from(listener, cursor)

    def _came(self, access_id: int | None) -> None:
        self._figures.joined += 1
        if access_id is not None:
            self._links[access_id] += 1

    def _went(self, access_id: int | None) -> None:
        self.left_at = time.monotonic()
        if access_id is not None:
            self._links[access_id] -= 1
            if not self._links[access_id]:
                del self._links[access_id]

    def _follow_from(self, listener: Listener, cursor: int) -> None:
        number = self.broadcast.place(cursor)
        if number is not None:
            self._batches.follow(listener, number)
        elif cursor > self.broadcast.cursor:
            self._ahead.append((cursor, listener))
        else:
            self._batches.cut_off(listener)
