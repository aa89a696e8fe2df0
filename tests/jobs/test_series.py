"""The job of series makes, opens and closes editions, and passes by what is gone."""

from datetime import timedelta

from app.domain.event import EventState
from app.jobs.series import keep_all_series
from app.queries.series import series_that_go_on
from tests.views.conftest import site
from tests.views.site import Site
from tests.weekly import Described, editions, weekly

__all__ = ["site"]


def test_what_is_due_opens_by_itself(site: Site) -> None:
    now = site.context.now()
    begins = now + timedelta(minutes=5)
    described = Described(begins.date(), begins.time().replace(second=0, microsecond=0))
    series = site.do(weekly, at=now - timedelta(days=1), described=described, zone="UTC")
    assert site.ask(series_that_go_on) == [series.id]
    site._call(lambda: keep_all_series(site.context))
    assert [one.event.state for one in site.ask(editions)][:2] == [EventState.OPEN, EventState.PREPARED]
