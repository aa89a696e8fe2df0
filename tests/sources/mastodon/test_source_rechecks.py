"""What is edited, deleted or hidden on a server is found out by asking again; who does not answer withdraws nothing."""

import pytest

from app.domain.incoming import Account, Became, Incoming, Withdrawal
from app.sources import Ended
from tests.sources.keeping import Kept
from tests.sources.mastodon.asking import ULID, listened, source, two
from tests.sources.mastodon.server import MastodonServer, Said

__all__ = ["two"]


@pytest.mark.parametrize("knows_several", [True, False])
async def test_what_is_edited_deleted_or_hidden_is_found_out(*, knows_several: bool) -> None:
    with MastodonServer(ids=ULID, knows_several=knows_several) as server:
        edited, deleted, hidden, left_out, stays = (
            server.post(f"<p>{number}</p>", by=f"by{number}") for number in range(5)
        )
        kept = Kept()
        listening = source(server)
        await listened(listening, kept)
        refs = kept.known
        by_id = {known_as.partition("/")[2]: ref for known_as, ref in refs.items()}
        server.edit(edited, "<p>better</p>")
        server.delete(deleted)
        server.find(hidden)["visibility"] = "private"
        server.hidden.add(left_out)
        found: list[Became] = await listening.recheck(refs)
        newer = [one for one in found if isinstance(one, Incoming)]
        assert [(one.ref, one.text) for one in newer] == [(by_id[edited], "better")]
        assert newer[0].version > 0
        gone = {one.ref for one in found if isinstance(one, Withdrawal)}
        assert gone == {by_id[deleted], by_id[hidden]}
        assert {one.ref for one in found if isinstance(one, Account)} == {by_id[left_out], by_id[stays]}


async def test_an_edit_that_is_known_is_not_told_again(two: tuple[MastodonServer, MastodonServer]) -> None:
    kept, listening = Kept(), source(two[0])
    two[0].edit(two[0].post("<p>one</p>"), "<p>two</p>")
    await listened(listening, kept)
    assert [type(one) for one in await listening.recheck(kept.known)] == [Account]


async def test_what_came_from_a_server_that_is_named_no_more_is_looked_after(
    two: tuple[MastodonServer, MastodonServer],
) -> None:
    kept = Kept()
    two[0].post("<p>from the first</p>")
    await listened(source(*two), kept)
    two[0].delete(two[0].statuses[0]["id"])
    only_second = source(*two)
    only_second._left = {two[0].name: only_second._servers.pop(two[0].name)}
    assert [type(one) for one in await only_second.recheck(kept.known)] == [Withdrawal]


async def test_a_server_that_does_not_answer_withdraws_nothing(two: tuple[MastodonServer, MastodonServer]) -> None:
    kept, listening = Kept(), source(two[0])
    two[0].post("<p>one</p>")
    await listened(listening, kept)
    for broken in (Said(500), Said(401), Said(200, "<html>")):
        two[0].fault = lambda _, path, broken=broken: broken  # type: ignore[misc]
        with pytest.raises(Ended):
            await listening.recheck(kept.known)
