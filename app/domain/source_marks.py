"""Where a post may come from, as every screen names and marks it."""

from dataclasses import dataclass

from app.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of 24 × 24 in the colour of its text: SVG paths, filled and drawn with a line."""

    fill: str = ""
    line: str = ""
    width: float = 2.0


@dataclass(frozen=True, slots=True)
class Origin:
    """`key` is a post's `source`. A network is called by its own name; what is ours is a `Sentence`."""

    key: str
    label: str
    mark: Mark
    public_words: bool = True
    """Whether its texts may stand in files made to be published; if not, links do."""
    whole_words: bool = False
    """Whether its texts may be shown whole only, or not at all."""


FLOOR = Origin(
    "floor",
    Sentence("From the room"),
    Mark(
        line="M9.2 2.5h5.6a2.2 2.2 0 0 1 2.2 2.2v14.6a2.2 2.2 0 0 1-2.2 2.2H9.2A2.2 2.2 0 0 1 7 19.3V4.7a2.2 2.2 0 0 1 "
        "2.2-2.2zM11 18.2h2"
    ),
)
REPLAY = Origin(
    "replay", Sentence("Recorded"), Mark(line="M12 3.5a8.5 8.5 0 0 1 0 17 8.5 8.5 0 0 1 0-17z", fill="M10 8.5v7l6-3.5z")
)
BLUESKY = Origin(
    "bluesky",
    "Bluesky",
    Mark(
        fill="M12 11.2C10.6 8.2 7 5 4.3 3.9 2.6 3.2 2 4 2 5.8c0 1.6.8 5.7 1.3 6.5.7 1.3 2.5 1.9 4.6 1.6-3.4.6-4.3 "
        "2.5-2.4 4.3 3 2.9 5.3-.2 6-2.4l.5-1.6.5 1.6c.7 2.2 3 5.3 6 2.4 1.9-1.8 1-3.7-2.4-4.3 2.1.3 3.9-.3 4.6-1.6.5-"
        ".8 1.3-4.9 1.3-6.5 0-1.8-.6-2.6-2.3-1.9C17 5 13.4 8.2 12 11.2z"
    ),
)
RECORDED = (BLUESKY,)
"""Networks that recorded posts may come from although we do not listen to them. One that is registered replaces its
namesake here, which can then go."""

UNKNOWN_MARK = Mark(line="M12 3.5a8.5 8.5 0 0 1 0 17 8.5 8.5 0 0 1 0-17z")


def unknown(key: str) -> Origin:
    """An origin that this program does not know, such as a network that was removed: nothing is presumed of it."""
    return Origin(key, Sentence("another network"), UNKNOWN_MARK, public_words=False, whole_words=True)
