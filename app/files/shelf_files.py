"""The shelf as files: a spreadsheet, references for papers (RIS, BibTeX), an outline of links (OPML).

They hold addresses and titles of pages, and of the posts only where they stand: no words and no names of people.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from xml.etree import ElementTree

from app.domain.resource import ResourceKind
from app.domain.talk import Talk
from app.files.spreadsheet_cells import BEGINS, safe_cell
from app.queries.shelf import Resourced

COLUMNS = ("title", "url", "site", "kind", "doi", "under", "shared_at", "posts", "gone_since")
_BIBTEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def shelf_csv(shelf: Sequence[Resourced], name: str, at: datetime) -> str:  # noqa: ARG001
    out = io.StringIO()
    out.write(BEGINS)
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for one in shelf:
        writer.writerow({column: safe_cell(value) for column, value in _row(one).items()})
    return out.getvalue()


def _row(one: Resourced) -> dict[str, object]:
    under = one.under
    return {
        "title": one.title,
        "url": one.url,
        "site": one.site,
        "kind": one.kind.value,
        "doi": one.doi,
        "under": (under.title if isinstance(under, Talk) else under.words) if under is not None else "",
        "shared_at": one.first_at.isoformat(),
        "posts": " ".join(each.card.post.url for each in one.recommended if each.card and each.card.post.url),
        "gone_since": one.dead_since.isoformat() if one.dead_since else "",
    }


def shelf_ris(shelf: Sequence[Resourced], name: str, at: datetime) -> str:  # noqa: ARG001
    """One reference for each that has a DOI."""
    lines = [
        [
            "TY  - JOUR",
            f"TI  - {_line(one.name)}",
            f"DO  - {one.doi}",
            f"UR  - {one.url}",
            f"Y2  - {at:%Y/%m/%d}",
            "ER  - ",
        ]
        for one in shelf
        if one.doi
    ]
    return "".join("\r\n".join([*reference, ""]) for reference in lines)


def shelf_bibtex(shelf: Sequence[Resourced], name: str, at: datetime) -> str:  # noqa: ARG001
    """The same for LaTeX."""
    return "\n".join(
        f"@article{{link-{one.key[:10]},\n  title = {{{_tex(one.name)}}},\n  doi = {{{one.doi}}},\n"
        f"  url = {{{_of_address(one.url)}}},\n  urldate = {{{at:%Y-%m-%d}}}\n}}\n"
        for one in shelf
        if one.doi
    )


def shelf_opml(shelf: Sequence[Resourced], name: str, at: datetime) -> str:
    """OPML 2.0: one outline for each kind, in it one of type `link` for each resource."""
    root = ElementTree.Element("opml", {"version": "2.0"})
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = _xml(name)
    ElementTree.SubElement(head, "dateModified").text = at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    body = ElementTree.SubElement(root, "body")
    for kind in ResourceKind:
        of_it = [one for one in shelf if one.kind is kind]
        outline = ElementTree.SubElement(body, "outline", {"text": kind.value}) if of_it else body
        for one in of_it:
            said = {"type": "link", "text": _xml(one.name), "url": one.url}
            ElementTree.SubElement(outline, "outline", said)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def _line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in _line(text))


def _of_address(url: str) -> str:
    """A brace in an address would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _xml(text: str) -> str:
    return _NO_XML.sub(" ", text)


SHELF_FILES: dict[str, tuple[str, Callable[[Sequence[Resourced], str, datetime], str]]] = {
    "csv": ("text/csv; charset=utf-8", shelf_csv),
    "ris": ("application/x-research-info-systems; charset=utf-8", shelf_ris),
    "bib": ("application/x-bibtex; charset=utf-8", shelf_bibtex),
    "opml": ("text/x-opml; charset=utf-8", shelf_opml),
}
"""By how the name of the file ends: what it is, and who makes it."""
