"""A token of somebody's account is looked at once when it is entered in setup, and kept with the name of its server."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.domain.access import Role
from app.main import create_app
from app.queries.network_tokens import kept_tokens
from app.settings import Settings
from app.sources.mastodon.settings import with_token
from app.sources.mastodon.token import check
from tests.databases import lay_down
from tests.networks import mastodon_at
from tests.sources.mastodon.asking import settings_for
from tests.sources.mastodon.server import MastodonServer, Said
from tests.views.site import Site

PAGE = "/setup/sources/mastodon"


@pytest.mark.parametrize(
    ("token", "happens", "said", "refused"),
    [
        ("ours", {}, "takes the token, and its posts come at once", False),
        ("theirs", {}, "does not accept this token", True),
        ("ours", {"refused_with": 403}, "takes the token, but does not give its stream to it", False),
        ("ours", {"fault": Said(403, {})}, "takes the token, and its posts come at once", False),
        ("ours", {"fault": Said(500, {})}, "could not be checked now", False),
        ("ours", {"fault": Said(200, "<html>")}, "could not be checked now", False),
    ],
)
async def test_what_a_server_says_of_a_token(token: str, happens: dict[str, Any], said: str, refused: bool) -> None:
    with MastodonServer() as server:
        server.accounts = {"ours"}
        server.streams.refused_with = happens.get("refused_with")
        server.fault = lambda _, path: happens.get("fault") if "verify" in path else None
        found = await check(settings_for(server, token=token), server.url)
        assert said in str(found.said)
        assert found.refused is refused
        assert found.keep == ("" if refused else f"{server.name} {token}")
        assert token not in repr(found).replace(server.name, "")


async def test_without_a_server_there_is_nothing_to_enter_a_token_for() -> None:
    assert (await check(settings_for(token="ours"), "")).refused


def test_what_is_kept_names_the_server_and_what_the_environment_has_need_not() -> None:
    kept = with_token(settings_for(), "hall.example ours")
    assert (kept.token, kept.mastodon_token_server) == ("ours", "hall.example")
    typed = with_token(settings_for(), "ours")
    assert (typed.token, typed.mastodon_token_server) == ("ours", "")


def test_it_is_entered_in_the_browser_and_kept_sealed(tmp_path: Path) -> None:
    lay_down(tmp_path)
    settings = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    with MastodonServer() as server:
        server.accounts = {"secret-of-ours"}
        near = mastodon_at(f"{server.name},{server.streams.name}")
        with TestClient(create_app(settings, networks=[near], by_itself=False)) as client:
            site = Site(client)
            site.enter(Role.OWNER, "setup")
            site.post(PAGE, enabled="true", servers=server.url)
            page = site.post(f"{PAGE}/token", token="secret-of-ours")
            assert "takes the token, and its posts come at once" in page.text
            assert "secret-of-ours" not in page.text
            found = site.ask(kept_tokens, site.event.id)["mastodon"]
            assert site.context.seal.opened(found.sealed, "mastodon") == f"{server.name} secret-of-ours"
            assert (
                "does not accept this token"
                in site.client.post(
                    f"/e/box10{PAGE}/token", data={"token": "another"}, headers={"Origin": "http://testserver"}
                ).text
            )
