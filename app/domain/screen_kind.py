"""What a screen may show: some hang where people pass by, some where people sit and listen."""

from enum import StrEnum


class ScreenKind(StrEnum):
    """Of a link for a screen; those that are no screens have the first."""

    EVERYTHING = "everything"
    """As in a foyer."""
    QUESTIONS = "questions"
    """As beside a stage: questions, the programme and what the desk announces, but no posts."""
    OVERFLOW = "overflow"
    """As in a room to which people overflow: always what its room's wall shows."""
