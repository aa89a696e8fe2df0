"""How a command ends that could not do what it was asked: one sentence for the person and a code, never a traceback."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress

WRONG_USE = 2
"""The code for settings and words that cannot be; 1 is for what was right to ask and did not succeed."""


class Failed(Exception):
    """A command could not do what it was asked; the sentence goes to the person as it is."""

    def __init__(self, said: str, code: int = 1) -> None:
        super().__init__(said)
        self.code = code


def ending(error: Exception) -> Failed:
    """What to say of an error that came up to the command line. Loads nothing: who asks has loaded what it knows."""
    if isinstance(error, Failed):
        return error
    for kinds in type(error).__mro__:
        match f"{kinds.__module__.partition('.')[0]}.{kinds.__name__}":
            case "pydantic_core.ValidationError":
                return Failed("\n".join(wrong_settings(error)), WRONG_USE)
            case "sqlalchemy.ArgumentError":
                return Failed(f"DATABASE_URL is not the address of a database: {_first_line(error)}", WRONG_USE)
            case "sqlalchemy.DBAPIError":
                return Failed(f"the database cannot be used: {_first_line(getattr(error, 'orig', None) or error)}")
            case "sqlite3.Error":
                return Failed(f"the database cannot be used: {_first_line(error)}")
            case "app.Unreachable" | "app.Busy":
                return Failed(f"the database cannot be used: {_first_line(error)}")
            case "alembic.CommandError":
                said = f"the database is of another version of Backchannel ({_first_line(error)})"
                return Failed(f"{said}; use that version, or a newer one")
            case "builtins.UnicodeError":
                return Failed(f"this is no text in UTF-8: {_first_line(error)}")
            case "builtins.ModuleNotFoundError":
                name = getattr(error, "name", "")
                return Failed(
                    f"this needs {name}, which is not installed; PostgreSQL is postgresql+psycopg://", WRONG_USE
                )
            case "builtins.OSError":
                return Failed(_os_error(error))
            case "builtins.MemoryError":
                return Failed("there is not enough memory for this")
    if isinstance(error, ValueError) and "BUS_URL" in str(error):
        return Failed(str(error), WRONG_USE)
    return Failed(f"something went wrong that nobody foresaw: {type(error).__name__}: {_first_line(error)}", 70)


def wrong_settings(error: Exception) -> Iterator[str]:
    """One sentence for each setting that cannot be: its name as it is typed, and never its value if it is a secret."""
    for wrong in error.errors():  # type: ignore[attr-defined]
        where = ".".join(str(step) for step in wrong["loc"]).upper() or "a setting"
        said = wrong["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        yield f"{where} should be {said}" if wrong["msg"].startswith("Input should be ") else f"{where}: {said}"


def quiet_pipe() -> None:
    """Whoever read our output has gone: nobody is left to be told, also not at the interpreter's end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _os_error(error: Exception) -> str:
    told = getattr(error, "strerror", None) or _first_line(error)
    place = getattr(error, "filename", None)
    return f"{place}: {told}" if place else str(told)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].strip()
