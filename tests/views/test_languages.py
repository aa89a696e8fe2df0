"""What is said is said in the language of its event, with its plurals and dates; else in the browser's or English."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from babel import Locale
from babel.messages.catalog import Catalog

from app.domain.sentence import Moment, Sentence, Written, counted, from_json, together
from app.views.languages import ENGLISH, language, preferred
from app.views.pseudo_language import pseudo, pseudo_catalogue
from app.views.translation import explained, forms, say, speaking, spoken, written

PSEUDO_EVENT = SimpleNamespace(language="en-XA", zone="Asia/Kolkata")


def test_an_event_of_a_language_without_a_catalogue_speaks_english() -> None:
    assert language("tlh") is ENGLISH


@pytest.mark.parametrize("asked", ["", "*", "tlh, xx;q=0.9", "en-US,en;q=0.5", "en;q=0", "\xff;;;,,q"])
def test_a_browser_that_asks_for_nothing_we_have_gets_english(asked: str) -> None:
    assert preferred(asked) is ENGLISH


def test_the_language_is_that_of_the_event_only_while_it_is_spoken_of() -> None:
    with speaking(PSEUDO_EVENT):  # type: ignore[arg-type]
        assert spoken().tag == "en-XA"
    assert spoken() is ENGLISH


def test_the_pseudo_language_keeps_facts_and_marks_its_ends() -> None:
    said = pseudo("%(num)d posts of {name} wait")
    assert said.startswith("⟦%(num)d pöštš öf {name} wåît")
    assert said.endswith("⟧")
    assert len(said) >= len("%(num)d posts of {name} wait") * 4 / 3


def test_every_message_of_a_catalogue_has_its_pseudo_twin_with_all_plurals() -> None:
    template = Catalog()
    template.add("Save")
    template.add(("%(num)d post", "%(num)d posts"))
    made = pseudo_catalogue(template)
    assert made.get("Save").string == pseudo("Save")
    assert made.get("%(num)d post").string == (pseudo("%(num)d post"), pseudo("%(num)d posts"))


def test_a_sentence_is_said_with_its_facts_and_theirs() -> None:
    reasons = (Sentence("waiting"), "a name")
    with speaking(PSEUDO_EVENT):  # type: ignore[arg-type]
        assert say(Sentence("waiting")) == pseudo("waiting")
        assert say("waiting") == pseudo("waiting")
        assert say(Sentence("“%(zone)s” is not a time zone, such as Europe/London.", zone="x")).startswith("⟦“x”")
        assert say(together(reasons)) == f"{pseudo('waiting')} a name"
    assert say(Sentence("waiting")) == "waiting"
    assert say("") == ""


def test_numbers_are_written_as_the_language_does() -> None:
    assert (
        say(Sentence("Only its first %(letters)s characters.", letters=10_000)) == "Only its first 10,000 characters."
    )


WRITTEN = {
    Written.CLOCK: ("14:35", "14:35"),
    Written.SECONDS: ("14:35:07", "14:35:07"),
    Written.ZONED: ("14:35 +0530", "14:35 +0530"),
    Written.DAY: ("11 Jun 2026 14:35", "11 juin 2026 14:35"),
}


@pytest.mark.parametrize("how", Written)
def test_a_time_in_a_sentence_is_written_when_it_is_read(how: Written) -> None:
    """Of a stored sentence too: as the language does, where the event is now."""
    moment = Moment(datetime(2026, 6, 11, 9, 5, 7, tzinfo=UTC), how)
    noted = Sentence("Since %(time)s.", time=moment)
    english, in_french = WRITTEN[how]
    assert written(moment, "Asia/Kolkata", Locale("fr")) == in_french
    for stored in (noted, from_json(noted.as_json())):
        with speaking(SimpleNamespace(language="en", zone="Asia/Kolkata")):  # type: ignore[arg-type]
            assert say(stored) == f"Since {english}."
        with speaking(PSEUDO_EVENT):  # type: ignore[arg-type]
            assert f"⟨{english}⟩" in say(stored)


def test_what_is_stored_of_a_signal_is_said_with_or_without_its_facts() -> None:
    assert explained({"explanation": "An old row."}) == "An old row."
    assert explained({"explanation": "", **counted("%(num)d day", "%(num)d days", 2).as_json()}) == "2 days"


def test_scripts_get_every_plural_form_by_its_name() -> None:
    assert forms("{n} post", "{n} posts") == {"one": "{n} post", "other": "{n} posts"}
