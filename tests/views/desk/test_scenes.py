"""The walls' scenes from the desk and from programs: shown, told, refused, taken back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.actions.arrivals import receive
from app.actions.verdicts import approve, reject
from app.domain.access import Role
from tests.conftest import ASHA, NOON, incoming
from tests.views.site import OURS, Site


def scene(site: Site) -> str:
    page = site.client.get("/e/box10/wall").text
    return page.partition('data-scene="')[2].partition('"')[0]


def approved(site: Site) -> int:
    post_id: int = site.do(receive, site.event.id, incoming("The hall is full"), at=NOON).post_id
    site.do(approve, post_id, by=ASHA, at=NOON)
    return post_id


def test_the_desk_shows_a_scene_and_takes_it_back(site: Site) -> None:
    site.enter(Role.MODERATOR, "desk")
    assert scene(site) == "feed"
    site.post("/scene/join")
    assert scene(site) == "join"
    site.post("/scene/countdown", minutes="5")
    page = site.client.get("/e/box10/desk").text
    assert (scene(site), "a countdown" in page) == ("countdown", True)
    site.post("/scene/programme")
    assert scene(site) == "feed"
    site.post("/undo")
    assert scene(site) == "countdown"
    undone = site.client.delete("/e/box10/scene/programme", headers=OURS)
    assert undone.status_code == 409
    assert site.post("/scene/movie").status_code == 404
    assert site.post("/scene/sponsors").status_code == 409
    log = site.client.get("/e/box10/log").text
    assert "the scene of the wall" in log
    assert "a countdown" in log


def test_a_post_is_put_in_the_spotlight_whole_and_leaves_it_with_its_approval(site: Site) -> None:
    site.enter(Role.MODERATOR, "desk")
    post_id = approved(site)
    site.client.post(f"/posts/{post_id}/spotlight", headers=OURS)
    assert scene(site) == "spotlight"
    site.do(reject, post_id, by=ASHA, at=NOON)
    assert scene(site) == "feed"
    assert site.client.post(f"/posts/{post_id}/spotlight", headers=OURS).status_code == 409
    assert site.client.delete(f"/posts/{post_id}/spotlight", headers=OURS).status_code == 200


def test_what_is_announced_stands_below_until_it_is_ended_and_comes_back_by_undo(site: Site) -> None:
    site.enter(Role.MODERATOR, "desk")
    assert site.post("/announcement", text="").status_code == 422
    site.post("/announcement", text="Lunch is <b>upstairs</b>", minutes="5")
    wall = site.client.get("/e/box10/wall").text
    assert "Lunch is &lt;b&gt;upstairs&lt;/b&gt;" in wall
    site.post("/announcement/end")
    assert "upstairs" not in site.client.get("/e/box10/wall").text
    site.client.delete("/e/box10/announcement", headers=OURS)
    assert "upstairs" in site.client.get("/e/box10/wall").text
    site.post("/announcement", text="Please leave the building", whole="true")
    assert scene(site) == "announcement"


def test_programs_show_scenes_and_announce(site: Site) -> None:
    key = {"Authorization": f"Bearer {site.links[Role.MODERATOR].token}"}

    def put(what: str, **body: Any) -> Any:
        return site.client.put(f"/api/v1/event/{what}", json=body, headers=key)

    post_id = approved(site)
    told = put("scene", scene="spotlight", post_id=post_id).json()
    assert (told["scene"], told["chosen"], told["post_id"]) == ("spotlight", "spotlight", post_id)
    until = (datetime.now(UTC) + timedelta(minutes=5)).replace(microsecond=0)
    told = put("scene", scene="countdown", until=until.isoformat()).json()
    assert datetime.fromisoformat(told["until"]) == until
    assert put("scene", scene="spotlight", post_id=10**6).status_code == 409
    assert put("scene", scene="movie").status_code == 422
    told = put("announcement", text="Lunch", until=until.isoformat(), whole=True).json()
    assert (told["scene"], told["announcement"]["text"]) == ("announcement", "Lunch")
    told = site.client.delete("/api/v1/event/announcement", headers=key).json()
    assert (told["scene"], told["announcement"]) == ("countdown", None)
    told = put("scene", scene=None).json()
    assert (told["scene"], told["chosen"]) == ("feed", None)
