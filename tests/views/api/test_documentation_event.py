"""The same of the event, its questions and its rules."""

import pytest

from tests.running import Running
from tests.views.api.described import WHO, is_as_described, operations, running, schema, schemathesis

__all__ = ["running", "schema"]


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("method", "path"), operations("event", "rules"))
def test_every_answer_of_the_event_is_as_described(
    running: Running, schema: schemathesis.BaseSchema, who: str, method: str, path: str
) -> None:
    is_as_described(running, schema, who, method, path)
