"""Law: what a process remembers of what came in has a bound."""

import ast
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "app"
MOST = 16_384
FEW = {"domain/stored_json.py": "our own shapes", "views/static_files.py": "files that are there"}
"""What is asked of these, and there is no more of it than we made."""


def caches() -> Iterator[tuple[str, ast.expr, ast.FunctionDef | None]]:
    """Where each one is, how it is made, and what it remembers the answers of."""
    for file in sorted(APP.rglob("*.py")):
        tree = ast.parse(file.read_text())
        decorated = {
            id(one): node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for one in node.decorator_list
        }
        for node in ast.walk(tree):
            name = node.id if isinstance(node, ast.Name) else ""
            if name == "cache" and id(node) in decorated:
                yield f"{file.relative_to(APP)}:{node.lineno}", node, decorated[id(node)]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "lru_cache":
                yield f"{file.relative_to(APP)}:{node.lineno}", node, decorated.get(id(node))


def bound(made: ast.expr) -> int:
    """How much a cache keeps; 0 if nobody says."""
    said = [word.value for word in made.keywords if word.arg == "maxsize"] if isinstance(made, ast.Call) else []
    value = said[0].value if said and isinstance(said[0], ast.Constant) else 0
    return value if isinstance(value, int) else 0


def test_every_cache_has_a_bound() -> None:
    found = list(caches())
    assert len(found) > 20
    for where, made, of in found:
        asked = [*of.args.posonlyargs, *of.args.args, *of.args.kwonlyargs] if of else ["something"]
        assert 0 < bound(made) <= MOST or not asked or where.partition(":")[0] in FEW, where
