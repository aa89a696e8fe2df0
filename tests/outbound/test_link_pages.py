"""Pages are asked for politely and safely: real servers on this machine say how they were asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from app.domain.resource import Asked, PageAsked
from app.outbound.link_pages import LARGEST_PAGE, LinkPages

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """A web site that says by itself how it is asked."""

    pages: dict[str, Handler | web.Response | str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    most_at_once: int = 0
    port: int = 0
    _now: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        self.agents.add(request.headers["User-Agent"])
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            await asyncio.sleep(0)
            found = self.pages.get(request.path)
            if found is None:
                return web.Response(status=404)
            if isinstance(found, str):
                return web.Response(
                    text=found, content_type="text/html" if request.path != "/robots.txt" else "text/plain"
                )
            return found if isinstance(found, web.Response) else await found(request)
        finally:
            self._now -= 1


@asynccontextmanager
async def serving(**pages: Handler | str) -> AsyncIterator[Site]:
    site = Site({f"/{path}": page for path, page in pages.items()})
    app = web.Application()
    app.router.add_route("GET", "/{path:.*}", site.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()


@asynccontextmanager
async def pages_of(*sites: Site) -> AsyncIterator[LinkPages]:
    pages = LinkPages(frozenset(site.host for site in sites), contact="https://live.example", pause=0.0)
    try:
        yield pages
    finally:
        await pages.close()


def leads(to: str, status: int = 302) -> Handler:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": to})

    return answer


def says(status: int, **more: object) -> Handler:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, **more)  # type: ignore[arg-type]

    return answer


async def test_a_title_is_read_once_and_each_site_is_asked_for_its_rules_first() -> None:
    async with serving(tea="<title>Tea for all</title>", other="<title>Other</title>") as site, pages_of(site) as pages:
        assert await pages.ask(site.url("/tea")) == PageAsked(Asked.FOUND, site.url("/tea"), "Tea for all")
        assert (await pages.ask(site.url("/other"))).title == "Other"
        assert site.asked == ["/robots.txt", "/tea", "/other"]
        assert site.agents == {"Backchannel/1 (titles of shared links; +https://live.example)"}


async def test_a_short_address_leads_to_the_page_with_the_title_over_several_sites() -> None:
    async with serving(page="<title>Hips</title>") as there, serving() as short, pages_of(short, there) as pages:
        short.pages["/3x"] = leads("/again", 301)
        short.pages["/again"] = leads(there.url("/page"))
        assert await pages.ask(short.url("/3x")) == PageAsked(Asked.FOUND, there.url("/page"), "Hips")
        assert there.asked == ["/robots.txt", "/page"]


async def test_what_robots_may_not_read_is_not_asked_for() -> None:
    rules = "User-agent: *\nDisallow: /private\n\nUser-agent: Backchannel\nDisallow: /no-titles"
    async with serving(**{"robots.txt": rules}) as site, pages_of(site) as pages:
        site.pages |= {"/no-titles": "<title>x</title>", "/private": "<title>y</title>"}
        assert await pages.ask(site.url("/no-titles")) == PageAsked(Asked.CLOSED, site.url("/no-titles"))
        assert (await pages.ask(site.url("/private"))).title == "y"
        assert site.asked == ["/robots.txt", "/private"]


async def test_of_a_site_whose_rules_cannot_be_had_nothing_is_read_this_time() -> None:
    async with serving(page="<title>x</title>") as site, pages_of(site) as pages:
        site.pages["/robots.txt"] = says(503)
        assert await pages.ask(site.url("/page")) == PageAsked(Asked.AWAY)
        site.pages.pop("/robots.txt")
        assert (await pages.ask(site.url("/page"))).title == "x"
        assert site.asked == ["/robots.txt", "/robots.txt", "/page"]


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (404, Asked.GONE),
        (410, Asked.GONE),
        (401, Asked.CLOSED),
        (403, Asked.CLOSED),
        (429, Asked.AWAY),
        (500, Asked.AWAY),
    ],
)
async def test_what_a_site_answers_says_whether_it_is_asked_again(status: int, asked: Asked) -> None:
    async with serving(page=says(status)) as site, pages_of(site) as pages:
        assert (await pages.ask(site.url("/page"))).asked is asked


async def test_no_more_is_read_than_the_beginning_and_only_of_pages() -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        await response.write(b"<title>At the beginning</title>")
        while sent < 100 * LARGEST_PAGE:
            await response.write(b" " * 65_536)
            sent += 65_536
        return response

    async with (
        serving(endless=endless, film=says(200, body=b"<title>no</title>", content_type="video/mp4")) as site,
        pages_of(site) as pages,
    ):
        assert (await pages.ask(site.url("/endless"))).title == "At the beginning"
        assert sent < 100 * LARGEST_PAGE
        assert await pages.ask(site.url("/film")) == PageAsked(Asked.FOUND, site.url("/film"))


async def test_one_request_a_host_at_a_time() -> None:
    async with serving() as site, pages_of(site) as pages:
        site.pages |= {f"/{number}": f"<title>{number}</title>" for number in range(8)}
        found = await asyncio.gather(*(pages.ask(site.url(f"/{number}")) for number in range(8)))
        assert [one.title for one in found] == [str(number) for number in range(8)]
        assert site.most_at_once == 1


async def test_nothing_private_is_asked_whichever_way_leads_there() -> None:
    async with serving(secret="<title>of the house</title>") as inside, serving() as site, pages_of(site) as pages:
        port = inside.port
        ways = [inside.url("/secret"), f"http://localhost:{port}/secret", f"http://[::ffff:127.0.0.1]:{port}/secret",
                f"http://2130706433:{port}/secret", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"]  # fmt: skip
        for number, way in enumerate(ways):
            site.pages[f"/{number}"] = leads(way)
            for url in (way, site.url(f"/{number}")):
                assert (await pages.ask(url)).title == ""
        assert inside.asked == []


async def test_whoever_leads_in_circles_or_cuts_the_line_is_left_alone() -> None:
    async def cuts(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with serving(circle=leads("/circle"), cuts=cuts) as site, pages_of(site) as pages:
        assert (await pages.ask(site.url("/circle"))).asked is Asked.CLOSED
        assert len(site.asked) < 10
        assert await pages.ask(site.url("/cuts")) == PageAsked(Asked.AWAY)
