"""What a screen may show: some hang where people pass by, some where people sit and listen, some lie over a film."""

from enum import StrEnum


class ScreenKind(StrEnum):
    """Of a link for a screen; those that are no screens have the first."""

    EVERYTHING = "everything"
    """As in a foyer."""
    QUESTIONS = "questions"
    """As beside a stage: questions, the programme and what the desk announces, but no posts."""
    OVERFLOW = "overflow"
    """As in a room to which people overflow: always what its room's wall shows."""
    OVERLAY = "overlay"
    """As over the film of a hall: all of the three below, on nothing."""
    LOWER_THIRD = "lower_third"
    """The question on stage."""
    TICKER = "ticker"
    """One post after another in a line, or what the desk announces."""
    JOIN_BADGE = "join_badge"
    """The code and the address of the floor."""


OVERLAYS = (ScreenKind.OVERLAY, ScreenKind.LOWER_THIRD, ScreenKind.TICKER, ScreenKind.JOIN_BADGE)
"""Those that lie over a film: the ground of their page is transparent."""
