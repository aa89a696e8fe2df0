"""Titles of pages that people share are read like posts, after them: one that could not be read, a person looks at."""

import logging

from app.actions.resources import TitleFinding, take_title_findings
from app.domain.screening.reader.combining import found_in
from app.jobs.reader.worker import ReaderAway, ReaderSlow, Worker
from app.queries.unread import TitleToRead, titles_to_read
from app.views.context import Context

log = logging.getLogger(__name__)

TITLES_AT_ONCE = 8


async def read_titles(context: Context, worker: Worker, *, by: str) -> bool:
    """The next few. False if none waits. Raises ReaderAway if a process that was replaced does not start."""
    titles = await context.backchannel.ask(titles_to_read, TITLES_AT_ONCE)
    if titles:
        found = await _read(worker, titles)
        await context.backchannel.do(take_title_findings, found, by=by, at=context.now())
    return bool(titles)


async def _read(worker: Worker, titles: list[TitleToRead]) -> list[TitleFinding]:
    keys = [(title, key) for title in titles for key in title.texts]
    try:
        odds = await worker.read([title.texts[key] for title, key in keys])
    except (ReaderAway, ReaderSlow) as error:
        log.warning("the reader gave up %d titles (%s); people look at them", len(titles), error)
        await worker.start()
        return [TitleFinding(title.resource_id, title.version, None) for title in titles]
    by_title: dict[int, dict[str, dict[str, float]]] = {title.resource_id: {} for title in titles}
    for (title, key), one in zip(keys, odds, strict=True):
        by_title[title.resource_id][key] = one
    return [TitleFinding(one.resource_id, one.version, found_in(by_title[one.resource_id])) for one in titles]
