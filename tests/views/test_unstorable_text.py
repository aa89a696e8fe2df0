"""Nothing that a client sends is our fault: no odd number, no odd letter, on no address, before or after any right is known."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import Route

from app.actions.home_links import give_home_link
from app.actions.links import give_link
from app.domain.access import Role
from app.main import create_app
from app.settings import Settings
from tests.conftest import NOON
from tests.databases import lay_down
from tests.views.site import OURS, Site

APP = Path(__file__).resolve().parents[2] / "app"
ODD = (
    "0", "-1", "2147483648", "9223372036854775808", "-9223372036854775809", "9" * 400, "9" * 5_000, "1e3", "1.0", " 1", "٣",
    "½", "%00", "a%00b", "%ed%a0%80", "%ff%fe", "%c0%80", "%f4%90%80%80", "%E2%80%AE", "%F0%9F%92%A5" * 60, "%2e%2e",
    "%0d%0aX: 1", "'", "%22%3E", "{{7*7}}", "%25s", "null", "true",
)  # fmt: skip
TYPED = (
    "9" * 5_000, str(2**64), "-1", "%00", "a%00", "%ed%a0%80", "%ff", "%E2%80%AE", "%F4%8F%BF%BF", "%0d%0a", "%EF%BF%BF", "",
)  # fmt: skip
FIELD = re.compile(r"form\.get\(\"(\w+)\"|said\(\"(\w+)\"|\b(\w+): (?:Annotated\[[^\n]*Form|Typed|Text\b)")
SOUND = {
    "name": "The hall", "slug": "hall", "kind": "chat", "zone": "Europe/London", "accent": "teal", "language": "en",
    "hashtags": "hall", "starts_on": "2026-11-26", "ends_on": "2026-11-27", "like": "box10", "label": "Asha", "role": "screen",
    "helpers_until": "2030-01-01", "farewell": "Goodbye", "typed": "box10", "text": "Said in the hall", "key": "a key",
    "day": "2026-11-26", "talks": "10:00-11:00 | Talk", "url": "https://hooks.example/", "email": "asha@mail.example",
    "ntfy": "https://ntfy.example/hall", "webhook": "https://hooks.example/", "wait_seconds": "60", "nobody_seconds": "60",
    "welcome": "Hello",
}  # fmt: skip
"""A field each that is as it should be, so that what is wrong with another one is met."""
FIELDS = sorted(
    {
        name
        for file in (APP / "views").rglob("*.py")
        for found in FIELD.findall(file.read_text())
        for name in found
        if name
    }
)


@pytest.fixture(scope="module")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Settings(
        _env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"
    )  # type: ignore[call-arg]
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False), raise_server_exceptions=False) as client:
        site = Site(client)
        # Links of their own: some odd numbers are those of the first ones, which are then revoked.
        site.links = {role: site.do(give_link, site.event.id, role, at=NOON) for role in Role}
        for role, page in ((Role.OWNER, "setup"), (Role.SPEAKER, "stage")):
            site.enter(role, page)
        client.get(f"/?key={site.do(give_home_link, at=NOON).token}")
        site.do(give_home_link, at=NOON)
        yield site


def routes() -> list[tuple[str, str]]:
    app = create_app(Settings(_env_file=None), by_itself=False)  # type: ignore[call-arg]
    found = [route for route in every(app.routes) if isinstance(route, Route)]
    return sorted({(method, route.path) for route in found for method in (route.methods or set()) - {"HEAD"}})


def every(routes: Any) -> Iterator[Any]:
    for route in routes:
        inner = getattr(route, "routes", None) or getattr(getattr(route, "original_router", None), "routes", None)
        yield from every(inner) if inner else [route]


ROUTES = routes()


def forms() -> dict[str, list[str]]:
    """The fields that each form says it has."""
    app = create_app(Settings(_env_file=None), by_itself=False)  # type: ignore[call-arg]
    posts = [route for route in every(app.routes) if isinstance(route, APIRoute) and "POST" in route.methods]
    return {route.path: [field.alias for field in route.dependant.body_params] for route in posts}


FORMS = forms()
EVERY_FIELD = sorted({*FIELDS, *(name for fields in FORMS.values() for name in fields)})


def test_all_routes_are_tried() -> None:
    assert len(ROUTES) > 60
    assert {"text", "name", *SOUND} <= set(FIELDS)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_odd_address_is_an_error_of_ours(open_site: Site, method: str, path: str) -> None:
    places = re.findall(r"{(\w+)[^}]*}", path)
    for odd in ODD:
        for place in places:
            asked = re.sub(
                r"{(\w+)[^}]*}", lambda found, odd=odd, place=place: odd if found[1] == place else sound(found[1]), path
            )
            assert status(open_site, method, asked) < 500, asked
        query = (
            f"?after={odd}&limit={odd}&q={odd}&key={odd}&post={odd}&author={odd}&before={odd}&since={odd}&saved={odd}"
        )
        assert status(open_site, method, re.sub(r"{(\w+)[^}]*}", lambda found: sound(found[1]), path) + query) < 500, (
            query
        )


def sound(name: str) -> str:
    return {"slug": "box10", "kind": "x", "key": "nothing", "path": "app.css", "access_id": "77"}.get(name, "1")


def status(site: Site, method: str, path: str, **more: Any) -> int:
    headers = {
        **OURS,
        **({"Authorization": f"Bearer {site.links[Role.OWNER].token}"} if path.startswith("/api/") else {}),
    }
    return int(
        site.client.request(
            method, path, headers={**headers, **more.pop("headers", {})}, follow_redirects=False, **more
        ).status_code
    )


@pytest.mark.parametrize(
    ("method", "path"), [one for one in ROUTES if one[0] == "POST" and not one[1].startswith("/api/")]
)
def test_no_odd_word_in_a_form_is_an_error_of_ours(open_site: Site, method: str, path: str) -> None:
    own = FORMS.get(path, [])
    path = re.sub(r"{(\w+)[^}]*}", lambda found: sound(found[1]), path)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for odd in TYPED:
        for wrong in (EVERY_FIELD, *([name] for name in own)):
            body = "&".join(f"{name}={odd if name in wrong else quote(SOUND.get(name, '1'))}" for name in EVERY_FIELD)
            assert status(open_site, "POST", path, content=body, headers=form) < 500, (wrong, odd)
    for charset in ("utf-16", "raw_unicode_escape", "nonsense", "utf-7"):
        parts = "".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n\\ud800\r\n' for name in EVERY_FIELD
        )
        kind = {"Content-Type": f"multipart/form-data; boundary=b; charset={charset}"}
        assert status(open_site, "POST", path, content=f"{parts}--b--\r\n", headers=kind) < 500, charset
    for garbage in (b"\xff\xfe\x00", b"%", b"=&=&;", b"--b"):
        assert status(open_site, "POST", path, content=garbage, headers=form) < 500


@pytest.mark.parametrize(("method", "path"), [one for one in ROUTES if one[1].startswith("/api/") and one[0] != "GET"])
def test_no_odd_json_is_an_error_of_ours(open_site: Site, method: str, path: str) -> None:
    path = re.sub(r"{(\w+)[^}]*}", lambda found: sound(found[1]), path)
    json = {"Content-Type": "application/json"}
    for body in (
        b'{"text": "\\u0000"}', b'{"words": ["\\ud800"]}', b'{"policy": {"welfare": "\\udfff"}, "version": 1}', b"[" * 20_000,
        b"null", b"1e999", b"NaN", b"\xff", b"{", b'"\\ud83d\\ude00"', b"9" * 5_000, b'{"version": 1e400, "policy": {}}', b"",
    ):  # fmt: skip
        assert status(open_site, method, path, content=body, headers=json) < 500, body[:40]


def test_a_text_that_speaks_of_such_characters_is_stored(open_site: Site) -> None:
    r"""`\\u0000` in JSON is a text about an escape, a surrogate pair is a letter."""
    bearer = {
        **OURS,
        "Authorization": f"Bearer {open_site.links[Role.OWNER].token}",
        "Content-Type": "application/json",
    }
    before = open_site.client.get("/api/v1/policy", headers=bearer).json()["version"]
    body = rb'{"version": %d, "policy": {"welfare": "say \\u0000 to \ud83d\ude00"}}' % before
    answer = open_site.client.put("/api/v1/policy", content=body, headers=bearer)
    assert answer.status_code == 200, answer.text
    assert answer.json()["policy"]["welfare"] == "say \\u0000 to 😀"


def test_the_pages_stand_after_all_that(open_site: Site) -> None:
    for page in ("", "/desk", "/wall", "/stage", "/setup", "/setup/rules", "/setup/watch", "/log"):
        assert open_site.client.get(f"/e/box10{page}").status_code == 200, page
