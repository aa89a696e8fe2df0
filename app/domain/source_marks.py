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
UNKNOWN_MARK = Mark(line="M12 3.5a8.5 8.5 0 0 1 0 17 8.5 8.5 0 0 1 0-17z")


def unknown(key: str) -> Origin:
    """An origin that this program does not know, such as a network that was removed: nothing is presumed of it."""
    return Origin(key, Sentence("another network"), UNKNOWN_MARK, public_words=False, whole_words=True)
