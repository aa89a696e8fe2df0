"""House rules and privacy of an Event, in plain words: what is shown, who sees it, how to have it removed, whom to tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Field, SQLModel

from app.domain.sentence import Sentence as _

LONGEST_RULES = 8_000
LONGEST_CONTACT = 200


class HouseRules(SQLModel, table=True):
    """What the organiser has written; '' is what we propose, in the event's language."""

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    text: str = Field(default="", max_length=LONGEST_RULES)
    data_contact: str = Field(default="", max_length=LONGEST_CONTACT)
    """Who answers for personal data."""
    welfare_contact: str = Field(default="", max_length=LONGEST_CONTACT)
    """Whom to tell when somebody is not well, or was hurt by what was said."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list of the page."""

    kind: Literal["heading", "paragraph", "list"]
    lines: tuple[str, ...]


def blocks(text: str) -> Iterator[Block]:
    """What was typed: a line with # is a heading, lines with - are a list, an empty line ends a paragraph."""
    kind, lines = "", list[str]()
    for line in (*map(str.strip, text.splitlines()), ""):
        this = "heading" if line.startswith("#") else "list" if line[:1] in _BULLETS else "paragraph" if line else ""
        if lines and (this != kind or this == "heading"):
            yield Block(kind, tuple(lines))  # type: ignore[arg-type]
            lines = []
        kind = this
        if said := line.lstrip("# ") if this == "heading" else line.lstrip("-*•– ") if this == "list" else line:
            lines.append(said)


_BULLETS = {"-", "*", "•", "–"}

PROPOSED = (
    ("#", _("What is shown, and who sees it")),
    ("", _("What is shown here is seen by everybody in the room and by everybody who opens this address, and it may be photographed or filmed. What is sent from a phone without a name is shown without one.")),
    ("", _("Nobody changes what you wrote. It is shown as it is, or not at all. The organisers may keep what was shown after the event.")),
    ("#", _("Please")),
    ("-", _("write nothing by which a patient, a person in your care or their family could be known: no names, dates, places or pictures, also if you think that nobody would guess")),
    ("-", _("ask before you take a picture of somebody, and of slides; where the speakers ask not to share, share nothing")),
    ("-", _("disagree with what is said and be kind to who said it; insults, threats and advertising are not shown")),
    ("-", _("do not use the screens to report a danger or a complaint about care: they are not watched for that. Tell a person")),
    ("#", _("What we keep")),
    ("", _("From your phone we keep what you send, the name that you give, if any, and one cookie with a random number, so that you find your own posts and every vote counts once. There is no account, no advertising and no tracking by others. From social networks we keep the posts with our hashtags as long as they stand there. Some time after the event all of it goes; the organisers say when.")),
    ("#", _("To have something removed")),
    ("-", _("Sent from this phone: open the event on it. Under “Yours” you remove a post, or erase everything that you have sent.")),
    ("-", _("Posted on a social network: delete it there. It leaves the screens soon after.")),
    ("-", _("Anything else, also what others wrote about you: use “Have something removed” at the foot of this page, or tell one of the organisers. We see to posts of social networks within a day, and acknowledge every complaint within thirty days.")),
    ("#", _("If somebody is not well")),
    ("", _("In an emergency call 999. For urgent medical help that is no emergency call 111. The Samaritans listen at any hour, on 116 123.")),
    ("#", _("If you are not content with how we use your data")),
    ("", _("Tell us first, please. You may also complain to the Information Commissioner’s Office, at https://ico.org.uk or 0303 123 1113.")),
)  # fmt: skip
"""For events of health and care in the UK."""
