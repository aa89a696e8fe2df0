"""A Series as an Atom feed: each edition that is announced, is on or was."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

from app.queries.series import Dated, Whole

ATOM = "http://www.w3.org/2005/Atom"
ElementTree.register_namespace("", ATOM)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that a text of ours may hold and XML may not."""


def feed_of_series(whole: Whole, *, url: str, feed_url: str, base: str) -> bytes:
    """RFC 4287. An entry's number stays, whatever its edition is called or however often it is moved."""
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    pattern, host = whole.pattern, base.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"
    _text(feed, "id", f"tag:{host},{whole.series.created_at:%Y-%m-%d}:series-{whole.series.id}")
    _text(feed, "title", pattern.name)
    changed = max((one.edition.changed_at for one in _all(whole)), default=whole.series.created_at)
    _text(feed, "updated", _written(changed))
    _link(feed, url, "alternate", "text/html")
    _link(feed, feed_url, "self", "application/atom+xml")
    if whole.series.about:
        _text(feed, "subtitle", whole.series.about)
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _text(author, "name", whole.series.hosts or pattern.name)
    for one in _all(whole):
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _text(entry, "id", f"tag:{host},{one.event.created_at:%Y-%m-%d}:edition-{one.event.id}")
        _text(entry, "title", one.event.name)
        _text(entry, "updated", _written(one.edition.changed_at))
        _text(entry, "published", _written(one.event.created_at))
        _link(entry, f"{base}/e/{one.event.slug}", "alternate", "text/html")
        _text(entry, "summary", _said(one, whole.rule.zone))
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _all(whole: Whole) -> list[Dated]:
    """The newest first, as readers show them."""
    return sorted((*whole.coming, *whole.past), key=lambda one: one.edition.starts_at, reverse=True)


def _said(one: Dated, zone: str) -> str:
    at = one.edition.starts_at.astimezone(UTC)
    tags = " ".join(f"#{tag}" for tag in one.event.hashtags)
    off = "CANCELLED · " if one.edition.called_off else ""
    return f"{off}{at:%Y-%m-%d %H:%M} UTC ({zone}) {tags}".strip()


def _text(parent: ElementTree.Element, name: str, said: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = _NO_XML.sub(" ", said)


def _link(parent: ElementTree.Element, href: str, rel: str, kind: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", {"href": href, "rel": rel, "type": kind})


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
