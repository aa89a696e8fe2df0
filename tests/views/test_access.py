"""The ways in: links that hold only as long as they should, for one event and one role."""

import pytest

from app.domain.event import Role
from tests.running import furnish
from tests.views.site import Site


@pytest.mark.parametrize(
    ("role", "page", "status"),
    [(Role.SCREEN, "desk", 403), (Role.SPEAKER, "desk", 403), (Role.MODERATOR, "setup", 403), (Role.MODERATOR, "stage", 200),
     (Role.OWNER, "setup", 200), (Role.SCREEN, "wall", 200), (Role.SPEAKER, "wall", 200), (Role.SCREEN, "stage", 403)],
)  # fmt: skip
def test_a_role_opens_its_screens_and_no_others(site: Site, role: Role, page: str, status: int) -> None:
    assert site.enter(role, page).status_code == status


def test_the_key_of_a_link_leaves_the_address_bar(site: Site) -> None:
    answer = site.enter(Role.MODERATOR, "desk")
    assert str(answer.url) == "http://testserver/e/box10/desk"


def test_a_link_of_one_event_opens_nothing_of_another(site: Site) -> None:
    assert site.client.portal is not None
    site.client.portal.call(furnish, site.context.backchannel, "other")
    assert site.client.get(f"/e/other/desk?key={site.links[Role.OWNER].token}").status_code == 403


def test_a_forged_cookie_opens_nothing(site: Site) -> None:
    site.client.cookies.set("links-box10", '["box10",1]')
    assert site.client.get("/e/box10/setup").status_code == 403
