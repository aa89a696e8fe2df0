"""The address of a picture dies with its post, on our server and in what lies between it and a browser."""

from pathlib import Path

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.actions.withdrawals import withdraw
from app.domain.incoming import Byline, Photo, Withdrawal
from app.jobs.unused_pictures import forget_unnamed
from app.queries.pictures import pictures_among
from app.queries.posts import post_by_id
from tests.conftest import ASHA, NOON, incoming
from tests.views.site import Site

HERS = "demo:avatars/none.svg"
SHARED, OWN = "demo:photos/atrium.svg", "demo:photos/bridge.svg"


def shown(site: Site, ref: str, *urls: str, by: str = "nia") -> list[str]:
    photos = tuple(Photo(url) for url in urls)
    post = incoming(f"Number {ref}", ref=ref, photos=photos, byline=Byline(by, by, HERS))
    post_id = site.do(receive, site.event.id, post, at=NOON).post_id
    site.do(approve, post_id, by=ASHA, at=NOON)
    return [str(photo["picture"]) for photo in site.ask(post_by_id, post_id).photos]


def test_a_picture_dies_with_the_last_post_that_shows_it(site: Site) -> None:
    shared, own = shown(site, "1", SHARED, OWN)
    shown(site, "2", SHARED)
    assert site.client.get(f"/pictures/{shared}").status_code == 200
    site.do(withdraw, site.event.id, Withdrawal("x", "1", "deleted"), at=NOON)
    assert site.client.get(f"/pictures/{own}").status_code == 404
    assert site.client.get(f"/pictures/{own}", headers={"If-None-Match": f'"{own}"'}).status_code == 404
    assert site.client.get(f"/pictures/{shared}").status_code == 200
    site.do(withdraw, site.event.id, Withdrawal("x", "2", "deleted"), at=NOON)
    assert site.client.get(f"/pictures/{shared}").status_code == 404


def test_nobody_in_between_keeps_a_picture_and_a_browser_asks_again(site: Site) -> None:
    (key,) = shown(site, "1", SHARED)
    answer = site.client.get(f"/pictures/{key}")
    assert answer.headers["cache-control"].startswith("private, max-age=")
    again = site.client.get(f"/pictures/{key}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_died_leaves_the_disk(site: Site) -> None:
    (key,) = shown(site, "1", SHARED)
    folder: Path = site.context.settings.data_dir / "pictures"
    folder.mkdir()
    for name in (f"{key}.drawn", "unknown.drawn", "of-before", "under-way.part"):
        (folder / name).touch()
    assert site.client.portal is not None
    site.client.portal.call(forget_unnamed, site.context)
    assert {file.name for file in folder.iterdir()} == {f"{key}.drawn", "under-way.part"}
    site.do(withdraw, site.event.id, Withdrawal("x", "1", "deleted"), at=NOON)
    assert site.ask(pictures_among, [key]) == set()
    site.client.portal.call(forget_unnamed, site.context)
    assert {file.name for file in folder.iterdir()} == {"under-way.part"}
