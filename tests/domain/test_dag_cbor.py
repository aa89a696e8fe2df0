"""DAG-CBOR, beside the library that Bluesky's own programs use."""

from contextlib import suppress

import libipld  # type: ignore[import-not-found]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.dag_cbor import NoCbor, decoded

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(VALUES)
def test_what_the_library_writes_is_read(value: object) -> None:
    assert decoded(libipld.encode_dag_cbor(value)) == value


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_a_value_or_none(block: bytes) -> None:
    with suppress(NoCbor):
        decoded(block)


@pytest.mark.parametrize(
    "block", [b"\x81" * 5_000 + b"\x00", b"\x9b" + b"\xff" * 8, b"\x5b" + b"\xff" * 8, b"\xbf", b"\x00\x00"]
)
def test_no_length_and_no_depth_is_believed(block: bytes) -> None:
    with pytest.raises(NoCbor):
        decoded(block)
