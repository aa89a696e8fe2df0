"""After the talk: its questions with votes and answers, what was said, links; and the answer on the phone of who asked."""

import csv
import io
from datetime import timedelta

import pytest
from lxml import html
from sqlmodel import select

from app.actions.arrivals import receive
from app.actions.event_states import close_event
from app.actions.merged_questions import merge_question
from app.actions.questions import bring_on_stage, make_question, mark_answered
from app.actions.verdicts import approve
from app.actions.votes import vote
from app.domain.access import Role
from app.domain.incoming import Segment
from app.domain.post import Post
from app.queries import talk_packs
from app.queries.talk_packs import talk_pack
from tests.conftest import ASHA, incoming
from tests.views.site import OURS, Site, site

__all__ = ["site"]


def asked(site: Site, text: str, ref: str, **facts: object) -> int:
    post = incoming(text, ref=ref, by=f"author_{ref}", posted_at=site.context.now(), **facts)  # type: ignore[arg-type]
    post_id = site.do(receive, site.event.id, post, at=site.context.now()).post_id
    return int(site.do(make_question, post_id, by=ASHA, at=site.context.now(), talk_id=site.talk.id).id)


def texts(page: str, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in html.fromstring(page).xpath(path)]


def test_a_talk_is_read_answered_and_taken_away_when_all_is_over(site: Site) -> None:
    now = site.context.now()
    site.client.get("/e/box10")
    site.post("/posts", text="Who pays for <i>the nights</i>?", kind="ask", key="one", room="-")
    mine = site.ask(lambda db: db.exec(select(Post.id)).one())
    site.do(approve, mine, by=ASHA, at=now)
    first = site.do(make_question, mine, by=ASHA, at=now, talk_id=site.talk.id).id
    link = (Segment("text", "Read "), Segment("link", "our notes", "https://notes.example/"))
    second = asked(site, "=HYPERLINK(1) Who pays at night?", "two")
    staged = asked(site, "Read our notes?", "three", segments=link)
    site.do(merge_question, first, second, by=ASHA, at=now)
    for device in ("a", "b"):
        site.do(vote, second, device, at=now)
    site.do(bring_on_stage, staged, by=ASHA, at=now)
    site.do(mark_answered, staged, by=ASHA, at=now)
    said = incoming("A word that was said", ref="said", source="floor", device="d", posted_at=now)
    site.do(approve, site.do(receive, site.event.id, said, at=now).post_id, by=ASHA, at=now)
    site.do(close_event, site.event.id, at=now)

    listed = site.enter(Role.SPEAKER, "packs")
    assert "1 not answered" in listed.text
    address = f"/e/box10/talks/{site.talk.id}/pack"
    page = site.client.get(address).text
    assert texts(page, "//*[contains(concat(' ', @class, ' '), ' pack-words ')]") == [
        "=HYPERLINK(1) Who pays at night?",
        "Read our notes?",
    ]
    assert texts(page, "//ul[@class='pack-with']//p[1]") == ["Who pays for <i>the nights</i>?"]
    assert "2 votes · asked by 2 people" in texts(
        page,
        "//li[contains(concat(' ', @class, ' '), ' pack-question ')]//*[contains(concat(' ', @class, ' '), ' hint ')]",
    )
    assert [one.get("href") for one in html.fromstring(page).xpath("//ul[@class='reading-list']//a")] == [
        "https://notes.example/"
    ]
    charts = texts(page, "//*[@class='day-label']")
    assert [one.partition(" most")[0] for one in charts] == ["Said while it ran 1", "Questions 3", "Votes 2"]
    assert texts(page, "//*[contains(@class, 'pack-table')]//thead//th") == [
        "From",
        "Said while it ran",
        "Questions",
        "Votes",
    ]
    assert texts(page, "//section//article//*[contains(concat(' ', @class, ' '), ' text ')]") == [
        "A word that was said"
    ]

    words = "The <b>trust</b> pays."
    answered = site.client.post(
        f"/questions/{first}/reply", data={"text": words}, headers={**OURS, "Referer": f"http://testserver{address}"}
    )
    assert texts(answered.text, "//*[contains(concat(' ', @class, ' '), ' pack-reply ')]") == [words]
    floor = site.client.get("/e/box10").text
    assert texts(floor, "//*[@id='mine']//*[contains(concat(' ', @class, ' '), ' own-reply-text ')]") == [words]
    assert texts(floor, "//*[@id='mine']//*[contains(concat(' ', @class, ' '), ' own-together ')]") == [
        "asked together with 1 other"
    ]

    rows = list(csv.DictReader(io.StringIO(site.client.get(f"{address}.csv").text.removeprefix("\ufeff"))))
    assert [(row["kind"], row["state"], row["votes"], row["answer"]) for row in rows] == [
        ("question", "answered", "0", ""),
        ("question", "answered", "2", words),
        ("post", "", "", ""),
    ]
    assert [row["text"] for row in rows] == ["", "", "A word that was said"], (
        "texts of X are in the organiser's files only"
    )
    assert site.client.get(f"/e/box10/talks/{site.talk.id + 1}/pack").status_code == 404


def test_of_very_many_all_are_counted_and_the_most_wished_for_stand_there(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also posts of another room do not take the place of those of this one."""
    monkeypatch.setattr(talk_packs, "MOST_POSTS", 3)
    monkeypatch.setattr(talk_packs, "MOST_ASKED", 2)
    begins = site.talk.starts_at
    for number in range(8):
        said = incoming(f"Word {number}", ref=f"w{number}", by="b", posted_at=begins + timedelta(minutes=5 * number))
        site.do(approve, site.do(receive, site.event.id, said, at=begins).post_id, by=ASHA, at=begins)
    ids = [asked(site, f"What of {number}?", f"q{number}") for number in range(4)]
    for voter in range(3):
        site.do(vote, ids[3], f"d{voter}", at=begins)
    site.do(vote, ids[2], "d", at=begins)
    pack = site.ask(talk_pack, site.event, site.talk.id)
    assert [card.post.text for card in pack.posts] == ["Word 0", "Word 1", "Word 2"]
    assert [card.id for card in pack.unasked] == [ids[3], ids[2]]
    assert (pack.said, pack.over_time.posts.total) == (8, 8)
    assert sum(1 for step in pack.over_time.posts.steps if step) == 8
    page = site.enter(Role.SPEAKER, f"talks/{site.talk.id}/pack")
    assert "The first 3 of 8." in page.text
