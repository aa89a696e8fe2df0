"""Editions are made ahead, opened in time and closed when no late answer is wanted any more."""

import asyncio

from sqlalchemy.exc import IntegrityError, NoResultFound

from app.actions.editions import keep_edition_times, keep_editions
from app.actions.event_states import CALENDAR
from app.jobs.job import Job
from app.queries.series import series_that_go_on
from app.views.context import Context

SERIES_SECONDS = 10.0


async def keep_all_series(context: Context) -> None:
    for series_id in await context.backchannel.ask(series_that_go_on):
        try:
            await context.backchannel.do(keep_editions, series_id, by=CALENDAR, at=context.now())
            await context.backchannel.do(keep_edition_times, series_id, at=context.now())
        except (NoResultFound, IntegrityError):
            if series_id in await context.backchannel.ask(series_that_go_on):
                raise


async def _keep_series(context: Context) -> None:
    while True:
        await keep_all_series(context)
        await asyncio.sleep(SERIES_SECONDS)


SERIES = Job("series", _keep_series)
