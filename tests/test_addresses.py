"""What the documents say of addresses is all of them: posters and programs rely on them."""

import re
from pathlib import Path

from fastapi.routing import iter_route_contexts

from app.main import routes

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "addresses.md"


def test_every_address_is_written_down_and_no_other() -> None:
    there = {
        context.path
        for context in iter_route_contexts(routes())
        if (context.methods is None or "GET" in context.methods) and not context.path.startswith("/api/")
    }
    assert len(there) > 60
    written = re.findall(r"`(/[^`\s]*)`", DOCUMENT.read_text(encoding="utf-8").partition("## For everybody")[2])
    assert {_plain(path) for path in written} - {"/openapi.json"} == {_plain(path) for path in there}


def _plain(path: str) -> str:
    """Whatever its parameters are called."""
    return re.sub(r"\{\w+\}", "{}", path)
