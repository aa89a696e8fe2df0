"""Personal data: numbers and names by which a person in care, or anybody else, could be known."""

from collections.abc import Iterable, Iterator

from app.domain.policy import Policy
from app.domain.screening.checks.case_numbers import references
from app.domain.screening.checks.contact import contacts
from app.domain.screening.checks.identifiers import identifiers
from app.domain.screening.checks.people_in_care import people
from app.domain.screening.reading.normal import Span
from app.domain.screening.reading.numbers import numbers
from app.domain.screening.reading.personal_found import Found
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Signal

_SENTENCE = 5
"""Names of so many words say something of somebody."""
_SAID = {
    "nhs-number": Sentence("It contains what looks like an NHS number."),
    "chi-number": Sentence("It contains what looks like a CHI number (Scotland)."),
    "hc-number": Sentence("It contains what looks like a Health & Care number (Northern Ireland)."),
    "ni-number": Sentence("It contains what looks like a National Insurance number."),
    "hospital-number": Sentence("It contains what looks like a hospital or case number."),
    "case-number": Sentence("It contains what looks like the number of somebody's case or complaint."),
    "dob": Sentence("It contains what looks like a date of birth."),
    "phone": Sentence("It contains a telephone number."),
    "public-line": Sentence("It contains the number of a public line."),
    "email": Sentence("It contains somebody's e-mail address."),
    "organisation-email": Sentence("It contains an organisation's e-mail address."),
    "postcode": Sentence("It contains a postcode that may be somebody's home."),
    "venue-postcode": Sentence("It contains the postcode of a venue."),
    "address": Sentence("It contains what looks like a home address."),
    "venue-address": Sentence("It contains the address of a venue."),
    "name": Sentence("It seems to name a person in care or their family."),
}


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    named = people(read.views, (*policy.allowed_names, *surroundings.speakers))
    yield from _told((*_reached(read, policy), *named))


def check_name(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    """A name is a name: only what else stands in it is a doubt, and who else where it is a whole sentence."""
    named = people(read.views, policy.allowed_names) if len(read.text.split()) >= _SENTENCE else ()
    del surroundings
    yield from _told((*_reached(read, policy), *named))


def _reached(read: Reading, policy: Policy) -> Iterator[Found]:
    """Numbers and addresses that lead to somebody."""
    runs = list(numbers(read.views))
    yield from identifiers(read.views, runs)
    yield from contacts(read.views, policy, runs)
    yield from references(read.views)


def _told(found: Iterable[Found]) -> Iterator[Signal]:
    by_kind: dict[str, list[Found]] = {}
    taken: list[Span] = []
    for spot in found:
        if not any(spot.span[0] < end and start < spot.span[1] for start, end in taken):
            taken.append(spot.span)
            by_kind.setdefault(spot.kind, []).append(spot)
    for kind, spots in by_kind.items():
        confidence = max(spot.confidence for spot in spots)
        spans = tuple(spot.span for spot in spots)
        yield Signal(kind, "privacy", spots[0].level, _SAID[kind], confidence, spans)
