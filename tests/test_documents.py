"""What the documents name is there: files are moved, and whoever reads about them must find them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(file for file in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")) if file.name != "CHANGELOG.md")
FILES = [
    f"/{file.relative_to(ROOT).as_posix()}"
    for room in ("app", "bench", "bin", "deploy", "docs", "frontend", "tests", "training")
    for file in (ROOT / room).rglob("*")
    if file.is_file()
]
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|html|js|css|txt|tsv|csv|yml)|(?:app|tests|frontend)/[\w./-]+)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_file_that_a_document_names_is_there(document: Path) -> None:
    named = {name.rstrip("/") for name in NAMED.findall(document.read_text(encoding="utf-8"))}
    assert [name for name in sorted(named) if not _is_there(name)] == []


def _is_there(name: str) -> bool:
    return any(file.endswith(f"/{name}") or f"/{name}/" in file for file in FILES)


@pytest.mark.parametrize(
    "link", ["README.md", "CONTRIBUTING.md", *(f"docs/{f.name}" for f in (ROOT / "docs").glob("*.md"))]
)
def test_a_link_leads_somewhere(link: str) -> None:
    document = ROOT / link
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []
