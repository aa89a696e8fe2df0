"""What a phone is told of who reads what it sends, which depends on the rules."""

from datetime import UTC, datetime

import pytest

from app.actions.policies import change_policy
from app.actions.red_buttons import set_intake
from app.domain.policy import Intake, Mode, Policy
from app.views.reading.words import LETS_THROUGH
from tests.conftest import ASHA
from tests.views.conftest import site
from tests.views.site import OURS, Site

__all__ = ["site"]
FIRST, NOW = "A moderator reads everything first.", "A moderator reads it now."


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("by_network", [False, True])
def test_a_phone_is_told_who_reads_what_it_sends_first(site: Site, mode: Mode, by_network: bool) -> None:
    policy = Policy(source_modes=(("floor", mode),)) if by_network else Policy(mode=mode)
    site.do(change_policy, site.event.id, policy, by=ASHA, at=datetime.now(UTC))
    page = site.client.get("/e/box10").text
    assert (FIRST in page, NOW in page) == (mode is Mode.WAIT, mode is Mode.WAIT)
    assert (LETS_THROUGH[mode] in page) is (mode is not Mode.WAIT)
    told = site.client.post(
        "/e/box10/posts", data={"text": "Good morning", "kind": "post"}, headers={**OURS, "Accept": "application/json"}
    )
    assert (NOW in told.json()["said"]) is (mode is Mode.WAIT)


def test_where_everything_is_held_somebody_reads_first(site: Site) -> None:
    site.do(change_policy, site.event.id, Policy(mode=Mode.PASS), by=ASHA, at=datetime.now(UTC))
    site.do(set_intake, site.event.id, Intake.HOLD_ALL, by=ASHA, at=datetime.now(UTC))
    assert FIRST in site.client.get("/e/box10").text
