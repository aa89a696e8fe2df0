"""Times of day and lengths in the cells of a table: words, or what a spreadsheet itself takes for a time."""

from datetime import date, datetime, time, timedelta
from typing import Any

from app.files.programme.times import clock, lasting, span


def clock_of(cell: Any) -> time:
    if isinstance(cell, time):
        return cell
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, timedelta):
        return _after_midnight(cell)
    if isinstance(cell, float) and 0 <= cell < 1:
        return _after_midnight(timedelta(minutes=round(cell * 1440)))
    return clock(str(cell))


def _after_midnight(by: timedelta) -> time:
    return (datetime.combine(date(2000, 1, 1), time()) + by).time()


def span_of(cell: Any) -> tuple[time, time]:
    return span(str(cell))


def lasting_of(cell: Any) -> timedelta:
    if isinstance(cell, time):
        return timedelta(hours=cell.hour, minutes=cell.minute)
    return cell if isinstance(cell, timedelta) else lasting(str(cell))
