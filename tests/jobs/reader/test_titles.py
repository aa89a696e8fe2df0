"""The running reader reads titles of shared pages after the posts; one that takes it down is looked at by a person."""

import sys
from pathlib import Path

from app.actions.resources import note_links, note_page
from app.domain.resource import Asked, PageAsked
from app.queries.shelf import resources
from app.queries.unread import titles_to_read
from tests.jobs.reader.test_posts import DIES_OF_POISON, serving, with_worker
from tests.shared_links import on_shelf, share
from tests.until import until_now


def test_titles_are_read_and_one_that_cannot_be_waits_for_a_person(tmp_path: Path) -> None:
    with serving(tmp_path, with_worker(sys.executable, "-c", DIES_OF_POISON)) as server:
        until_now(server.has_reader)

        def found(title: str) -> None:
            url = f"https://hips.example/{len(title)}"
            server.do(share, server.event.id, url, title, at=server.now)
            server.do(note_links, server.event.id, at=server.now)
            (row,) = [one for one in server.ask(resources, server.event.id).values() if one.url == url]
            server.do(note_page, row.id, PageAsked(Asked.FOUND, url, title), at=server.now)
            until_now(lambda: server.ask(titles_to_read, 8) == [])

        found("A guide to hips")
        found("A guide with poison in it")
        titles = {(one.title, one.held_title) for one in server.ask(on_shelf, server.event.id)}
        assert titles == {("A guide to hips", ""), ("", "A guide with poison in it")}
