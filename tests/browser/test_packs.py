"""What a speaker takes away, and the page that asks questions together: axe finds nothing, all is translated, nothing cut."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from sqlmodel import select

from app.domain.access import Role
from app.domain.question import Question, QuestionState
from app.views.languages import PSEUDO
from tests.browser.furnished import furnish_everything
from tests.browser.test_series import looked_at
from tests.browser.test_states import DESKTOP, serving
from tests.running import Running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    for running in serving(tmp_path_factory.mktemp("packs")):
        yield furnish_everything(running, PSEUDO)


def test_they_are_for_everybody_who_may_open_them(server: Running, browser: Browser) -> None:
    is_open = select(Question.id).where(Question.state == QuestionState.OPEN)
    question = server.do(lambda db: db.exec(is_open).first())
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    page.goto(server.link(Role.SPEAKER))
    found = {}
    for path in (
        f"/e/{server.event.slug}/packs",
        f"/e/{server.event.slug}/talks/{server.talk.id}/pack",
        f"/questions/{question}/merge",
    ):
        answer = page.goto(server.url + path)
        assert answer is not None
        assert answer.status == 200, path
        found[path] = looked_at(page)
    context.close()
    assert {path: what for path, what in found.items() if what} == {}
