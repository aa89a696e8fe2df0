"""Word tables in files: a line names its table and gives some of its words."""

from importlib.resources import files


def table(name: str) -> dict[str, frozenset[str]]:
    text = (files("app.domain.screening") / "lexicon" / name).read_text(encoding="utf-8")
    tables: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, _, words = line.partition(": ")
            tables[key] = tables.get(key, frozenset()).union(words.split())
    return tables
