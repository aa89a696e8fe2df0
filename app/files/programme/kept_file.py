"""A programme's file that is kept: read by itself if that goes, else as the table before it was read."""

from functools import partial

from app.domain.event import Event
from app.domain.programme_file import ProgrammeFile
from app.domain.programme_matching import Programme, UnreadableProgramme
from app.files.programme.column_mapping import read_mapping
from app.files.programme.event_days import EventDays
from app.files.programme.format_detection import read_programme_file
from app.files.programme.tables import UnknownColumns


def read_kept_file(file: ProgrammeFile, event: Event) -> Programme:
    days = EventDays(event.starts_on, event.ends_on)
    read = partial(read_programme_file, file.content, event.zone, days=days, chosen=file.zone)
    if file.mapped:
        return read(mapping=read_mapping(file.mapping))
    try:
        return read()
    except UnknownColumns as unknown:
        try:
            return read(mapping=read_mapping(file.mapping))
        except UnreadableProgramme:
            raise unknown from None
