"""A tap with a name is done once, a conflict is told with who and what, and a form without a script goes on as ever."""

from typing import Any

import pytest

from app.actions.arrivals import receive
from app.actions.chair_marks import write_note
from app.actions.questions import dismiss, make_question
from app.actions.scenes import show_scene
from app.domain.access import Role
from app.domain.scene import Scene, Showing
from app.queries.questions import question_by_id
from tests.conftest import ASHA, incoming
from tests.views.site import OURS, Site, site

__all__ = ["site"]


@pytest.fixture
def asked(site: Site) -> list[int]:
    now = site.context.now()
    ids = []
    for ref in ("one", "two"):
        post_id = site.do(receive, site.event.id, incoming(f"What of {ref}?", ref=ref, by=ref), at=now).post_id
        ids.append(site.do(make_question, post_id, by=ASHA, at=now, talk_id=site.talk.id).id)
    site.enter(Role.SPEAKER, "stage")
    return ids


def tap(site: Site, path: str, key: str, after: int = 10_000, **data: str) -> Any:
    headers = {**OURS, "Accept": "application/json", "Tap": f"tablet {key} {after}"}
    return site.client.post(path, data=data, headers=headers)


def state(site: Site, question_id: int) -> str:
    return str(site.ask(question_by_id, question_id).state)


def test_a_tap_is_done_once_and_its_undo_too(site: Site, asked: list[int]) -> None:
    for _ in range(2):
        assert tap(site, f"/questions/{asked[0]}/stage", "k1").status_code == 200
    for _ in range(2):
        assert tap(site, f"/questions/{asked[0]}/stage?_method=DELETE", "k2").status_code == 200
    assert state(site, asked[0]) == "open"
    for question in asked:
        tap(site, f"/questions/{question}/dismissal", f"d{question}")
    for _ in range(2):
        assert tap(site, "/e/box10/stage/undo", "k3").json()["said"] == "Taken back."
    assert [state(site, question) for question in asked] == ["dismissed", "open"], "one undo, though it came twice"


def test_what_others_did_meanwhile_is_told_with_who_and_what(site: Site, asked: list[int]) -> None:
    before = site.ask(lambda db: db.get(type(site.event), site.event.id)).cursor
    site.do(dismiss, asked[0], by=ASHA, at=site.context.now())
    site.do(write_note, asked[1], "Samina knows", by=ASHA, at=site.context.now())
    for path in (f"/questions/{asked[0]}/stage", f"/questions/{asked[0]}/dismissal?_method=DELETE"):
        refused = tap(site, path, f"k{len(path)}", before)
        assert refused.status_code == 409
        for part in ("What of one?", "Asha", "dismissed"):
            assert part in refused.json()["detail"]
    noted = tap(site, f"/questions/{asked[1]}/note", "n", before, text="Ask Nia")
    assert (noted.status_code, "Ask Nia" in noted.json()["detail"]) == (409, True)
    assert site.ask(question_by_id, asked[1]).note == "Samina knows"


@pytest.mark.parametrize("header", ["", "tablet", "tablet key", "tablet key -1", "T K 1", "a b 1 2", f"{'a' * 33} k 1"])
def test_what_is_no_tap_of_ours_is_a_form_like_any(site: Site, asked: list[int], header: str) -> None:
    headers = {**OURS, "Accept": "application/json", "Tap": header}
    for _ in range(2):
        answered = site.client.post(f"/questions/{asked[0]}/stage", headers=headers)
        assert answered.status_code == 200
    assert state(site, asked[0]) == "on_stage"


def test_a_question_is_held_for_one_of_the_panel_and_then_it_is_nobodys_turn(site: Site, asked: list[int]) -> None:
    def turn() -> str:
        return str(site.client.get("/e/box10/stage").text.partition('id="next-words">')[2].partition("<")[0])

    assert turn() == "What of one?"
    tap(site, f"/questions/{asked[0]}/hold", "h1", name="  Nia   Rees ")
    assert turn() == "What of two?"
    assert '<bdi translate="no">Nia Rees</bdi>' in site.client.get("/e/box10/stage").text
    for page in ("", "/now"):
        assert "held for" not in site.client.get(f"/e/box10{page}").text
    tap(site, "/e/box10/stage/undo", "h2")
    assert turn() == "What of one?"
    assert tap(site, f"/questions/{asked[0]}/hold", "h3", name="N" * 61).status_code == 422


def test_a_late_tap_of_the_remote_leaves_the_scene_that_somebody_else_chose(site: Site) -> None:
    def cursor() -> int:
        return int(site.ask(lambda db: db.get(type(site.event), site.event.id)).cursor)

    site.enter(Role.MODERATOR, "remote")
    before = cursor()
    site.do(show_scene, site.event.id, Showing(Scene.JOIN), by=ASHA, at=site.context.now())
    late = tap(site, "/e/box10/remote/scene", "s1", before, scene="holding", room="0")
    assert (late.status_code, "Asha" in late.json()["detail"]) == (409, True)
    assert tap(site, "/e/box10/remote/scene", "s2", before, scene="join", room="0").status_code == 200
    for _ in range(2):
        assert tap(site, "/e/box10/remote/scene", "s3", cursor(), scene="holding", room="0").status_code == 200
    assert site.ask(lambda db: db.get(type(site.event), site.event.id)).showing == "holding"
