"""A page that is the same for all is made once for those who ask at once, and kept for nobody."""

import asyncio

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from app.views import known_pages
from app.views.known_pages import unless_known
from tests.until import until
from tests.views.conftest import site
from tests.views.site import Site

__all__ = ["site"]
HALL = 20


def asking(path: str = "/e/box10") -> Request:
    return Request({"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []})


def test_a_hall_that_looks_at_once_has_a_page_made_once(site: Site) -> None:
    made: list[str] = []

    async def go() -> None:
        goes_on = asyncio.Event()

        async def make() -> Response:
            made.append("made")
            await goes_on.wait()
            return HTMLResponse(f"page {len(made)}")

        async def opened(stands: str = "7", path: str = "/e/box10", *, same: bool = True) -> Response:
            return await unless_known(asking(path), site.context, stands, make, same_for_all=same)

        hall = [asyncio.create_task(opened()) for _ in range(HALL)]
        others = [asyncio.create_task(one) for one in (opened("8"), opened(path="/e/else"), opened(same=False))]
        await until(lambda: len(made) == 1 + len(others))
        hall.pop(0).cancel()  # whoever asked first leaves
        goes_on.set()
        told = await asyncio.gather(*hall)
        assert {(one.status_code, bytes(one.body), one.headers["content-type"]) for one in told} == {
            (200, b"page 4", "text/html; charset=utf-8")
        }
        assert len({id(one) for one in told}) == len(hall)  # to each an answer of their own
        await asyncio.gather(*others)
        assert known_pages._making == {}
        assert bytes((await opened()).body) == b"page 5"  # nothing of it was kept

    site._call(go)
    assert len(made) == 5
