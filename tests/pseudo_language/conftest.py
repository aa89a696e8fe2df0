"""An event in the pseudo-language, at whose desk one sits."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.actions.events import change_event
from app.domain.access import Role
from app.main import create_app
from app.settings import Settings
from tests.databases import lay_down
from tests.views.desk.at_the_desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False)) as client:
        opened = Desk(client)
        opened.do(
            change_event, opened.event.id, name="10", hashtags=["box10"], zone="Europe/London", accent="teal",
            welcome="", language="en-XA", at=datetime.now(UTC),
        )  # fmt: skip
        opened.opens(Role.MODERATOR)
        yield opened
