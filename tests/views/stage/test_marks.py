"""What the chair notes beside a question is on the stage and the desk, and on no page of the audience."""

from app.actions.arrivals import receive
from app.actions.chair_marks import star, write_note
from app.actions.questions import bring_on_stage, make_question
from app.domain.access import Role
from tests.conftest import ASHA, incoming
from tests.views.site import OURS, Site, site

__all__ = ["site"]
NOTE = "Samina knows the figures"


def test_a_note_reaches_the_stage_and_no_page_of_the_audience(site: Site) -> None:
    now = site.context.now()
    made = []
    for ref in ("open", "staged"):
        post_id = site.do(receive, site.event.id, incoming(f"What of {ref}?", ref=ref, by=ref), at=now).post_id
        made.append(site.do(make_question, post_id, by=ASHA, at=now).id)
        site.do(write_note, made[-1], f"{NOTE} of {ref}", by=ASHA, at=now)
        site.do(star, made[-1], by=ASHA, at=now)
    site.do(bring_on_stage, made[1], by=ASHA, at=now)
    wall, floor, now_page = (
        site.client.get(f"/e/box10{one}") if one != "wall" else site.enter(Role.SCREEN, one)
        for one in ("wall", "", "/now")
    )
    for page in (wall, floor, now_page):
        assert page.status_code == 200
        assert NOTE not in page.text

    stage = site.enter(Role.SPEAKER, "stage").text
    assert f"{NOTE} of open" in stage
    assert f"{NOTE} of staged" in stage
    noted = site.client.post(f"/questions/{made[0]}/note", data={"text": "<b>Later</b>"}, headers=OURS)
    assert "&lt;b&gt;Later&lt;/b&gt;" in noted.text
    assert NOTE + " of open" not in noted.text
