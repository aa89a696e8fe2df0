"""What an Event thinks of an author. Apart from the tables, so that screening starts without a database."""

from enum import StrEnum


class Standing(StrEnum):
    """Nothing yet, trusted to pass, or blocked."""

    OPEN = "open"
    TRUSTED = "trusted"
    BLOCKED = "blocked"
