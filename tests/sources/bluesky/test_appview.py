"""Whatever the look-ups or the way to them do, it comes out as `Ended`, and nothing is taken for a deletion."""

import aiohttp
import pytest

from app.sources import Clock, Ended, Why
from app.sources.bluesky.appview import AppView
from tests.sources.raw_answers import FAULTS, answering


@pytest.mark.parametrize(("raw", "then"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
async def test_what_goes_wrong_on_the_way_is_told_and_withdraws_nothing(
    raw: bytes, then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sources.bluesky.appview.ANSWER_TIMEOUT", aiohttp.ClientTimeout(total=0.3))
    with answering(raw, then) as name:
        with pytest.raises(Ended) as ended:
            await AppView(f"http://{name}", Clock()).posts(["at://did:plc:x/app.bsky.feed.post/1"])
        assert ended.value.why in {Why.STALLED, Why.NETWORK, Why.PROTOCOL}
