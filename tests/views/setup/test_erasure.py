"""Erasing from setup: shown first, the address typed, gone; the register names nobody."""

from app.domain.access import Role
from app.domain.post import Post
from app.queries.erasures import erasures
from tests.erasing import HANDLE, MAIL, furnish, where_she_stands
from tests.views.site import Site, value

ERASURE = "/setup/erasure"


def test_what_goes_is_shown_first_and_goes_when_the_address_is_typed(site: Site) -> None:
    ids = site.client.portal.call(furnish, site.context.backchannel, site.event)  # type: ignore[union-attr]
    site.enter(Role.OWNER, "setup")
    assert "Erase somebody" in site.client.get(f"/e/box10{ERASURE}").text
    shown = site.post(f"{ERASURE}/preview", whom="person", of=f"@{HANDLE}")
    assert (shown.status_code, "Quilla Featherstone" in shown.text, "1 post" in shown.text) == (200, True, True)
    wrong = site.post(ERASURE, whom="person", of=HANDLE, typed="box11")
    assert (wrong.status_code, "Type its address" in wrong.text) == (422, True)
    assert site.ask(lambda db: db.get(Post, ids["mine"])) is not None
    done = site.post(ERASURE, whom="person", of=HANDLE, typed=" BOX10 ")
    assert "Erased. Nothing of it is left on this server." in done.text
    assert HANDLE not in done.text
    phone = site.post(f"{ERASURE}/preview", whom="phone", of=f"http://testserver/e/box10#post-{ids['sent']}")
    assert "One phone" in phone.text
    site.post(ERASURE, whom="phone", of=str(ids["sent"]), typed="box10")
    site.post(ERASURE, whom="mail", of=MAIL, typed="box10")
    assert site.ask(where_she_stands) == set()
    kept = site.ask(erasures, site.event.id)
    assert [(one.what, one.swept_at is not None) for one in kept] == [
        ("mail", True),
        ("phone", True),
        ("person", True),
    ]
    log = site.client.get("/e/box10/log").text
    assert "everything of somebody" in log
    assert HANDLE not in log


def test_what_is_not_there_is_said_and_what_was_typed_stays(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    for whom, of in (("person", "nobody"), ("phone", "#post-1"), ("person", "")):
        answer = site.post(f"{ERASURE}/preview", whom=whom, of=of)
        assert (answer.status_code, "There is nothing of that here." in answer.text) == (404, True)
        assert value(answer.text, "of") == of


def test_programs_erase_too_and_look_first(site: Site) -> None:
    site.client.portal.call(furnish, site.context.backchannel, site.event)  # type: ignore[union-attr]
    bearer = {"Authorization": f"Bearer {site.links[Role.OWNER].token}"}

    def ask(**wanted: object) -> tuple[int, dict[str, object]]:
        answer = site.client.post("/api/v1/erasures", json=wanted, headers=bearer)
        return answer.status_code, answer.json()

    assert ask(author=HANDLE, phone="1")[0] == 422
    assert ask()[0] == 422
    assert ask(author="nobody")[0] == 422
    status, told = ask(author=HANDLE, dry_run=True)
    assert (status, told["erased"], told["posts"]) == (200, False, 1)
    status, told = ask(author=HANDLE)
    assert (status, told["erased"], told["swept"]) == (200, True, True)
    (line,) = site.client.get("/api/v1/erasures", headers=bearer).json()
    assert (line["what"], line["posts"]) == ("person", 1)
    assert HANDLE not in str(line)
