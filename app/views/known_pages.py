"""Pages that a browser has already: told by where their event's log stands, so that nothing is sent for nothing."""

import hashlib
from collections.abc import Awaitable, Callable

from fastapi import Request
from fastapi.responses import Response

from app.views.context import Context
from app.views.translation import spoken


async def unless_known(
    request: Request, context: Context, stands: object, make: Callable[[], Awaitable[Response]]
) -> Response:
    """304 for whoever has it as it is. Only browsers keep it, and ask each time: what was withdrawn is in no answer.

    `stands` says all that the page depends on besides its address, its language and this version of the program.
    """
    version = context.templates.globals["static"]("favicon.svg")  # type: ignore[operator]
    said = f"{stands} {request.url.path}?{request.url.query} {spoken().tag} {version}"
    headers = {"ETag": f'W/"{hashlib.sha256(said.encode()).hexdigest()[:24]}"', "Cache-Control": "no-cache, private"}
    if headers["ETag"] in {one.strip() for one in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    response = await make()
    response.headers.update(headers)
    return response
