"""What could tell who somebody in care is, is held; what is said all day at a conference is not."""

import pytest

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.checks import personal
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal
from tests.conftest import incoming
from tests.domain.screening.examples import NOT_PERSONAL, PERSONAL


def held(post: Incoming, policy: Policy | None = None, surroundings: Surroundings | None = None) -> list[Signal]:
    found = personal.check(Reading.of(post), policy or Policy(), surroundings or Surroundings())
    return [signal for signal in found if signal.level in (Level.HOLD, Level.HIDE)]


@pytest.mark.parametrize(("kind", "text"), PERSONAL)
def test_personal_data_is_found_and_marked(kind: str, text: str) -> None:
    found = {signal.code: signal for signal in held(incoming(text))}
    assert kind in found
    assert found[kind].category == "privacy"
    assert all(text[start:end].strip() for start, end in found[kind].spans)


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_what_only_looks_like_it_is_let_alone(text: str) -> None:
    assert held(incoming(text)) == []


def test_the_same_check_digit_does_not_make_a_book_a_patient() -> None:
    assert held(incoming("ISBN 7801234562 is worth the money")) == []
    assert held(incoming("NHS no 7801234562 was merged with another"))[0].code == "nhs-number"


@pytest.mark.parametrize("number", ["943 476 5919", "943-476-5919", "９４３ ４７６ ５９１９"])
def test_a_number_written_as_they_are_and_checked_as_they_are_is_one_in_any_range(number: str) -> None:
    assert held(incoming(f"My number {number} as asked"))[0].code == "nhs-number"
    assert "nhs-number" not in {signal.code for signal in held(incoming(f"My number {number[:-1]}8 as asked"))}


def test_a_typing_error_in_an_nhs_number_still_names_somebody() -> None:
    assert held(incoming("his NHS number is 943 476 5918"))[0].code == "nhs-number"


def test_names_in_the_programme_may_be_named() -> None:
    text = "My patient Miriam Castellan has dementia"
    assert held(incoming(text))
    assert held(incoming(text), Policy(allowed_names=("Miriam Castellan",))) == []
    assert held(incoming(text), surroundings=Surroundings(speakers=("Miriam Castellan",))) == []


def test_the_organisers_own_number_and_postcode_are_no_secret() -> None:
    text = "She lives at home: 07700 900 111, SK99 4ZZ"
    assert {signal.code for signal in held(incoming(text))} == {"phone", "postcode"}
    assert held(incoming(text), Policy(allowed_contacts=("07700900111", "sk994zz"))) == []


def test_a_disguised_number_is_found_where_it_stands() -> None:
    text = "mine is ０7700\u200b 900 456 ok"
    [signal] = held(incoming(text))
    assert text[slice(*signal.spans[0])] == "０7700\u200b 900 456"


def test_strict_hides_what_is_certain() -> None:
    assert screen(incoming("MRN: 4471902 again"), Policy(preset="strict"), Surroundings()).verdict == "rejected"
    assert screen(incoming("MRN: 4471902 again"), Policy(preset="relaxed"), Surroundings()).verdict == "held"


@pytest.mark.parametrize("speaker", ["Margaret Hollins", "Margaret Hollins @mhollins", "Margaret Hollins (@mhollins)"])
def test_a_speaker_may_be_named_with_or_without_a_handle_in_the_programme(speaker: str) -> None:
    post = incoming("Margaret Hollins was in care as a child, and tells us so")
    named = [signal.code for signal in screen(post, Policy(), Surroundings()).signals]
    known = [signal.code for signal in screen(post, Policy(), Surroundings(speakers=(speaker,))).signals]
    assert ("name" in named, "name" in known) == (True, False)
