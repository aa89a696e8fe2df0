"""The shelf as files that other programs read: a spreadsheet, references, an outline; nobody's words or name in any."""

import csv
import io
import re
from xml.etree import ElementTree

from app.domain.event import Event
from app.files.shelf_files import SHELF_FILES
from app.store.doors import Backchannel
from tests.conftest import NOON
from tests.shared_links import on_shelf, share

PAPER = "https://doi.org/10.1136/bmj.n12_34"
TITLE = 'A {guide} & "hips" <100%>'


async def files_of(doors: Backchannel, event: Event) -> dict[str, str]:
    await doors.do(share, event.id, PAPER, "1", title=TITLE, words="These are my words")
    await doors.do(share, event.id, PAPER, "2", by="somebody_else")
    await doors.do(share, event.id, "https://tea.example/?a=1", "3", title="=HYPERLINK(1)")
    shelf = await doors.ask(on_shelf, event.id)
    return {ending: made_by(shelf, "Box 10 & friends", NOON) for ending, (_, made_by) in SHELF_FILES.items()}


async def test_every_file_reads_back_and_names_nobody(doors: Backchannel, event: Event) -> None:
    files = await files_of(doors, event)
    rows = list(csv.DictReader(io.StringIO(files["csv"].removeprefix("\ufeff"))))
    assert [(row["title"], row["url"], row["kind"], row["doi"]) for row in rows] == [
        ("'=HYPERLINK(1)", "https://tea.example/?a=1", "other", ""),
        (TITLE, PAPER, "paper", "10.1136/bmj.n12_34"),
    ]
    assert rows[1]["posts"] == "https://network.example/1 https://network.example/2"
    outline = ElementTree.fromstring(files["opml"].encode())
    links = {one.get("url"): one.get("text") for one in outline.iter("outline") if one.get("type") == "link"}
    assert (links[PAPER], outline.findtext("head/title")) == (TITLE, "Box 10 & friends")
    for text in files.values():
        assert not re.search("my words|author_1|Author 1|somebody", text)


async def test_only_what_has_a_doi_is_a_reference(doors: Backchannel, event: Event) -> None:
    files = await files_of(doors, event)
    lines = files["ris"].split("\r\n")
    assert [line[:6] for line in lines if line] == ["TY  - ", "TI  - ", "DO  - ", "UR  - ", "Y2  - ", "ER  - "]
    assert lines[1:3] == [f"TI  - {TITLE}", "DO  - 10.1136/bmj.n12_34"]
    assert files["bib"].count("@article{") == 1
    assert r'title = {A \{guide\} \& "hips" <100\%>}' in files["bib"]
    unescaped = re.sub(r"\\.", "", files["bib"])
    assert unescaped.count("{") == unescaped.count("}")
