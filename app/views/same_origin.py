"""Nobody writes from the page of another site, as plain ASGI."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.sentence import Sentence
from app.views.problem_json import plain_refusal

LETTERS = "/letters/"
"""What mail programs post to, an address for each letter: whoever knows it has the letter, no cookie counts there."""
SAFE = {"GET", "HEAD", "OPTIONS"}


class SameOrigin:
    """Lets nobody write from another site's page: cookies alone prove nothing.

    Browsers say where a request comes from (`Sec-Fetch-Site`), but not over plain http on a venue's network; there
    the Origin must be ours. Programs with a bearer token send no cookie and are let through to be checked.
    """

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self.app = app
        self.public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] in SAFE
            or scope["path"].startswith(LETTERS)
            or self._ours(Headers(scope=scope), scope["scheme"])
        ):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = plain_refusal(scope, 403, Sentence("This request came from another site's page."), headers)
        await refusal(scope, receive, send)

    def _ours(self, headers: Headers, scheme: str) -> bool:
        if headers.get("authorization", "").lower().startswith("bearer ") and "cookie" not in headers:
            return True
        if site := headers.get("sec-fetch-site"):
            return site in {"same-origin", "none"}
        origin = headers.get("origin", "") or headers.get("referer", "")
        return is_same_origin(origin, headers.get("host", ""), scheme, self.public_url)


def is_same_origin(origin: str, host: str, scheme: str, public_url: str) -> bool:
    """Whether a page of ours asks. A page that came in the open is not one of ours where we are reached by https.

    A proxy in front may end https without telling us, so https at our host is ours whatever `scheme` says.
    """
    try:
        asking, public = urlsplit(origin), urlsplit(public_url)
    except ValueError:
        return False
    if not asking.netloc or asking.scheme not in {"http", "https"}:
        return False
    if (asking.scheme, asking.netloc) == (public.scheme, public.netloc):
        return True
    in_the_open = asking.scheme == "http" and (scheme in {"https", "wss"} or host == public.netloc)
    return asking.netloc == host and not in_the_open
