"""Numbers of cases and charts, and dates of birth that nobody calls so: found where somebody stands beside them."""

import pytest

from app.domain.screening.checks.case_numbers import references
from tests.conftest import reading

FOUND = [
    ("Complaint KL-40211-B is two years old and nobody rings back", "case-number", "KL-40211-B"),
    ("the tribunal, EH404/26/00912, is about my neighbour's lad", "case-number", "EH404/26/00912"),
    ("I wrote the chronology for SAR/4410/0228", "case-number", "SAR/4410/0228"),
    ("wristband by the coffee, it says Q4471900", "hospital-number", "Q4471900"),
    ("00449913 CT head done and no beds", "hospital-number", "00449913"),
    ("red book left on a chair: 04/11/2019", "dob", "04/11/2019"),
    ("chemist's bag by the urn, 30 Jan 1962", "dob", "30 jan 1962"),
    ("born on the ninth of May nineteen forty-one, and the form says frail", "dob", "ninth of may nineteen forty-one"),
]
LEFT = [
    "The NHS began on 5 July 1948 and we are still arguing",
    "Trial NCT01234567 on the ward shows no effect",
    "Poster P-14 is by the lifts, complaints to room B-2",
    "The 2024-25 budget and the 2025/26 budget, case closed",
    "Great talk at 10:30, slides at https://a.example/SAR/2231/0847",
    "Route X99, bay 4, every 20 minutes",
]


@pytest.mark.parametrize(("text", "kind", "value"), FOUND)
def test_what_an_office_or_a_ward_knows_somebody_by_is_found(text: str, kind: str, value: str) -> None:
    found = [(spot.kind, text[slice(*spot.span)].lower()) for spot in references(reading(text).views)]
    assert found == [(kind, value.lower())]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_nobodys_is_left(text: str) -> None:
    assert list(references(reading(text).views)) == []
