"""The feed of a series is Atom as readers of feeds want it, whatever its editions are called."""

from datetime import UTC, datetime

from lxml import etree

from app.actions.editions import name_edition
from app.files.series_atom import ATOM, feed_of_series
from app.queries.series import series_at
from app.store.doors import Backchannel
from tests.weekly import FOUNDED, editions, weekly

NAMES = {"a": ATOM}


async def test_it_has_what_the_standard_asks_for_and_stays_well_formed(doors: Backchannel) -> None:
    await doors.do(weekly)
    first = (await doors.ask(editions))[0]
    await doors.do(name_edition, first.event.id, "Cake & <tea> \x0b\x02", at=datetime(2026, 10, 14, tzinfo=UTC))
    found = await doors.ask(series_at, "tea", FOUNDED)
    base = "https://live.example.org"
    feed = etree.fromstring(feed_of_series(found, url=f"{base}/s/tea", feed_url=f"{base}/s/tea/feed.atom", base=base))
    for place in (feed, *feed.findall("a:entry", NAMES)):
        assert [len(place.findall(f"a:{name}", NAMES)) for name in ("id", "title", "updated")] == [1, 1, 1]
    ids = feed.xpath("//a:id/text()", namespaces=NAMES)
    assert len(set(ids)) == len(ids) == 5
    assert feed.xpath("string(a:updated)", namespaces=NAMES) == "2026-10-14T00:00:00Z"
    assert feed.xpath("a:entry/a:title/text()", namespaces=NAMES)[-1].startswith("Tea chat: Cake & <tea>")
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=NAMES) == [f"{base}/s/tea/feed.atom"]
