"""Whatever a server or the way to it does, it comes out as `Ended`, and nothing is taken for a deletion."""

import socket

import pytest

from app.sources import Clock, Ended, Why
from app.sources.mastodon.wire import Wire
from tests.sources.raw_answers import FAULTS, answering

TEMPORARY = {Why.STALLED, Why.NETWORK, Why.PROTOCOL}


@pytest.mark.parametrize(("raw", "then"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
async def test_what_goes_wrong_on_the_way_is_told_and_withdraws_nothing(
    raw: bytes, then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sources.mastodon.wire.STATUSES_SECONDS", 0.3)
    with answering(raw, then) as name:
        wire = Wire(f"http://{name}", Clock(), token="secret-of-ours", allowed=frozenset({name}))
        for ask in (wire.get("/api/v1/x"), wire.there("/api/v1/x"), wire.listed("/api/v1/x", [])):
            with pytest.raises(Ended) as ended:
                await ask
            assert ended.value.why in TEMPORARY
            assert name in str(ended.value.sentence)
            told: BaseException | None = ended.value
            while told is not None:
                assert "secret-of-ours" not in repr(told) + repr(vars(told))
                told = told.__cause__ or told.__context__


async def test_where_nobody_listens_and_where_nobody_may_be_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        name = f"127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(Ended) as nobody:
        await Wire(f"http://{name}", Clock(), allowed=frozenset({name})).get("/")
    assert nobody.value.why is Why.NETWORK
    with pytest.raises(Ended) as private:
        await Wire(f"http://{name}", Clock()).get("/")
    assert private.value.why in {Why.BAD_RULES, Why.NETWORK}
