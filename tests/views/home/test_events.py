"""Events are made, entered, opened and closed in a browser; what is refused loses nothing that was typed."""

from datetime import date

import pytest
from sqlmodel import select

from app.actions.alarms import change_alarms
from app.actions.policies import change_policy
from app.domain.alarms import Alarms
from app.domain.brand import Brand
from app.domain.decision import Actor
from app.domain.event import EventKind, EventState
from app.domain.policy import Policy
from app.domain.question import Question
from app.queries.events import event_by_slug
from tests.brand_files import LOGO_SVG
from tests.conftest import NOON
from tests.views.home.homes import Home, home
from tests.views.site import OURS, value

__all__ = ["home"]


def test_an_event_is_made_and_whoever_made_it_is_in_its_setup(home: Home) -> None:
    home.opens()
    page = home.makes(
        kind="chat", hashtags="#closer26, nhssm", starts_on="2026-06-11", ends_on="2026-06-12", accent="plum"
    )
    assert page.url.path == "/e/closer26/setup"
    assert "The event is not open yet" in page.text
    event = home.ask(event_by_slug, "closer26")
    assert (event.state, event.kind, event.accent) == (EventState.PREPARED, EventKind.CHAT, "plum")
    assert (event.starts_on, event.ends_on) == (date(2026, 6, 11), date(2026, 6, 12))
    assert event.hashtags == ["closer26", "nhssm"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "needs a name"),
        ({"slug": "Not an address"}, "may hold only"),
        ({"slug": "taken"}, "already"),
        ({"zone": "Mars/Base"}, "not a time zone"),
        ({"hashtags": "no-way!"}, "not a hashtag"),
        ({"starts_on": "soon"}, "not a date"),
        ({"starts_on": "2026-06-12", "ends_on": "2026-06-11"}, "before the first"),
        ({"like": "nowhere"}, "to copy"),
    ],
)
def test_a_refused_event_is_not_made_and_nothing_typed_is_lost(home: Home, wrong: dict[str, str], said: str) -> None:
    home.opens()
    home.makes("taken")
    answer = home.makes(**{"slug": "mine", "hashtags": "mine26", **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert value(answer.text, "hashtags") == wrong.get("hashtags", "mine26")
    assert home.ask(event_by_slug, "mine") is None


def test_a_copy_has_the_rules_and_words_of_an_earlier_event(home: Home) -> None:
    home.opens()
    home.makes("first")
    first = home.ask(event_by_slug, "first")
    home.do(
        change_policy, first.id, Policy(preset="strict", blocked_words=("atrium",)), by=Actor("Asha", None), at=NOON
    )
    home.post("/e/first/setup/event", name="First", zone="Europe/London", language="en", welcome="Back at two")
    home.do(
        change_alarms, first.id, Alarms(wait_seconds=77, ntfy="https://ntfy.example/team", email=("a@b.org",)), at=NOON
    )
    home.makes("second", like="first")
    second = home.ask(event_by_slug, "second")
    assert (second.policy["preset"], second.policy["blocked_words"]) == ("strict", ["atrium"])
    assert second.welcome == "Back at two"
    assert Alarms.from_json(second.alarms) == Alarms(wait_seconds=77)


def test_until_it_is_open_and_after_it_is_closed_phones_can_send_nothing_and_are_told(home: Home) -> None:
    home.opens()
    home.makes()
    phone = home.stranger()
    assert 'data-state="prepared"' in phone.get("/e/closer26").text
    sent = phone.post("/e/closer26/posts", data={"text": "Is anybody there?", "kind": "post"})
    assert sent.status_code == 409
    assert "Is anybody there?" in sent.text
    home.post("/events/closer26/opening")
    assert phone.post("/e/closer26/posts", data={"text": "Is anybody there?", "kind": "post"}).status_code == 200
    home.post("/events/closer26/closing", farewell="Thank you. Recordings: https://example.org/r.")
    floor = phone.get("/e/closer26").text
    assert "This event is over" in floor
    assert '<a href="https://example.org/r" rel="noreferrer">' in floor
    assert phone.post("/e/closer26/posts", data={"text": "Once more", "kind": "post"}).status_code == 409


@pytest.mark.parametrize(("until", "said"), [("soon", "not a date"), ("2020-01-01", "over already")])
def test_a_closing_with_a_day_that_cannot_be_closes_nothing(home: Home, until: str, said: str) -> None:
    home.opens()
    home.makes()
    home.post("/events/closer26/opening")
    answer = home.post("/events/closer26/closing", helpers_until=until)
    assert answer.status_code == 422
    assert said in answer.text
    assert home.ask(event_by_slug, "closer26").state is EventState.OPEN


def test_a_holder_enters_an_event_that_a_command_made(home: Home) -> None:
    home.opens()
    home.makes()
    other = home.stranger()
    other.get(f"/?key={home.link.token}")
    assert other.get("/e/closer26/setup").status_code == 403
    assert other.post("/events/closer26/entry").url.path == "/e/closer26/setup"
    assert other.get("/e/closer26/desk").status_code == 200


def test_an_event_is_archived_when_it_is_closed(home: Home) -> None:
    home.opens()
    home.makes()
    assert home.post("/events/closer26/archiving").status_code == 409
    home.post("/events/closer26/closing")
    assert home.post("/events/closer26/archiving").status_code == 200
    assert home.ask(event_by_slug, "closer26").state is EventState.ARCHIVED


def test_the_microphone_and_votes_of_a_closed_event_are_refused_with_a_sentence(home: Home) -> None:
    home.opens()
    home.makes()
    home.post("/events/closer26/opening")
    home.post("/e/closer26/microphone", text="How long are the waiting lists?")
    question = home.ask(lambda db: db.exec(select(Question.id)).one())
    phone = home.stranger()
    phone.get("/e/closer26")
    home.post("/events/closer26/closing")
    asked_aloud = home.post("/e/closer26/microphone", text="And who pays?")
    for refused in (asked_aloud, phone.post(f"/questions/{question}/vote")):
        assert refused.status_code == 409
        assert "This event is over" in refused.text


def test_an_event_is_made_with_its_look_and_another_takes_it(home: Home) -> None:
    home.opens()
    facts = {"name": "Closer", "slug": "closer", "zone": "UTC", "accent": "Hot Pink", "wall": "light"}
    bad = home.client.post("/events", data=facts, files={"logo": ("l.svg", b"<svg/>")}, headers=OURS)
    assert (bad.status_code, value(bad.text, "accent")) == (422, "Hot Pink")
    assert "The drawing cannot be read" in bad.text
    assert home.ask(event_by_slug, "closer") is None
    made = home.client.post("/events", data=facts, files={"logo": ("l.svg", LOGO_SVG)}, headers=OURS)
    assert made.url.path == "/e/closer/setup"
    event = home.ask(event_by_slug, "closer")
    assert (event.accent, Brand.from_json(event.brand).wall) == ("#ff69b4", "light")
    assert Brand.from_json(event.brand).logo
    home.makes(slug="again", like="closer")
    again = home.ask(event_by_slug, "again")
    assert (again.accent, again.brand) == (event.accent, event.brand)
    assert home.client.get(f"/e/again/brand/{Brand.from_json(again.brand).logo}").status_code == 200
    home.makes(slug="darker", like="closer", accent="plum", wall="dark")
    darker = home.ask(event_by_slug, "darker")
    assert (darker.accent, Brand.from_json(darker.brand).wall) == ("plum", "dark")
    assert '<rect width="6" height="6" fill="#ff69b4"/>' in home.client.get("/").text
