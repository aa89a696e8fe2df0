"""Size and shape: what has no words says so, however long it is."""

import pytest

from app.domain.screening.checks import shape
from tests.domain.screening.checks.telling import told
from tests.domain.screening.reading.test_blanks import NOTHING, SOMETHING


@pytest.mark.parametrize("text", NOTHING)
def test_what_looks_like_nothing_has_no_words(text: str) -> None:
    assert "empty" in [signal.code for signal in told(shape.check, text)]


@pytest.mark.parametrize("text", SOMETHING)
def test_what_is_seen_is_not_empty(text: str) -> None:
    assert "empty" not in [signal.code for signal in told(shape.check, text)]
