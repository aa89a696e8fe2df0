"""Programs read the register of requests and do what setup does with them."""

from typing import Any

from app.actions.arrivals import receive
from app.actions.takedowns import ask_for_takedown
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.post import Post
from app.domain.takedown import TAKEN_DOWN_WITHIN, TakedownRequest
from app.domain.verdict import Verdict
from tests.conftest import ASHA, NOON, incoming
from tests.views.conftest import site
from tests.views.site import OURS, Site

__all__ = ["site"]


def test_a_request_is_read_acknowledged_done_and_opened_again(site: Site) -> None:
    key = {"Authorization": f"Bearer {site.links[Role.OWNER].token}", **OURS}
    post_id = site.do(receive, site.event.id, incoming("A name"), at=NOON).post_id
    site.do(approve, post_id, by=ASHA, at=NOON)
    wanted = TakedownRequest(f"#post-{post_id}", why="It names me", contact="jo@example.org")
    asked = site.do(ask_for_takedown, site.event.id, wanted, key="k", within=TAKEN_DOWN_WITHIN, at=NOON)

    def put(state: str, number: int = asked.id, **more: str) -> Any:
        return site.client.put(f"/api/v1/takedowns/{number}/state", json={"state": state, **more}, headers=key)

    (line,) = site.client.get("/api/v1/takedowns", headers=key).json()
    assert (line["state"], line["post_id"], line["contact"], line["late"]) == ("new", post_id, "jo@example.org", True)
    assert put("acknowledged").json()["state"] == "acknowledged"
    assert put("done").json()["late"] is False
    assert site.ask(lambda db: db.get_one(Post, post_id)).verdict is Verdict.REJECTED
    assert put("done").status_code == 422
    assert put("reopened").json()["state"] == "acknowledged"
    assert site.ask(lambda db: db.get_one(Post, post_id)).verdict is Verdict.APPROVED
    assert put("refused").status_code == 422
    assert put("refused", why="It was said in public").json()["answer"] == "It was said in public"
    assert put("forgotten").status_code == 422
    assert put("done", 99).status_code == 404
