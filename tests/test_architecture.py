"""The table of DESIGN, as a test: who may import whom, and what nobody may do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
TEMPLATES = ROOT / "frontend" / "templates"
STATIC = ROOT / "frontend" / "static"

ANYTHING = {"main", "cli", "demo"}
MAY = {
    "domain": set(),
    "queries": {"domain"},
    "actions": {"domain", "queries"},
    "store": set(),
    "store.migrations": {"domain", "store"},
    "bus": set(),
    "outbound": {"domain", "actions", "settings"},
    "sources": {"domain", "queries", "actions", "store", "outbound"},
    "files": {"domain", "queries"},
    "views": {"domain", "queries", "actions", "store", "bus", "outbound", "files", "settings"},
    "live": {"domain", "queries", "store", "bus", "views"},
    "jobs": {"domain", "queries", "actions", "store", "bus", "outbound", "sources", "files", "views", "settings"},
    "serving": {"main", "live", "jobs", "settings", "logs"},
    "settings": set(),
    "logs": set(),
}
"""What each room may import of ours besides itself; the table of DESIGN, row by row."""
ONLY_IN = {
    "tweepy": {"sources/x"},
    "redis": {"bus/redis.py"},
    "onnxruntime": {"jobs/reader"},
    "numpy": {"jobs/reader", "outbound/picture_calming.py"},
    "PIL": {"outbound"},
    "resvg_py": {"outbound/svg_drawing.py"},
    "fastapi": {"views", "live", "main.py"},
    "uvicorn": {"serving.py", "live/listeners"},
}
FILES = sorted(file for file in APP.rglob("*.py") if "versions" not in file.parts)


def room(file: Path) -> str:
    parts = file.relative_to(APP).parts
    return "store.migrations" if parts[:2] == ("store", "migrations") else parts[0].removesuffix(".py")


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def named(file: Path) -> str:
    return str(file.relative_to(APP))


@pytest.mark.parametrize("file", FILES, ids=named)
def test_imports_point_one_way(file: Path) -> None:
    mine = room(file)
    if mine in ANYTHING or file == APP / "__init__.py":
        return
    reached = {name.split(".")[1] for name in imported(file) if name.startswith("app.")} - {mine}
    assert reached <= MAY[mine], f"{named(file)} reaches {sorted(reached - MAY[mine])}"


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_library_is_imported_only_where_it_belongs(file: Path) -> None:
    for library in {name.split(".")[0] for name in imported(file)} & ONLY_IN.keys():
        within = {named(file), *(str(parent) for parent in file.relative_to(APP).parents)}
        assert within & ONLY_IN[library], f"{named(file)} imports {library}"


def test_the_api_asks_no_page() -> None:
    """What both need is an act, and stands in `views/pages_and_api`."""
    for file in (APP / "views" / "api").glob("*.py"):
        reached = {name.split(".")[2] for name in imported(file) if name.startswith("app.views.")}
        assert not reached & {"desk", "setup", "wall", "stage", "floor", "home"}, named(file)


def calls(file: Path) -> set[str]:
    return {
        node.func.id
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def test_only_the_two_doors_open_a_session() -> None:
    assert [named(file) for file in FILES if "Session" in calls(file)] == ["store/doors.py", "store/writers.py"]


def test_only_verbs_announce() -> None:
    assert {room(file) for file in FILES if {"publish", "publish_all"} & calls(file)} == {"actions"}


def test_the_domain_neither_waits_nor_looks_at_the_clock() -> None:
    for file in (APP / "domain").rglob("*.py"):
        text = file.read_text()
        assert not re.search(r"\bawait\b(?!.*\"\"\")|datetime\.now|time\.time\(|Session\(|\bopen\(", text), named(file)


def made_when_asked(tree: ast.AST) -> Iterator[str]:
    """Functions that make an alias of a table each time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not any(
            isinstance(one, ast.Name) and one.id == "cache" for one in node.decorator_list
        ):
            inside = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
            if any(isinstance(called, ast.Name) and called.id == "aliased" for called in inside):
                yield node.name


def test_an_alias_of_a_table_is_made_once() -> None:
    """All its columns are made anew with it, which takes longer than to ask the database."""
    assert list(made_when_asked(ast.parse("def f():\n    return aliased(Post)"))) == ["f"]
    assert list(made_when_asked(ast.parse("@cache\ndef f():\n    return aliased(Post)\nOTHER = aliased(Post)"))) == []
    assert [f"{named(file)}: {name}" for file in FILES for name in made_when_asked(ast.parse(file.read_text()))] == []


def test_no_relationship_loads_rows_behind_our_back() -> None:
    assert [named(file) for file in FILES if "Relationship" in calls(file)] == []


MACHINES_READ = {"files", "store", "cli", "sources/x/search.py", "domain/sentence.py"}
"""Files that leave the program, names of files, what X is asked; and the one place where a time is English."""


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_time_is_kept_as_a_value_and_written_when_it_is_read(file: Path) -> None:
    """What is said of a time holds a Moment: its reader has a language and a zone."""
    tree = ast.parse(file.read_text())
    patterns = [
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr)
        for part in node.format_spec.values
        if isinstance(part, ast.Constant) and "%" in str(part.value).removesuffix("%")
    ]
    written = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "strftime"]
    assert {room(file), named(file)} & MACHINES_READ or not (patterns or written)


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_a_template_trusts_nothing_and_styles_nothing_inline(file: Path) -> None:
    text = file.read_text()
    assert max(map(len, text.splitlines()), default=0) <= 160
    assert not re.search(r"\|\s*safe\b", text)
    styles = r"<style|" if file.name != "incident.html" else ""  # a file of its own, sent to nobody's browser by us
    assert not re.search(styles + r"\sstyle=|<script(?![^>]*\ssrc=)|hx-on|javascript:", text)


@pytest.mark.parametrize("file", sorted((TEMPLATES / "parts").glob("*.html")), ids=lambda file: file.name)
def test_a_part_knows_no_viewer_and_no_request(file: Path) -> None:
    if file.name in {"floor_mine.html", "floor_form.html", "toast.html"}:
        return  # these are fetched by one viewer and never pushed
    assert not re.search(r"\b(request|viewer|device|cookies|csrf)\b", file.read_text())


COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|oklch|oklab|lch|lab|color)\(|:\s*(?:white|black|red|gr[ae]y)\b"
)


@pytest.mark.parametrize("file", sorted((STATIC / "css").rglob("*.css")), ids=lambda file: file.name)
def test_a_colour_is_made_in_one_place(file: Path) -> None:
    if file.name != "tokens.css":
        assert COLOUR.findall(file.read_text()) == []


def test_no_template_paints() -> None:
    assert [file.name for file in TEMPLATES.rglob("*.html") if re.search(r'(?:fill|stroke)="#', file.read_text())] == []


def test_nothing_is_left_of_a_merge_that_was_not_finished() -> None:
    kinds = {".py", ".html", ".css", ".js", ".md", ".po", ".pot", ".txt", ".toml"}
    folders = ("app", "frontend", "tests", "bench", "docs", "bin", "deploy")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.suffix in kinds]
    left = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
    assert [str(file) for file in (*files, *ROOT.glob("*.md")) if left.search(file.read_text(errors="replace"))] == []
