"""A program reads a look and puts it elsewhere; a slip of the pen is refused."""

import base64
import json
from typing import Any

import pytest

from app.actions.events import create_event
from app.actions.links import give_link
from app.domain.access import Role
from tests.brand_files import LOGO_SVG, hall_png, logo_png
from tests.conftest import NOON
from tests.test_stored_json import WRONG
from tests.views.site import Site, site

__all__ = ["site"]


def asks(site: Site, token: str, **wanted: Any) -> Any:
    bearer = {"Authorization": f"Bearer {token}"}
    if not wanted:
        return site.client.get("/api/v1/brand", headers=bearer)
    return site.client.put(
        "/api/v1/brand", content=json.dumps(wanted), headers={**bearer, "Content-Type": "application/json"}
    )


def as_text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_a_look_that_was_exported_is_put_on_another_event(site: Site) -> None:
    owner = site.links[Role.OWNER].token
    look = {"accent": "pink", "wall": "light", "ground": "#333", "invitation": "Ask Nia"}
    put = asks(site, owner, **look, logo=as_text(LOGO_SVG), picture="data:image/png;base64," + as_text(hall_png()))
    assert put.status_code == 200, put.text
    state = asks(site, owner).json()
    assert {name: state[name] for name in look} == {**look, "accent": "#ffc0cb", "ground": "#333333"}
    exported = json.loads(site.exported("json"))
    assert exported["brand"] == state
    other = site.do(create_event, "other", name="Other", hashtags=[], at=NOON)
    theirs = site.do(give_link, other.id, Role.OWNER, at=NOON).token
    taken = asks(site, theirs, **exported["brand"]).json()
    assert {name: taken[name] for name in (*look, "logo")} == {name: state[name] for name in (*look, "logo")}
    assert taken["picture"].startswith("data:image/jpeg;base64,")
    # Null leaves a picture, an empty one takes it away.
    assert asks(site, theirs, accent="teal").json()["logo"] == state["logo"]
    assert asks(site, theirs, accent="teal", logo="", picture="").json() == {
        "accent": "teal", "wall": "dark", "ground": "", "invitation": "", "logo": "", "picture": "",
    }  # fmt: skip


@pytest.mark.parametrize("field", ["accent", "wall", "ground", "invitation", "logo", "picture", "hue"])
def test_a_program_that_sends_another_type_is_refused_and_nothing_changes(site: Site, field: str) -> None:
    owner = site.links[Role.OWNER].token
    asks(site, owner, accent="plum", logo=as_text(logo_png()))
    before = asks(site, owner).json()
    for wrong in (*(one for one in WRONG if one not in ("", None)), "no such thing"):
        if field == "invitation" and isinstance(wrong, str) and wrong.isprintable():
            continue
        answer = asks(site, owner, **{field: wrong})
        assert answer.status_code == 422, (wrong, answer.text)
    assert asks(site, owner).json() == before
