"""Undoing through the API takes back a whole act, as the desk does."""

import pytest

from app.domain.access import Role
from tests.views.api.test_api import Api, api

__all__ = ["api"]


def verdict(api: Api, post_id: int) -> str:
    lists = ("held", "approved", "rejected", "stashed")
    return next(
        one for one in lists if post_id in [post["id"] for post in api.call("GET", f"/posts?verdict={one}").json()]
    )


@pytest.mark.parametrize("whose", ["mine", "anyone"])
def test_a_question_that_is_undone_leaves_nothing_on_the_wall(api: Api, whose: str) -> None:
    post_id = api.arrives()
    assert api.call("POST", f"/posts/{post_id}/question").status_code == 200
    assert verdict(api, post_id) == "approved"
    undone = api.call("POST", f"/undo?whose={whose}").json()
    assert (undone["subject"], undone["to"]) == ("question", "taken_back")
    assert verdict(api, post_id) == "held"
    assert api.call("GET", "/questions", role=Role.SPEAKER).json() == []
    assert api.call("POST", "/undo").json()["subject"] is None


def test_either_entry_of_the_log_undoes_both(api: Api) -> None:
    for subject in ("question", "post"):
        post_id = api.arrives()
        api.call("POST", f"/posts/{post_id}/question")
        entry = api.call("GET", f"/decisions?subject={subject}").json()[0]
        assert api.call("POST", f"/decisions/{entry['id']}/undoing").status_code == 200
        assert verdict(api, post_id) == "held"
        assert api.call("GET", "/questions", role=Role.SPEAKER).json() == []


def test_api_and_desk_refuse_in_the_same_words(api: Api) -> None:
    post_id, seen = api.arrives(), {"seen": "held", "version": 0}
    api.call("POST", f"/posts/{post_id}/verdict", json={"verdict": "rejected"})
    said = api.call("POST", f"/posts/{post_id}/verdict", json={"verdict": "approved", **seen}).json()["detail"]
    assert said == "Moderator was quicker: this post is rejected."
    api.client.get(f"/e/{api.event.slug}/desk?key={api.links[Role.OWNER].token}")
    ours = {"accept": "application/json", "origin": "http://testserver"}
    for act in ("approval", "question"):
        refused = api.client.post(f"/posts/{post_id}/{act}", data=seen, headers=ours)
        assert (refused.status_code, refused.json()["said"]) == (409, said)
