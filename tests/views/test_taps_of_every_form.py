"""Law: whatever is tapped on stage or remote is settled by the name of its tap: sent twice, it is done once."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html
from sqlmodel import select

from app.actions.arrivals import receive
from app.actions.backstage import tell_stage
from app.actions.chair_marks import star, write_note
from app.actions.current_talk import move_programme_on
from app.actions.merged_questions import merge_question
from app.actions.questions import bring_on_stage, dismiss, make_question
from app.actions.scenes import announce
from app.actions.talks import add_talk
from app.actions.talks_by_hand import start_talk
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.question import Question
from app.domain.tap import SettledTap
from tests.conftest import ASHA, incoming
from tests.views.site import OURS, Site, site

__all__ = ["site"]

ONCE_BY_ITSELF = {"backstage/seen"}
"""Who has read it first has read it: it is no decision, and is not taken back."""


def furnish(site: Site) -> None:
    """Something of everything that has a form on stage and remote."""
    now, ids = site.context.now(), []
    for number in range(6):
        post = incoming(f"What of number {number}?", ref=f"q{number}", by=f"a{number}")
        post_id = site.do(receive, site.event.id, post, at=now).post_id
        ids.append(site.do(make_question, post_id, by=ASHA, at=now, talk_id=site.talk.id).id)
    site.do(merge_question, ids[0], ids[1], by=ASHA, at=now)
    site.do(bring_on_stage, ids[2], by=ASHA, at=now)
    site.do(dismiss, ids[3], by=ASHA, at=now)
    site.do(star, ids[4], by=ASHA, at=now)
    site.do(write_note, ids[4], "Samina knows", by=ASHA, at=now)
    site.do(_hasty, ids[5])
    for number in range(2):
        post_id = site.do(receive, site.event.id, incoming("A word", ref=f"p{number}", by="b"), at=now).post_id
        site.do(approve, post_id, by=ASHA, at=now)
    site.do(tell_stage, site.event.id, "Five minutes left", room_id=None, by=ASHA, at=now)
    site.do(announce, site.event.id, "Lunch", until=now + timedelta(minutes=5), by=ASHA, at=now)
    for start in (1, 2):
        times = {"starts_at": now + start * timedelta(hours=2), "ends_at": now + (start + 0.5) * timedelta(hours=2)}
        made = site.do(add_talk, site.event.id, title=f"Later {start}", at=now, **times)
    site.do(move_programme_on, site.event.id, at=now)
    site.do(start_talk, site.event.id, made.id - 1, by=ASHA, at=now)


def _hasty(db: Any, question_id: int) -> None:
    question = db.get_one(Question, question_id)
    question.hasty = question.hastiest = 3


def forms(page: str) -> list[tuple[str, dict[str, str]]]:
    """Address and content of each form, as it is sent with its first button."""
    document = html.document_fromstring(page)
    found = []
    for form in document.iter("form"):
        data = dict(form.form_values())
        sends = [*form.iter("button"), *document.xpath("//button[@form=$id]", id=form.get("id", "none of them"))]
        data.update({one.get("name"): one.get("value") for one in sends[:1] if one.get("name")})
        data.update(
            {
                one.get("name"): "some words"
                for one in form.iter("textarea", "input")
                if not data.get(one.get("name"), "x")
            }
        )
        found.append((form.get("action"), data))
    return found


def kind(address: str) -> str:
    return "/".join(part for part in urlsplit(address).path.split("/")[2:] if not part.isdigit() and part != "box10")


@pytest.mark.parametrize(("role", "page"), [(Role.SPEAKER, "stage"), (Role.MODERATOR, "remote")])
def test_every_form_is_settled_by_its_tap(site: Site, role: Role, page: str) -> None:
    furnish(site)
    shown = site.enter(role, page).text
    assert len(forms(shown)) > 8
    done, undone = set(), []
    # The last first: a talk is begun instead of the one that the page shows, and not after that was ended.
    for number, (address, data) in enumerate(reversed(forms(shown))):
        key, settles = f"k{number}", kind(address) not in ONCE_BY_ITSELF
        headers = {**OURS, "Accept": "application/json", "Tap": f"tablet {key} 1000000"}
        for _ in range(2):
            answered = site.client.post(address, data=data, headers=headers)
            assert answered.status_code in {200, 409}, (address, data, answered.text)
            kept = site.ask(
                lambda db, name=f"tablet:{key}": db.exec(select(SettledTap).where(SettledTap.name == name)).first()
            )
            if answered.status_code == 200:
                done.add(kind(address))
                if settles and kept is None:
                    undone.append(kind(address))
    assert undone == []
    assert {kind(address) for address, _ in forms(shown)} == done, "each was possible at least once"
