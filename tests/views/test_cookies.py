"""The ways in: links that hold only as long as they should, for one event and one role."""

import pytest
from fastapi.testclient import TestClient
from itsdangerous import URLSafeSerializer

from app.domain.access import Role
from app.main import create_app
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


def test_a_cookie_of_last_year_opens_nothing_of_an_event_made_again(
    site: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same server key, the same address, the same row numbers, another database."""
    site.enter(Role.OWNER, "setup")
    cookie = site.client.cookies["links-box10"]
    known = site.context.settings
    again = known.model_copy(update={"data_dir": tmp_path_factory.mktemp("again")})
    again.__dict__.pop("database", None)
    with TestClient(create_app(again, by_itself=False)) as client:
        this_year = Site(client)
        assert this_year.event.id == site.event.id
        assert this_year.links[Role.OWNER].access.id == site.links[Role.OWNER].access.id
        client.cookies.set("links-box10", cookie)
        assert client.get("/e/box10/setup").status_code == 403
        assert this_year.enter(Role.OWNER, "setup").status_code == 200


def test_who_has_the_servers_key_but_no_link_opens_nothing(site: Site) -> None:
    signer = URLSafeSerializer(site.context.settings.signing_key, salt="links")
    for guess in (1, "1", [1], None, "", True, 2**70, {"id": 1}):
        site.client.cookies.set("links-box10", signer.dumps(["box10", guess]))
        assert site.client.get("/e/box10/setup").status_code == 403
