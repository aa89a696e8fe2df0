"""The floor: one phone is slowed down, a draft is stored once, and each phone sees its own."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.domain.post import Post
from app.views.floor.limits import MAX_LETTERS
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
    assert page.text.count('class="own-text" dir="auto">Can you hear us at the back?<') == 1


@pytest.mark.parametrize("other", [{"text": "And at the front?"}, {"name": "Ida"}, {"kind": "post"}])
def test_other_words_under_the_same_key_are_stored_too(site: Site, other: dict[str, str]) -> None:
    """The back button brings an old key; an answer that was lost leaves one in a box whose words were improved."""
    site.client.get("/e/box10")
    first = {"text": "Can you hear us at the back?", "key": "one-draft"}
    for words in (first, {**first, **other}, first):
        assert site.post("/posts", **words).status_code == 200
    stored = site.ask(lambda db: db.exec(select(Post.text).order_by(col(Post.id))).all())
    assert stored == [first["text"], other.get("text", first["text"])]


def test_a_line_break_counts_once_however_the_form_was_sent(site: Site) -> None:
    """A browser without JavaScript sends CR LF for what its own box counted as one letter."""
    site.client.get("/e/box10")
    typed = "\n".join(["w" * 99] * 5)
    assert len(typed) < MAX_LETTERS < len(typed) + 4
    assert site.post("/posts", text=(typed + "x").replace("\n", "\r\n"), key="k").status_code == 200
    assert site.ask(lambda db: db.exec(select(Post.text)).all()) == [typed + "x"]


@pytest.mark.parametrize("blank", ["\u2800" * 40, "\u200b \u3164", "\u0301\u0335"])
def test_what_nobody_sees_is_nothing_to_send_and_no_name(site: Site, blank: str) -> None:
    site.client.get("/e/box10")
    refused = site.post("/posts", text=blank, key="k")
    assert (refused.status_code, "nothing to send yet" in refused.text) == (422, True)
    site.post("/posts", text="Can you hear us?", name=blank, key="l")
    stored = site.ask(lambda db: [(post.text, (post.byline or {})["name"]) for post in db.exec(select(Post)).all()])
    assert stored == [("Can you hear us?", "Anonymous")]


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
