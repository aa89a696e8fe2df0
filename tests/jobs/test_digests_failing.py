"""A mail server that fails neither doubles nor loses a letter, and none has words that are on show no more."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.actions import digests
from app.actions.digests import DIGEST_PAUSES, MOST_TRIES_TO_TELL, UNCONFIRMED
from app.actions.event_states import close_event
from app.actions.verdicts import reject
from app.domain.digest import DigestState
from tests.conftest import ASHA
from tests.jobs.test_digests import JO, Digests, with_digests

HOUR = timedelta(hours=1)


def wanted(post: Digests) -> None:
    """Somebody has said twice that they want it, and it is due."""
    post.asks()
    post.work()
    post.confirms()
    post.do(close_event, post.event.id, at=datetime.now(UTC))
    post.box.letters.clear()


def states(post: Digests) -> list[DigestState]:
    return [row.state for row in post.rows()]


@pytest.mark.parametrize("farewell", ["421 too busy", "554 go away", "no answer that one could read"])
async def test_what_was_taken_is_not_sent_again_however_the_farewell_goes(tmp_path: Path, farewell: str) -> None:
    def act(post: Digests) -> None:
        wanted(post)
        post.box.says = {"QUIT": farewell}
        for _ in range(3):
            post.work()
            post.later += HOUR
        assert (len(post.letters()), states(post)) == (1, [DigestState.SENT])

    await with_digests(tmp_path, act)


@pytest.mark.parametrize(
    "says",
    [
        {"MAIL": "550 who are you"}, {"MAIL": "451 later"}, {"RCPT": "450 come again"}, {".": "452 full"}, {".": ""},
    ],
    ids=str,
)  # fmt: skip
async def test_what_fails_for_a_day_is_sent_once_it_works_again_and_known_as_the_same(
    tmp_path: Path, says: dict[str, str]
) -> None:
    """Whatever is wrong with the server, or with who sends, it is no fault of the letter."""

    def act(post: Digests) -> None:
        wanted(post)
        post.box.says = says
        for _ in range(len(DIGEST_PAUSES) + 24):
            post.work()
            post.later += HOUR
        named = {one["Message-ID"] for one in post.letters()}
        post.box.says, said = {}, len(post.letters())
        for _ in range(3):
            post.work()
            post.later += HOUR
        assert (len(post.letters()) - said, states(post)) == (1, [DigestState.SENT])
        assert named <= {post.letters()[-1]["Message-ID"]}

    await with_digests(tmp_path, act)


async def test_an_address_that_is_refused_is_given_up_and_so_is_a_server_that_never_comes_back(tmp_path: Path) -> None:
    def refused(post: Digests) -> None:
        wanted(post)
        post.box.refuses = {JO: "550 nobody"}
        post.work()
        assert post.rows() == []

    def never(post: Digests) -> None:
        wanted(post)
        post.box.refuses = {JO: "451 later"}
        for number in range(MOST_TRIES_TO_TELL + 1):
            assert states(post) == [DigestState.WANTED], number
            post.work()
            post.later += HOUR
        assert post.rows() == []

    await with_digests(tmp_path / "refused", refused)
    await with_digests(tmp_path / "never", never)


async def test_what_is_taken_down_between_two_tries_is_in_no_letter(tmp_path: Path) -> None:
    def act(post: Digests) -> None:
        wanted(post)
        post.box.refuses = {JO: "451 later"}
        post.work()
        post.do(reject, 2, by=ASHA, at=datetime.now(UTC))
        post.box.refuses = {}
        post.later += HOUR
        post.work()
        (letter,) = post.letters()
        assert "network.example/x" in letter.get_content()
        assert "Worth reading" not in letter.get_content()

    await with_digests(tmp_path, act)


async def test_who_has_not_answered_may_ask_again_within_the_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody makes this server write to the world, also not to those to whom it has written before."""
    monkeypatch.setattr(digests, "MOST_ASKING", 1)

    def act(post: Digests) -> None:
        post.asks()
        post.work()
        post.later += UNCONFIRMED
        post.work()
        assert states(post) == [DigestState.UNANSWERED]
        post.later = timedelta()
        assert [post.asks(address).status_code for address in ("new@example.org", JO)] == [200, 503]
        post.work()
        assert [one["To"] for one in post.letters()[1:]] == ["new@example.org"]
        assert states(post) == [DigestState.UNANSWERED, DigestState.ASKING]

    await with_digests(tmp_path, act)
