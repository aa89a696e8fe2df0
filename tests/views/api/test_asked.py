"""In what programs say, false is no number, and neither 1 nor "yes" is true."""

from typing import Any

import pytest
from pydantic import Field, ValidationError

from app.views.api.asked import Asked


class Wanted(Asked):
    much: int = Field(default=0, ge=0)
    perhaps: int | None = None
    many: list[int] = []
    sure: bool = False
    words: str = ""


@pytest.mark.parametrize("said", [{"much": 3}, {"perhaps": None}, {"many": [1, 2]}, {"sure": True}, {"words": "1"}, {}])
def test_what_is_of_its_own_type_is_taken(said: dict[str, Any]) -> None:
    assert Wanted.model_validate(said).model_dump() == {**Wanted().model_dump(), **said}


@pytest.mark.parametrize(
    "said",
    [{"much": False}, {"much": "3"}, {"perhaps": True}, {"many": [1, True]}, {"many": ["1"]}, {"sure": 1},
     {"sure": "yes"}, {"sure": 0.0}, {"words": 1}, {"words": True}],
)  # fmt: skip
def test_what_is_of_another_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Wanted.model_validate(said)
