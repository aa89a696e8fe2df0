"""The SQLite file is written anew, so that no byte of what was deleted is left in it or beside it."""

import sqlite3

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError


def sweep(writer: Engine) -> bool:
    """Write the file anew and empty the log beside it. False if somebody reads or writes in it just now.

    What is deleted is overwritten at once (`secure_delete`), but a page that was divided may keep a copy in its gap. It
    waits for the one connection that writes, so nobody's write fails meanwhile. PostgreSQL gives its pages free by
    itself: a row that is gone can be asked for by nobody.
    """
    if writer.dialect.name != "sqlite":
        return True
    raw = writer.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = any((cursor.fetchone() or [1])[:1])
        cursor.close()
    except (sqlite3.OperationalError, OperationalError):
        return False
    finally:
        raw.close()
    return not busy
