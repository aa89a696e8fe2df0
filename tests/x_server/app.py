"""The table of endpoints, and what happens before and after each of them."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from . import activity, compliance, connections, lookup, rules_endpoint, search, stream, usage
from .answers import INSTEAD, WITHOUT_RATE, instead, portal
from .control import control_routes
from .pictures import routes as picture_routes
from .problems import Refused, answer, plain
from .site import Seen, Site

Endpoint = Callable[[Site, web.Request], Awaitable[web.StreamResponse]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

ENDPOINTS: tuple[tuple[str, str, str, Endpoint], ...] = (
    ("stream", "GET", "/2/tweets/search/stream", stream.filtered_stream),
    ("rules_get", "GET", "/2/tweets/search/stream/rules", rules_endpoint.get_rules),
    ("rules_post", "POST", "/2/tweets/search/stream/rules", rules_endpoint.change_rules),
    ("rules_counts", "GET", "/2/tweets/search/stream/rules/counts", rules_endpoint.count_rules),
    ("search", "GET", "/2/tweets/search/recent", search.search_recent),
    ("lookup", "GET", "/2/tweets", lookup.posts_by_ids),
    ("lookup", "GET", "/2/tweets/{id}", lookup.post_by_id),
    ("users", "GET", "/2/users", lookup.users_by_ids),
    ("users", "GET", "/2/users/by", lookup.users_by_names),
    ("connections", "GET", "/2/connections", connections.list_connections),
    ("connections", "DELETE", "/2/connections", connections.end_by_ids),
    ("connections", "DELETE", "/2/connections/all", connections.end_all),
    ("connections", "DELETE", "/2/connections/{endpoint_id}", connections.end_by_endpoint),
    ("usage", "GET", "/2/usage/tweets", usage.post_usage),
    ("compliance", "POST", "/2/compliance/jobs", compliance.create_job),
    ("compliance", "GET", "/2/compliance/jobs", compliance.list_jobs),
    ("compliance", "GET", "/2/compliance/jobs/{id}", compliance.get_job),
    ("activity_stream", "GET", "/2/activity/stream", activity.activity_stream),
    ("activity", "POST", "/2/activity/subscriptions", activity.subscribe),
    ("activity", "GET", "/2/activity/subscriptions", activity.list_subscriptions),
    ("activity", "DELETE", "/2/activity/subscriptions", activity.unsubscribe_many),
    ("activity", "DELETE", "/2/activity/subscriptions/{subscription_id}", activity.unsubscribe),
)
NAMES = {(method, path): name for name, method, path, _ in ENDPOINTS}
SEEN = web.RequestKey("seen", Seen)
UPLOAD_LIMIT = 64 * 1024 * 1024


def make_app(site: Site, control: Handler) -> web.Application:
    app = web.Application(middlewares=[_gate(site)], client_max_size=UPLOAD_LIMIT)
    app.on_response_prepare.append(_signer(site))
    for _, method, path, endpoint in ENDPOINTS:
        app.router.add_route(method, path, _bound(site, endpoint))
    app.router.add_put("/_compliance/{id}/upload", _bound(site, compliance.upload_ids))
    app.router.add_get("/_compliance/{id}/download", _bound(site, compliance.download_results))
    app.router.add_get("/_portal", portal)
    app.router.add_routes(control_routes(control))
    app.router.add_routes(picture_routes(site.world))
    return app


def _bound(site: Site, endpoint: Endpoint) -> Handler:
    async def call(request: web.Request) -> web.StreamResponse:
        return await endpoint(site, request)

    return call


def _gate(site: Site) -> Middleware:
    @web.middleware
    async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
        seen = await _seen(site, request)
        if not request.path.startswith("/2/"):
            return await handler(request)
        if fault := site.faults.take(seen.endpoint, *INSTEAD):
            return await instead(fault, request)
        try:
            _admit(site, request, seen)
            return await handler(request)
        except Refused as refused:
            return answer(refused.status, site.spelled(refused.problem, streaming=seen.endpoint == "stream"))
        except web.HTTPException as refused:
            return answer(refused.status, plain(refused.status))

    return gate


async def _seen(site: Site, request: web.Request) -> Seen:
    resource = request.match_info.route.resource
    seen = Seen(
        request.method,
        request.path,
        dict(request.query),
        dict(request.headers),
        site.clock.now(),
        NAMES.get((request.method, resource.canonical if resource else ""), ""),
    )
    if request.can_read_body and "json" in request.content_type:
        seen.body = await request.text()
    request[SEEN] = seen
    if not request.path.startswith(("/_control", "/media")):
        site.requests.append(seen)
    return seen


def _admit(site: Site, request: web.Request, seen: Seen) -> None:
    if request.headers.get("Authorization") != f"Bearer {site.token}":
        raise Refused(401, plain(401))
    if not seen.endpoint:
        raise Refused(404, plain(404))
    site.limits.count(seen.endpoint)


def _signer(site: Site) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    async def sign(request: web.Request, response: web.StreamResponse) -> None:
        """Rate headers and the server's own idea of the time, on whatever goes out."""
        seen = request.get(SEEN)
        if seen is None:
            return
        seen.status = response.status
        response.headers["Date"] = site.clock.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
        if seen.endpoint and not response.headers.popall(WITHOUT_RATE, None):
            response.headers.update(site.limits.headers(seen.endpoint))

    return sign
