"""Pages that a browser has already: told by where their event's log stands, so that nothing is sent for nothing."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable

from fastapi import Request
from fastapi.responses import Response

from app.views.context import Context
from app.views.translation import spoken

_making: dict[tuple[int, str], asyncio.Future[Response]] = {}
"""Pages that are being made at this moment; of what was made nothing is kept."""


async def unless_known(
    request: Request,
    context: Context,
    stands: object,
    make: Callable[[], Awaitable[Response]],
    *,
    same_for_all: bool = False,
) -> Response:
    """304 for whoever has it as it is. Only browsers keep it, and ask each time: what was withdrawn is in no answer.

    `stands` says all that the page depends on besides its address, its language and this version of the program. What
    is the `same_for_all` is made once for those who ask at once: a hall goes home and looks at it again.
    """
    version = context.templates.globals["static"]("favicon.svg")  # type: ignore[operator]
    said = f"{stands} {request.url.path}?{request.url.query} {spoken().tag} {version}"
    headers = {"ETag": f'W/"{hashlib.sha256(said.encode()).hexdigest()[:24]}"', "Cache-Control": "no-cache, private"}
    if headers["ETag"] in {one.strip() for one in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    response = await (_made_once((id(context.backchannel), headers["ETag"]), make) if same_for_all else make())
    response.headers.update(headers)
    return response


async def _made_once(page: tuple[int, str], make: Callable[[], Awaitable[Response]]) -> Response:
    """An answer of one's own, made by whoever asked first; who leaves meanwhile ends it for nobody."""
    made = _making.get(page)
    if made is None:
        made = _making[page] = asyncio.ensure_future(make())
        made.add_done_callback(lambda _: _making.pop(page, None))
    told = await asyncio.shield(made)
    return Response(told.body, told.status_code, media_type=told.media_type)
