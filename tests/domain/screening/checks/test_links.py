"""A link that hides where it leads is held from anybody."""

import pytest

from app.domain.policy import Policy
from app.domain.screening.checks import links
from app.domain.screening.surroundings import Surroundings
from tests.domain.screening.checks.telling import told


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("http://192.0.2.7/login", "address-host"),
        ("https://nhs.example@evil.example/", "user-in-link"),
        ("https://nhs.example:8443/", "odd-port"),
        ("https://аррlе.example/", "look-alike-host"),
    ],
)
def test_a_link_that_hides_where_it_leads_is_held_from_anybody(href: str, code: str) -> None:
    assert code in {signal.code for signal in told(links.check, f"see {href}", Surroundings(approved_before=9))}


def test_hosts_below_an_allowed_one_are_allowed() -> None:
    allowed = Policy(allowed_hosts=("nhs.example",))
    assert told(links.check, "see https://slides.nhs.example/a", policy=allowed) == []
    assert told(links.check, "see https://notnhs.example/a", policy=allowed)
