"""A link that hides where it leads is held from anybody."""

import pytest

from app.domain.policy import Policy
from app.domain.screening.checks import links
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level
from tests.conftest import incoming
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
    allowed = Policy(allowed_hosts=("nhs.club",))
    assert told(links.check, "see https://slides.nhs.club/a", policy=allowed) == []
    assert told(links.check, "see https://notnhs.club/a", policy=allowed)


ORDINARY = ["github.com", "youtu.be", "slides.example", "www.nhs.uk", "cran.r-project.org", "x.com", "bbc.co.uk"]
ODD = ["deals.xyz", "win.top", "t.me", "wa.me", "bit.ly", "tinyurl.com", "best-price.shop", "join.club"]


@pytest.mark.parametrize("host", [*ORDINARY, *ODD])
@pytest.mark.parametrize("source", ["x", "mastodon", "elsewhere", "floor"])
@pytest.mark.parametrize("rejected", [0, 1])
def test_a_link_is_judged_by_its_host_and_its_author_and_no_reason_to_hold_by_itself(
    host: str, source: str, rejected: int
) -> None:
    surroundings = Surroundings(rejected_before=rejected)
    read = Reading.of(incoming(f"The slides are at https://{host}/a", source=source))
    found = {signal.code: signal.level for signal in links.check(read, Policy(), surroundings)}
    unsure = host in ODD or source == "floor" or rejected
    assert found["link-from-unknown"] is (Level.HOLD if unsure else Level.NOTE)
