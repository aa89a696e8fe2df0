"""The bus of many processes: Redis carries the bells and the state that is shared and may be lost.

While Redis is away every process goes on by itself: its own bells ring at home, the others look into the log each
second anyway, and limits are kept for each process.
"""

import asyncio
import json
import logging
import secrets
import time
from contextlib import suppress

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from app.bus import PRESENT_SECONDS, Present, added
from app.bus.memory import MemoryBus
from app.bus.rate_limits import Allowance

log = logging.getLogger(__name__)

BELLS = "backchannel:bells"
PRESENT = "backchannel:present"
REDIS_PATIENCE = 1.0
"""Seconds that Redis may take to answer before it counts as gone."""
AGAIN = 0.5
"""Seconds after which a lost connection is tried again."""
AWAY = (RedisError, OSError, TimeoutError)

# Buckets: what is left of each, and since when. One is taken of each or of none. Redis's own clock counts, so that
# processes need not agree on one.
_TAKE = """
local now = redis.call('TIME')
now = now[1] + now[2] / 1e6
local left, wait = {}, 0
for i, key in ipairs(KEYS) do
    local burst, pace = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i]) / 60
    local bucket = redis.call('HMGET', key, 'left', 'since')
    local was, since = tonumber(bucket[1]) or burst, tonumber(bucket[2]) or now
    left[i] = math.min(burst, was + (now - since) * pace)
    if left[i] < 1 then wait = math.max(wait, (1 - left[i]) / pace) end
end
for i, key in ipairs(KEYS) do
    if wait == 0 then left[i] = left[i] - 1 end
    redis.call('HSET', key, 'left', tostring(left[i]), 'since', tostring(now))
    redis.call('EXPIRE', key, math.ceil(tonumber(ARGV[2 * i - 1]) / tonumber(ARGV[2 * i]) * 60) + 1)
end
return tostring(wait)
"""


class RedisBus:
    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=REDIS_PATIENCE,
            socket_connect_timeout=REDIS_PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
        self._take = self._redis.register_script(_TAKE)
        self._me = secrets.token_hex(8)
        self._here = MemoryBus()
        self._listening: asyncio.Task[None] | None = None
        self._away = False

    async def ring(self, event_id: int) -> None:
        # At home at once; what Redis sends back of our own is dropped.
        self._here.ring_here(event_id)
        try:
            await self._redis.publish(BELLS, f"{self._me} {event_id}")
            self._back()
        except AWAY as error:
            self._gone(error)

    async def next_bell(self) -> int:
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._listen())
        return await self._here.next_bell()

    async def wait(self, *asked: Allowance) -> float:
        keys = [f"backchannel:rate:{one.kind}:{one.key}" for one in asked]
        rates = [number for one in asked for number in (one.rate.burst, one.rate.per_minute)]
        try:
            return float(await self._take(keys=keys, args=rates))
        except AWAY as error:
            self._gone(error)
            return await self._here.wait(*asked)

    async def tell_present(self, process: str, present: Present) -> None:
        await self._here.tell_present(process, present)
        with suppress(*AWAY):
            await self._redis.hset(PRESENT, process, json.dumps([time.time(), present]))
            await self._redis.expire(PRESENT, PRESENT_SECONDS * 4)

    async def present(self) -> Present:
        try:
            told = await self._redis.hgetall(PRESENT)
        except AWAY as error:
            self._gone(error)
            return await self._here.present()
        late = time.time() - PRESENT_SECONDS
        reports = {process: json.loads(report) for process, report in told.items()}
        if stale := [process for process, (at, _) in reports.items() if at < late]:
            with suppress(*AWAY):
                await self._redis.hdel(PRESENT, *stale)
        return added([present for at, present in reports.values() if at >= late])

    async def check(self) -> None:
        await self._redis.ping()

    async def close(self) -> None:
        while self._listening is not None and not self._listening.done():
            # The client may swallow a cancellation that meets a message on its way in.
            self._listening.cancel()
            await asyncio.wait({self._listening}, timeout=0.2)
        with suppress(*AWAY):
            await self._redis.aclose()

    async def _listen(self) -> None:
        """Hear the bells of the others, for ever; a connection that is lost is made again."""
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(BELLS)
                    self._back()
                    while True:
                        # An idle subscription times out here and is asked whether it still lives.
                        message = await heard.get_message(timeout=REDIS_PATIENCE * 5)
                        if message is None:
                            await heard.ping()
                        else:
                            self._pass_on(message["data"])
            except AWAY as error:
                self._gone(error)
                await asyncio.sleep(AGAIN)

    def _pass_on(self, said: str) -> None:
        sender, _, event_id = said.partition(" ")
        if sender != self._me and event_id.isdecimal():
            self._here.ring_here(int(event_id))

    def _gone(self, error: Exception) -> None:
        if not self._away:
            log.warning("Redis cannot be reached (%s); this process goes on by itself", error)
        self._away = True

    def _back(self) -> None:
        if self._away:
            log.warning("Redis is back")
        self._away = False
