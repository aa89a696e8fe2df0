"""The floor: one phone is slowed down, a draft is stored once, and each phone sees its own."""

from datetime import UTC, datetime

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from tests.conftest import ASHA, incoming
from tests.views.site import OURS, Site


def test_one_phone_is_slowed_down_and_the_hall_behind_its_address_is_not(site: Site) -> None:
    site.client.get("/e/box10")
    statuses = [site.post("/posts", text=f"I have a lot to say, part {n}", key=str(n)).status_code for n in range(6)]
    assert statuses == [200, 200, 200, 200, 429, 429]
    for number in range(20):
        site.client.cookies.clear()
        site.client.get("/e/box10")
        assert site.post("/posts", text=f"Another phone, number {number}").status_code == 200


def test_the_same_draft_sent_twice_is_stored_once(site: Site) -> None:
    site.client.get("/e/box10")
    for _ in range(2):
        page = site.post("/posts", text="Can you hear us at the back?", key="one-draft")
    assert page.text.count("Can you hear us at the back?") == 1


def test_a_phone_sees_the_state_of_its_own_posts_only(site: Site) -> None:
    site.client.get("/e/box10")
    site.post("/posts", text="Is there a hearing loop?", key="k")
    assert "waiting for a moderator" in site.client.get("/e/box10/mine").text
    site.do(approve, 1, by=ASHA, at=datetime.now(UTC))
    assert "asked" in site.client.get("/e/box10/mine").text
    site.client.cookies.clear()
    assert "hearing loop" not in site.client.get("/e/box10/mine").text


def test_nobody_withdraws_somebody_elses_post(site: Site) -> None:
    site.client.get("/e/box10")
    site.post("/posts", text="Is there a hearing loop?", key="k")
    site.client.cookies.clear()
    site.client.get("/e/box10")
    assert site.client.delete("/e/box10/posts/1", headers=OURS).status_code == 404


def test_words_are_shown_as_words(site: Site) -> None:
    post_id = site.do(
        receive, site.event.id, incoming("<script>alert(1)</script> & so on"), at=datetime.now(UTC)
    ).post_id
    site.do(approve, post_id, by=ASHA, at=datetime.now(UTC))
    page = site.client.get("/e/box10").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on" in page
