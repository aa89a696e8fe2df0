"""What is written about the API is tried out by programs made at random from its description, as different people."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings

from app.actions.arrivals import receive
from app.actions.questions import make_question
from app.domain.access import Role
from app.domain.decision import Actor
from app.main import create_app
from app.settings import Settings
from tests.conftest import incoming
from tests.running import Running, ThreadedServer
from tests.servers import missing
from tests.until import PATIENCE

try:
    import requests
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.core.parameters import ParameterLocation
    from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
except ImportError:
    missing("schemathesis is not installed: bin/setup test")

EXAMPLES = int(os.environ.get("API_EXAMPLES", "200"))
"""For each operation, asked by each of these."""
WHO: dict[str, Role | None] = {"owner": Role.OWNER, "moderator": Role.MODERATOR, "nobody": None}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    made = Settings(
        _env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"
    )  # type: ignore[call-arg]
    server = ThreadedServer(made)
    found = server.start()
    now, by = datetime.now(UTC), Actor("Asha", None)
    for number in range(8):
        post = found.do(receive, found.event.id, incoming(f"Something, number {number}", ref=str(number)), at=now)
        if number < 2:
            found.do(make_question, post.post_id, by=by, at=now)
    yield found
    server.stop()


@pytest.fixture(scope="module")
def schema(running: Running) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_url(f"{running.url}/openapi.json", timeout=PATIENCE)
    for check in (schema.config.checks.negative_data_rejection, schema.config.checks.positive_data_acceptance):
        check.expected_statuses = [*check.expected_statuses, "413"]  # a list may be too long, and too large before that
    return schema


@cache
def description() -> dict[str, Any]:
    return create_app(Settings(_env_file=None)).openapi()  # type: ignore[call-arg]


def operations(*tags: str) -> list[tuple[str, str]]:
    """Method and path of what the description has under these tags. A worker takes a file of tests, so there are some."""
    return [
        (verb, path)
        for path, verbs in description()["paths"].items()
        for verb, told in verbs.items()
        if set(told["tags"]) <= set(tags)
    ]


def is_as_described(running: Running, schema: schemathesis.BaseSchema, who: str, method: str, path: str) -> None:
    """Ask in sound and in wrong ways, as somebody or nobody: whatever comes back was announced."""
    role = WHO[who]
    headers = {"Authorization": f"Bearer {running.tokens[role]}"} if role else {}
    sound, wrong = (schema[path][method].as_strategy(generation_mode=mode) for mode in GenerationMode)
    with requests.Session() as session:

        @given(sound | wrong)
        @hypothesis_settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
        def try_out(case: schemathesis.Case) -> None:
            told = {"headers": headers, "timeout": PATIENCE}
            case.call_and_validate(session=session, excluded_checks=excused(case, method, path), **told)

        try_out()


RULES_BEYOND = {
    "/api/v1/policy", "/api/v1/policy/trial", "/api/v1/alarms", "/api/v1/brand", "/api/v1/hooks",
    "/api/v1/event/announcement", "/api/v1/erasures", "/api/v1/retention",
}  # fmt: skip
"""What is asked there may be of the right shape and still cannot be, such as a mode that there is not: 422 with why."""


def excused(case: schemathesis.Case, method: str, path: str) -> list[Callable[..., object]]:
    """Unknown parameters are passed over, here and everywhere on the web; an unknown rule is not."""
    body = case.meta.components.get(ParameterLocation.BODY) if case.meta else None
    wrong_body = body is not None and body.mode is GenerationMode.NEGATIVE
    return [
        *([] if wrong_body else [negative_data_rejection]),
        *([positive_data_acceptance] if path in RULES_BEYOND else []),
    ]
