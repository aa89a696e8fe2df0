"""Whatever goes wrong is said in the language of whoever asked: as a page, as JSON, as a note and by a guard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Query
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketDenialResponse

from app.main import create_app
from app.settings import Settings
from app.store.doors import Busy, Unreachable
from tests.databases import lay_down
from tests.pseudo_language.unmarked import unmarked

PSEUDO = {"accept-language": "en-XA, en;q=0.5"}
OURS = {"origin": "http://testserver", **PSEUDO}
AS_PAGE, AS_JSON, AS_NOTE = {"accept": "text/html"}, {"accept": "application/json"}, {"hx-request": "true"}
WRONG = {500: RuntimeError("a bug"), 503: Busy(), 507: Unreachable("away")}


def breaks(app: FastAPI) -> None:
    """Routes on which something goes wrong, as on any route of ours it may."""

    async def wrong(status: int) -> None:
        raise WRONG[status]

    async def unreadable(number: int = Query()) -> int:
        return number

    app.add_api_route("/wrong/{status}", wrong)
    app.add_api_route("/unreadable", unreadable)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    lay_down(made.data_dir)
    app = create_app(made, by_itself=False)
    breaks(app)
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


@pytest.mark.parametrize("form", [AS_PAGE, AS_JSON, AS_NOTE], ids=["page", "json", "note"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/wrong/500", 500),
        ("/wrong/503", 503),
        ("/wrong/507", 503),
        ("/unreadable?number=x", 422),
        ("/nothing-here", 404),
        ("/e/nowhere", 404),
        ("/posts/1/approval", 405),
    ],
)
def test_a_refusal_is_translated(client: TestClient, path: str, status: int, form: dict[str, str]) -> None:
    answer = client.get(path, headers={**PSEUDO, **form})
    assert answer.status_code == status
    if form is AS_JSON:
        assert unmarked(f"<p>{answer.json()['detail'].replace('number', '')}</p>") == []
    else:
        assert "⟦" in answer.text
        assert unmarked(answer.text.replace("number", "")) == []
    if form is AS_PAGE:
        assert '<html lang="en-GB" dir="ltr"' in answer.text


@pytest.mark.parametrize("form", [AS_PAGE, AS_JSON], ids=["page", "json"])
def test_a_guard_is_translated(client: TestClient, form: dict[str, str]) -> None:
    foreign = client.post("/e/box10/undo", headers={**PSEUDO, **form, "origin": "https://elsewhere.example"})
    odd = client.post("/e/box10/posts", headers={**OURS, **form}, data={"text": "a \x00 b"})
    assert (foreign.status_code, odd.status_code) == (403, 422)
    for answer in (foreign, odd):
        said = answer.json()["detail"] if "json" in answer.headers["content-type"] else answer.text
        assert said.startswith("⟦")
        assert unmarked(f"<p>{said}</p>") == []


@pytest.mark.parametrize(
    ("path", "origin"), [("/live/nowhere/desk", "http://testserver"), ("/live/box10/desk", "https://elsewhere.example")]
)
def test_a_socket_that_is_refused_says_why_in_it_too(client: TestClient, path: str, origin: str) -> None:
    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        client.websocket_connect(path, headers={**PSEUDO, "origin": origin}),
    ):
        pass
    assert refused.value.text.startswith("⟦")


def test_nobody_is_offered_a_pseudo_language_who_does_not_ask_for_it(client: TestClient) -> None:
    for header in ("en", "en-X", "en-XAB", "*", "xa", ""):
        assert (
            "There is nothing at this address."
            in client.get("/nothing", headers={"accept-language": header, **AS_PAGE}).text
        )
