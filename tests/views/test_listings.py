"""What screens are made of is made for those that show it."""

import pytest

from app.domain.access import Role
from app.views.link_urls import PAGES
from app.views.listings import _qr
from tests.views.site import Site


@pytest.mark.parametrize(("role", "made"), [(None, 0), (Role.SPEAKER, 0), (Role.MODERATOR, 0), (Role.SCREEN, 1)])
def test_a_code_is_made_for_screens_that_show_it(site: Site, role: Role | None, made: int) -> None:
    _qr.cache_clear()
    page = site.enter(role, PAGES[role].lstrip("/")) if role else site.client.get("/e/box10")
    assert page.status_code == 200
    assert _qr.cache_info().currsize == made
