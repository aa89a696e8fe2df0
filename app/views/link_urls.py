"""Where role links lead."""

from app.actions.home_links import FreshHomeLink
from app.actions.links import Link
from app.domain.access import Role

PAGES = {
    Role.OWNER: "/setup",
    Role.MODERATOR: "/desk",
    Role.SPEAKER: "/stage",
    Role.SCREEN: "/wall",
    Role.DELEGATE: "",
}
"""What stands after an Event's address: the screen of a role."""


def link_url(base: str, slug: str, link: Link, page: str = "") -> str:
    """Where a role link leads: the screen of its role or another `page`, with the key that opens it."""
    return f"{base}/e/{slug}{page or PAGES[link.access.role]}?key={link.token}"


def home_url(base: str, made: FreshHomeLink) -> str:
    """Where a home link leads: the front page, with the key that opens it."""
    return f"{base}/?key={made.token}"
