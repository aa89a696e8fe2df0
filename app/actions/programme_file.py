"""The file of a programme is kept, read in another way, put away."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from app.domain.programme_file import ProgrammeFile


def keep_programme_file(db: Session, event_id: int, *, name: str, content: bytes, at: datetime) -> None:
    """Keep a file in place of the one before. How the table before was read is tried on this one too."""
    before = db.get(ProgrammeFile, event_id)
    mapping = before.mapping if before is not None else {}
    db.merge(ProgrammeFile(event_id=event_id, name=name[:200], content=content, mapping=mapping, at=at))


def read_programme_file_as(
    db: Session, event_id: int, *, zone: str, mapping: Mapping[str, object] | None, at: datetime
) -> None:
    """Read it with this zone ('' for its own), and by this mapping if one is given."""
    file = db.get(ProgrammeFile, event_id)
    if file is None:
        return
    file.zone, file.at = zone, at
    if mapping is not None:
        file.mapping, file.mapped = dict(mapping), True


def put_programme_file_away(db: Session, event_id: int, *, at: datetime) -> None:
    """Forget its content; how it was read stays for the next one."""
    file = db.get(ProgrammeFile, event_id)
    if file is not None:
        file.content, file.name, file.mapped, file.zone, file.at = b"", "", False, "", at
