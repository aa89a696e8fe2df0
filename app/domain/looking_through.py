"""When what is kept of an Event that is over, and on no screen, is looked through again. Pure."""

from datetime import datetime, timedelta

AT_LEAST = timedelta(days=1)


def is_due(ended: datetime, looked: datetime | None, *, at: datetime) -> bool:
    """At the end, and then ever more rarely: each time after as long again as has gone by.

    A network may be paid for each day on which it is asked, and asks that what its authors delete goes.
    """
    return looked is None or at - looked >= max(AT_LEAST, looked - ended)
