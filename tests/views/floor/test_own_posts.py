"""One's own posts on the floor: the truth about them, corrected while they wait, withdrawn when one is sure."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.actions.arrivals import receive
from app.actions.current_talk import move_programme_on
from app.actions.questions import bring_on_stage
from app.actions.verdicts import approve
from app.domain.post import Post
from app.domain.question import Question
from tests.conftest import ASHA, NOON, incoming
from tests.views.site import OURS, Site

SCRIPT = {**OURS, "HX-Request": "true"}
WORDS = "Is their a hearing loop?"


def now() -> datetime:
    return datetime.now(UTC)


def posts(db: Session) -> list[tuple[str, bool]]:
    return [(post.text, post.withdrawn_at is None) for post in db.exec(select(Post).order_by(col(Post.id)))]


@pytest.fixture
def sent(site: Site) -> Site:
    site.client.get("/e/box10")
    assert site.post("/posts", text=WORDS, key="k").status_code == 200
    return site


def words(site: Site, text: str, version: int = 0, headers: dict[str, str] = SCRIPT) -> Any:
    return site.client.post("/e/box10/posts/1/words", data={"text": text, "version": str(version)}, headers=headers)


def test_between_talks_who_asks_the_speakers_reads_that_it_is_asked(site: Site) -> None:
    site.do(move_programme_on, site.event.id, at=now() + timedelta(days=1))
    page = site.client.get("/e/box10").text
    assert "No talk is running" in page
    assert "kept for the talks to come" in page
    site.post("/posts", text=WORDS, key="k", kind="ask")
    site.do(approve, 1, by=ASHA, at=now())
    mine = site.client.get("/e/box10/mine").text
    assert "asked" in mine
    assert "shown" not in mine
    assert site.ask(lambda db: db.exec(select(Question.talk_id)).all()) == [None]


def test_after_the_talk_its_author_reads_that_it_is_over_and_open(sent: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    sent.do(approve, 1, by=ASHA, at=now())
    assert "it can still be answered" not in sent.client.get("/e/box10/mine").text
    late = now() + timedelta(hours=2)
    sent.do(move_programme_on, sent.event.id, at=late)
    object.__setattr__(sent.context, "now", lambda: late)
    assert "asked; the talk is over, it can still be answered" in sent.client.get("/e/box10/mine").text


def test_it_is_corrected_while_it_waits_by_script_and_by_plain_form(sent: Site) -> None:
    told = words(sent, "Is there a loop?")
    assert told.status_code == 200
    assert "Corrected. A moderator reads the new words." in told.text
    assert words(sent, "Is there a hearing loop?", 1, OURS).status_code == 200
    assert sent.ask(posts) == [("Is there a hearing loop?", True)]


@pytest.mark.parametrize("headers", [SCRIPT, OURS])
def test_after_a_decision_it_stays_and_what_was_typed_is_there_still(sent: Site, headers: dict[str, str]) -> None:
    sent.do(approve, 1, by=ASHA, at=now())
    told = words(sent, "Is there a loop in the foyer?", 0, headers)
    assert told.status_code == 409
    assert "Somebody has decided on it meanwhile" in told.text
    assert "Is there a loop in the foyer?" in told.text
    assert sent.ask(posts) == [(WORDS, True)]


@pytest.mark.parametrize(("text", "said"), [(" ", "nothing to send yet"), ("x" * 501, "1 character too long")])
def test_words_that_do_not_fit_are_refused_and_kept(sent: Site, text: str, said: str) -> None:
    told = words(sent, text)
    assert told.status_code == 422
    assert said in told.text
    assert sent.ask(posts) == [(WORDS, True)]


def test_corrections_are_slowed_down_like_posts(sent: Site) -> None:
    found = [words(sent, f"Is there a loop, number {number}?", number).status_code for number in range(6)]
    assert found == [200, 200, 200, 429, 429, 429]


def test_what_is_on_stage_is_not_withdrawn_unasked(sent: Site) -> None:
    sent.do(approve, 1, by=ASHA, at=now())
    question_id = sent.ask(lambda db: db.exec(select(Question.id)).one())
    sent.do(bring_on_stage, question_id, by=ASHA, at=now())
    for headers, path in ((SCRIPT, "/e/box10/posts/1"), (OURS, "/e/box10/posts/1")):
        asked = sent.client.delete(path, headers=headers)
        assert asked.status_code == 409
        assert "the whole hall looks at it" in asked.text
        assert sent.ask(posts) == [(WORDS, True)]
    assert sent.client.delete("/e/box10/posts/1?sure=true", headers=SCRIPT).status_code == 200
    assert sent.ask(posts) == [("", False)]


def test_a_phone_erases_everything_that_it_sent_and_its_votes_after_it_was_asked(site: Site) -> None:
    site.client.get("/e/box10")
    for key in ("1", "2"):
        site.post("/posts", text=f"What I have to say, number {key}", kind="post", key=key)
    sent = site.ask(lambda db: list(db.exec(select(Post.id).where(Post.source == "floor"))))
    other = site.do(receive, site.event.id, incoming("A word of somebody else", ref="9"), at=NOON).post_id
    page = site.client.get("/e/box10").text
    assert "Erase everything I sent from this phone" in page
    assert site.client.delete("/e/box10/mine", headers=OURS).status_code == 409
    assert len(sent) == 2
    done = site.post("/mine?_method=DELETE&sure=true")
    assert "nothing that was sent from this phone is left here" in done.text
    assert site.ask(lambda db: list(db.exec(select(Post.id)))) == [other]
    assert site.post("/mine?_method=DELETE&sure=true").status_code == 404
