"""Posts by id and users by id or name; what cannot be shown comes as a partial error."""

from typing import TYPE_CHECKING, Any

from aiohttp import web

from .asked import accepted, asked, check, identifiers
from .people import Post, User
from .problems import Refused, invalid, not_found, suspended
from .rendering import Rendering, unavailable

if TYPE_CHECKING:
    from .site import Site


async def posts_by_ids(site: "Site", request: web.Request) -> web.Response:
    check(request.query, accepted(site.style, streaming=False), "ids")
    site.ledger.require_credit()
    rendering = Rendering(site.world, site.base, asked(request.query))
    found: list[Post] = []
    for post_id in dict.fromkeys(identifiers(request.query, "ids", most=100)):
        if site.world.left_out.get(post_id, 0) > 0:
            site.world.left_out[post_id] -= 1
            continue
        _sort(site.world.posts.get(post_id), post_id, "ids", found, rendering)
    site.ledger.charge_posts(post.id for post in found)
    return _answer(site, rendering, [rendering.data(post) for post in found])


async def post_by_id(site: "Site", request: web.Request) -> web.Response:
    check(request.query, accepted(site.style, streaming=False))
    site.ledger.require_credit()
    rendering, found = Rendering(site.world, site.base, asked(request.query)), list[Post]()
    post_id = request.match_info["id"]
    _sort(site.world.posts.get(post_id), post_id, "id", found, rendering)
    site.ledger.charge_posts(post.id for post in found)
    return _answer(site, rendering, rendering.data(found[0]) if found else None)


async def users_by_ids(site: "Site", request: web.Request) -> web.Response:
    check(request.query, accepted(site.style, streaming=False), "ids")
    ids = identifiers(request.query, "ids", most=100)
    return _users(site, request, "ids", {one: site.world.users.get(one) for one in ids})


async def users_by_names(site: "Site", request: web.Request) -> web.Response:
    check(request.query, accepted(site.style, streaming=False), "usernames")
    names = [name for name in request.query.get("usernames", "").split(",") if name]
    if not 1 <= len(names) <= 100:
        raise Refused(400, invalid("`usernames` takes 1 to 100 names", usernames=names))
    return _users(site, request, "usernames", {name: site.world.find_user(name) for name in names})


def _users(site: "Site", request: web.Request, parameter: str, wanted: dict[str, User | None]) -> web.Response:
    site.ledger.require_credit()
    rendering, data = Rendering(site.world, site.base, asked(request.query)), []
    for value, user in wanted.items():
        if user is None:
            rendering.errors.append(not_found("user", parameter, value))
        elif user.suspended:
            rendering.errors.append(suspended("user", parameter, value))
        else:
            data.append(rendering.user(user))
            site.ledger.charge_users([user.id])
    return _answer(site, rendering, data)


def _sort(post: Post | None, value: str, parameter: str, found: list[Post], rendering: Rendering) -> None:
    problem = unavailable(post, parameter, "data", value)
    if problem:
        rendering.errors.append(problem)
    elif post is not None:
        found.append(post)


def _answer(site: "Site", rendering: Rendering, data: Any) -> web.Response:
    body: dict[str, Any] = {"data": data} if data else {}
    body |= {"includes": rendering.includes} if rendering.includes else {}
    body |= {"errors": rendering.errors} if rendering.errors else {}
    return site.json(body)
