"""Every route, as whoever owns an event and the installation: nothing is kept, nobody is led away, no other site writes.

Mail programs do, to the address of a letter that nobody can guess: one that is made up is not found.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

import pytest

from app.actions.home_links import give_home_link
from app.domain.access import Role
from app.views.same_origin import LETTERS
from tests.conftest import NOON
from tests.views.site import OURS, Site
from tests.views.test_unstorable_text import ROUTES, sound

US = "http://testserver"
THEM = "elsewhere.example"
KEPT = ("/static/", "/pictures/", "/e/box10/brand-")
"""What may be kept: it has the mark of its content in its address, or dies with its post."""
ASKED_AGAIN = tuple(f"/e/box10/{one}" for one in ("missed", "missed.atom", "archive", "transcript", "reflection"))
"""What only browsers keep, and ask each time whether it is still so."""
AWAY = (
    f"//{THEM}",
    f"/\\{THEM}",
    f"https://{THEM}/",
    f"box10@{THEM}",
    f"BOX10.\t//{THEM}",
    f"“box10”\r\nLocation: //{THEM}",
)
BACK = (f"https://{THEM}/", f"{US}//{THEM}/", f"{US}/\\{THEM}", f"{US}@{THEM}/", f"{US}\\@{THEM}/")


@pytest.fixture
def owned(site: Site) -> Site:
    site.enter(Role.OWNER, "setup")
    site.client.get(f"/?key={site.do(give_home_link, at=NOON).token}")
    site.client.follow_redirects = False
    return site


def addresses(path: str) -> Iterator[str]:
    """As it should be, and with each of the words that lead away in the place of the event."""
    yield re.sub(r"{(\w+)[^}]*}", lambda found: sound(found[1]), path)
    for away in AWAY if "{slug" in path else ():
        yield re.sub(r"{\w+[^}]*}", "1", re.sub(r"{slug[^}]*}", quote(away, safe=""), path))


def led_to(answered: str, location: str) -> str:
    return urlsplit(urljoin(f"{US}{answered}", location.replace("\\", "/").replace("\t", ""))).netloc


def test_no_answer_leads_to_another_site(owned: Site) -> None:
    seen = 0
    for method, path in ROUTES:
        for number, address in enumerate(addresses(path)):
            query = f"?next=//{THEM}&back=//{THEM}&key=nothing" if method == "GET" else ""
            for referer in ("", *BACK) if not number and method != "GET" else ("",):
                headers = {**OURS, "Referer": referer} if referer else OURS
                answer = owned.client.request(method, address + query, headers=headers)
                for location in answer.headers.get_list("location"):
                    seen += 1
                    assert led_to(address, location) == "testserver", (method, address, referer, location)
                assert THEM not in answer.headers.get("refresh", "")
    assert seen > 50


def test_nothing_is_kept_in_between_and_no_other_site_writes(owned: Site) -> None:
    for method, path in ROUTES:
        address = next(addresses(path))
        answer = owned.client.request(method, address, headers=OURS)
        if method == "GET" and address in ASKED_AGAIN:
            assert answer.headers["cache-control"] == "no-cache, private"
        elif address.endswith(
            "/kept-pages.js"
        ):  # browsers ask for a service worker themselves, and look whether it is new
            assert answer.headers["cache-control"] == "no-cache"
        elif not address.startswith(KEPT):
            assert "no-store" in answer.headers["cache-control"], (method, address)
        if method == "GET":
            continue
        for page in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": f"https://{THEM}"}, {"Origin": "null"}):
            theirs = owned.client.request(method, address, headers=page)
            assert theirs.status_code == (404 if address.startswith(LETTERS) else 403), (method, address, page)
