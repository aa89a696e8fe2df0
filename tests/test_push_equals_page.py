"""The law of the live screens: a page that was pushed to is the page that one would load now.

Random histories of everything that people and sources do; every view; readers that are told at once, late, twice,
or from a stale cursor. Listings are made short, so that entries keep falling out of them and moving up.
"""

from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from app.actions.votes import publish_vote_totals
from app.views.parts import Listing
from tests.elsewhere_steps import elsewhere
from tests.histories import Past
from tests.pages import Page
from tests.short_world import IN_ROOMS, ROOMS, SCREENS, World, world
from tests.steps import TEXTS, in_rooms, step, verdict_or_read

__all__ = ["world"]


def test_every_view_takes_part(world: World) -> None:
    assert SCREENS.keys() == world.whole.keys()


def test_every_list_of_a_page_says_how_long_it_is(world: World) -> None:
    _, slug = world.event()
    for name, paths in SCREENS.items():
        listings = {part.id: part for part in world.whole[name].parts if isinstance(part, Listing)}
        found: dict[str, str] = {}
        for path in paths:
            found |= Page.load(world.client.get(f"/e/{slug}{path}").text).limits()
        assert found == {part.id: str(part.limit) for part in listings.values()}


@settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    waiting=st.integers(0, 8),
    approved=st.integers(0, 8),
    history=st.lists(step | verdict_or_read | elsewhere, min_size=5, max_size=40),
)
@example(
    waiting=6,
    approved=6,
    history=[
        *(("question", number) for number in range(3)),
        ("stage", 0),
        ("called", 7, 0, "Ann"),
        ("read", {0, 2, 4}),
        *(("take name", number, 0) for number in (0, 3)),
        ("undo", 0),
        ("called", 6, 1, "Wanker"),
        ("read", {1, 3, 5}),
        ("approve", 1, 0),
        ("called", 8, 2, "Call 07700 900123"),
        ("approve", 2, 0),
        ("approve", 2, 1),
        ("edit", 0, 3, TEXTS[0]),
        ("undo any", 1),
    ],
)
@example(
    waiting=2,
    approved=1,
    history=[
        ("programme", {0, 1}, 0, False),
        ("time", 10),
        ("question", 0),
        ("arrange", 30, "blank"),
        ("look", 120),
        ("read", {0, 3, 7}),
        ("programme", {1, 2}, 1, True),
        ("sit", 0, 1),
        ("look", 5),
        ("undo any", 0),
    ],
)
@example(
    waiting=4,
    approved=2,
    history=[
        *(("elsewhere", number, network) for number in (0, 1, 2) for network in ("mastodon", "bluesky")),
        ("read", {0, 1, 4, 5}),
        ("withdraw elsewhere", 0, "mastodon"),
        ("edit elsewhere", 0, "bluesky"),
        ("read", {0, 4}),
        ("withdraw", 0),
        ("approve", 2, 0),
        ("read", {0, 1, 2, 3, 4, 5, 6}),
        ("hold elsewhere", 1, "bluesky"),
    ],
)
@example(
    waiting=3,
    approved=4,
    history=[
        ("prompt", "question", "What <b>helped</b>?"),
        ("prompt", "welcome", "And now?"),
        ("put prompt", 0),
        ("approve", 1, 0),
        ("read", {0, 3, 5}),
        ("put prompt", 1),
        ("called", 6, 1, "Ann"),
        ("approve", 6, 0),
        ("file", 1, 2),
        ("block", 1),
        ("undo", 0),
        ("undo", 0),
        ("no prompt", 1),
        ("reword prompt", 0),
    ],
)
def test_a_pushed_page_is_the_page_one_would_load_now(
    world: World, waiting: int, approved: int, history: list[tuple[Any, ...]]
) -> None:
    event_id, slug = world.event()
    _live_through(
        world, event_id, slug, [path for paths in SCREENS.values() for path in paths], waiting, approved, history
    )


@settings(
    max_examples=30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(approved=st.integers(3, 8), history=st.lists(step | verdict_or_read | in_rooms, min_size=10, max_size=40))
def test_in_rooms_too_a_pushed_page_is_the_page_one_would_load_now(
    world: World, approved: int, history: list[tuple[Any, ...]]
) -> None:
    event_id, slug = world.event(ROOMS)
    _live_through(
        world,
        event_id,
        slug,
        ["/stage", "/desk", "", "/r/lifeboat-hall/desk", *IN_ROOMS],
        8,
        approved,
        [("time", 15), *history],
    )


def _live_through(
    world: World,
    event_id: int,
    slug: str,
    paths: list[str],
    waiting: int,
    approved: int,
    history: list[tuple[Any, ...]],
) -> None:
    past = Past(world, event_id)
    for number in range(waiting):
        past.happens("arrive", number, number % 3, f"{TEXTS[number % 5]} ({number})")
    for number in range(approved):
        past.happens("approve", number, 0)
    pages = [(path, world.page(slug, path)) for path in (path.format(screen=past.screen) for path in paths)]
    readers = [(world.view_of(page), path, page) for path, page in pages]
    for kind, *rest in history:
        if kind in {"read", "reread"}:
            for view, _, page in (readers[index] for index in sorted(rest[0])):
                # A reader that comes back with a stale cursor is told again what it knows already.
                after = page.cursor if kind == "read" else max(0, page.cursor - 5)
                page.receive(world.catch_up(view, event_id, after))
        else:
            past.happens(kind, *rest)
    # Votes are told together, a moment later.
    world.do(publish_vote_totals, event_id, at=past.at)
    for view, path, page in readers:
        page.receive(world.catch_up(view, event_id, page.cursor))
        fresh = world.page(slug, path)
        # A screen that hangs elsewhere by now is told so, and loads its page again.
        stayed = world.view_of(fresh).followed_as == view.followed_as
        for part in view.parts if stayed else [part for part in view.parts if part.id == "screen"]:
            assert page.part(part.id) == fresh.part(part.id), f"{view.name}{path}, #{part.id}"
