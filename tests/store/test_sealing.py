"""What is sealed opens with its key, as what it is, and as nothing else."""

import base64

from hypothesis import given, settings
from hypothesis import strategies as st

from app.store.sealing import Seal

OURS, THEIRS = Seal(lambda: "one key of ours"), Seal(lambda: "another key")
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=20)
@given(words, words)
def test_what_is_sealed_opens_for_its_key_only(secret: str, about: str) -> None:
    sealed = OURS.sealed(secret, about)
    assert OURS.opened(sealed, about) == secret
    assert OURS.opened(sealed, f"{about}!") is None
    assert THEIRS.opened(sealed, about) is None
    assert OURS.sealed(secret, about) != sealed
    assert secret == "" or len(secret) < 4 or secret not in sealed


@settings(max_examples=20)
@given(st.binary(max_size=60), st.integers(0, 10_000))
def test_what_is_damaged_does_not_open(raw: bytes, place: int) -> None:
    whole = bytearray(base64.urlsafe_b64decode(OURS.sealed("a token", "x")))
    whole[place % len(whole)] ^= 1
    for damaged in (base64.urlsafe_b64encode(bytes(whole)).decode(), base64.urlsafe_b64encode(raw).decode(), "?", "é"):
        assert OURS.opened(damaged, "x") is None


def test_a_mark_is_the_same_for_the_same_secret_and_tells_nothing_without_the_key() -> None:
    assert OURS.mark("a token", "x") == Seal(lambda: "one key of ours").mark("a token", "x")
    assert (
        len({OURS.mark("a token", "x"), OURS.mark("a token", "y"), OURS.mark("b", "x"), THEIRS.mark("a token", "x")})
        == 4
    )
