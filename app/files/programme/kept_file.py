"""A programme's file that is kept: read by itself if that goes, else as the table before it was read."""

from app.domain.programme_file import ProgrammeFile
from app.domain.programme_matching import Programme, UnreadableProgramme
from app.files.programme.column_mapping import read_mapping
from app.files.programme.format_detection import read_programme_file
from app.files.programme.tables import UnknownColumns


def read_kept_file(file: ProgrammeFile, zone: str) -> Programme:
    if file.mapped:
        return read_programme_file(file.content, zone, chosen=file.zone, mapping=read_mapping(file.mapping))
    try:
        return read_programme_file(file.content, zone, chosen=file.zone)
    except UnknownColumns as unknown:
        try:
            return read_programme_file(file.content, zone, chosen=file.zone, mapping=read_mapping(file.mapping))
        except UnreadableProgramme:
            raise unknown from None
