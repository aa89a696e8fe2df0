"""What a page was made of goes with it: no row, card or macro waits for the collector."""

import gc
import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.questions import make_question
from app.actions.verdicts import approve
from app.domain.access import Role
from tests.conftest import ASHA, NOON, incoming
from tests.views.site import OURS, Site

OF_PAGES = {"Post", "Author", "Question", "Card", "QuestionCard", "DeskCard", "Signed", "PassingContext", "Macro"}


def left_behind(act: Callable[[], Any]) -> Counter[str]:
    """What is still there after an act, held by nothing but itself."""
    act()  # what is kept for good is made the first time
    gc.collect()
    gc.disable()
    try:
        act()
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        return Counter(type(one).__name__ for one in gc.garbage)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


@pytest.fixture
def full(site: Site) -> Site:
    for number in range(6):
        post = site.do(receive, site.event.id, incoming(f"Said {number}", ref=str(number), by=f"a{number}"), at=NOON)
        if number % 2:
            site.do(approve, post.post_id, by=ASHA, at=NOON)
            site.do(make_question, post.post_id, by=ASHA, at=NOON)
    site.enter(Role.OWNER, "setup")
    return site


@pytest.mark.parametrize("page", ["", "/wall", "/desk", "/stage", "/setup", "/log", "/figures"])
def test_a_page_leaves_nothing_behind_whatever_cookie_it_was_asked_with(full: Site, page: str) -> None:
    for told in ("", "nonsense", "a.b.c"):
        cookie = {"Cookie": "; ".join([*(f"{k}={v}" for k, v in full.client.cookies.items()), f"told={told}"])}
        found = left_behind(lambda cookie=cookie: full.client.get(f"/e/box10{page}", headers={**OURS, **cookie}))
        assert not OF_PAGES & found.keys(), (told, found.most_common(9))


@pytest.mark.parametrize("view", ["wall", "floor", "desk", "stage", "setup"])
def test_a_push_leaves_nothing_behind(full: Site, view: str) -> None:
    def read(db: Session) -> int:
        return len(full.context.views[view].catch_up(db, full.event.id, 0, full.context.render)[1])

    assert full.ask(read)
    found = left_behind(lambda: full.ask(read))
    assert not OF_PAGES & found.keys(), found.most_common(9)


def test_a_page_that_was_made_before_looks_up_no_template_on_the_disk(
    full: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, getmtime = [], os.path.getmtime
    full.client.get("/e/box10/desk")
    monkeypatch.setattr(os.path, "getmtime", lambda path: looked.append(path) or getmtime(path))
    assert full.client.get("/e/box10/desk").status_code == 200
    assert looked == []
