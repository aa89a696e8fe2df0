"""Whoever listens for the first time misses nothing from that moment on, whatever comes between."""

from collections.abc import Iterator

import pytest

from app.sources import Ended
from tests.sources.bluesky.asking import source
from tests.sources.bluesky.server import V1, V2, BlueskyServer
from tests.sources.keeping import Kept, listens

VERSIONS = pytest.mark.parametrize("version", [V1, V2], ids=["first", "second"])


@pytest.fixture
def there() -> Iterator[BlueskyServer]:
    with BlueskyServer() as server:
        yield server


@VERSIONS
async def test_a_first_connection_that_ends_before_it_told_of_anything_leaves_no_gap(
    there: BlueskyServer, version: str
) -> None:
    kept = Kept()
    there.close_with = 1001
    with pytest.raises(Ended):
        await listens(source(there, version), kept, lambda: False)
    uri = there.post("while nobody listened #box10")
    await listens(source(there, version), kept, lambda: uri in kept.refs)


@VERSIONS
async def test_what_is_posted_between_the_greeting_and_the_first_word_comes(there: BlueskyServer, version: str) -> None:
    there.before_it_tells = lambda: there.post("at that very moment #box10") and None
    kept = Kept()
    await listens(source(there, version), kept, lambda: kept.texts == ["at that very moment #box10"])
