"""When what is kept of an Event that is over, and on no screen, is looked through again. Pure."""

from datetime import datetime, timedelta

AT_LEAST = timedelta(days=1)
SHOWN_FOR = AT_LEAST + timedelta(hours=2)
"""So long after everything was asked for, whole posts may stand in the archive: a day, and what a pass takes."""
WHOLE_IN_ARCHIVE = "whole_in_archive"
"""The option of a network by which its posts stand there whole, and are asked for every day. Else they are links."""


def is_due(ended: datetime, looked: datetime | None, *, at: datetime, daily: bool = False) -> bool:
    """At the end, and then ever more rarely: each time after as long again as has gone by; `daily` every day.

    A network may be paid for each day on which it is asked, and asks that what its authors delete goes.
    """
    return looked is None or at - looked >= (AT_LEAST if daily else max(AT_LEAST, looked - ended))


def is_known_to_stand(looked: datetime | None, *, at: datetime) -> bool:
    """Whether all was asked for so lately that what is kept may be shown as it was."""
    return looked is not None and at - looked <= SHOWN_FOR
