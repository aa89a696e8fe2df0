"""What the desk tells the stage is on stage and remote until somebody there has seen it, and on no page of an audience."""

from app.domain.access import Role
from tests.views.site import OURS, Site, site

__all__ = ["site"]
WORDS = "Five minutes left, please"


def test_it_is_told_at_the_desk_seen_at_the_remote_and_is_on_no_page_of_the_audience(site: Site) -> None:
    pages = ("", "/now", "/wall", "/overlay", "/missed", "/archive", "/transcript")
    site.enter(Role.SCREEN, "wall")
    site.enter(Role.MODERATOR, "desk")
    assert site.post("/backstage", text=WORDS).status_code == 200
    for page in ("/stage", "/remote", "/desk"):
        assert WORDS in site.client.get(f"/e/box10{page}").text, page
    for page in pages:
        assert WORDS not in site.client.get(f"/e/box10{page}").text, page
    key = {**OURS, "Authorization": f"Bearer {site.links[Role.SPEAKER].token}"}
    (word,) = site.client.get("/api/v1/backstage", headers=key).json()
    assert (word["text"], word["seen_at"]) == (WORDS, None)
    assert site.client.put(f"/api/v1/backstage/{word['id']}/seen", headers=key).status_code == 204
    for page in ("/stage", "/remote"):
        assert WORDS not in site.client.get(f"/e/box10{page}").text, page
    assert "not seen yet" not in site.client.get("/e/box10/desk").text
    assert site.client.post("/api/v1/backstage", json={"text": "  "}, headers=key).status_code == 403
    desk = {**OURS, "Authorization": f"Bearer {site.links[Role.MODERATOR].token}"}
    assert site.client.post("/api/v1/backstage", json={"text": "  "}, headers=desk).status_code == 409


def test_desk_and_stage_agree_on_an_end_and_both_count_down_to_it_until_another_talk_runs(site: Site) -> None:
    def ends(page: str) -> str:
        text = str(site.client.get(f"/e/box10/{page}").text)
        return text.partition('data-until="')[2].partition('"')[0]

    site.enter(Role.MODERATOR, "desk")
    assert site.post("/backstage", minutes="5").status_code == 200
    assert "5 minutes left" in site.client.get("/e/box10/stage").text
    assert {ends(page) for page in ("stage", "remote", "desk")} == {""}, "nobody on stage has agreed yet"
    site.post("/backstage/1/seen")
    agreed = {ends(page) for page in ("stage", "remote", "desk")}
    assert len(agreed) == 1
    assert agreed != {""}
    for page in ("wall", "now", "overlay"):
        assert not ends(page)
        assert "minutes left" not in site.client.get(f"/e/box10/{page}").text
    for minutes in ("-1", "181", "many"):
        assert site.post("/backstage", minutes=minutes).status_code in {409, 422}
    site.post("/talk/end")
    assert {ends(page) for page in ("stage", "remote", "desk")} == {""}
    assert site.post("/backstage", minutes="5").status_code == 409, "no talk runs"
