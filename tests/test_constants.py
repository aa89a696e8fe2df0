"""A number has one name, and a name one number: whoever reads `LEASE` must know of what."""

import ast
from collections import defaultdict
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "app"


def values(file: Path) -> list[tuple[str, str]]:
    """Public names at the top of a file that stand for a number or a stretch of time, and what they stand for."""
    return [
        (target.id, ast.unparse(node.value))
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and is_a_quantity(node.value)
        for target in node.targets
        if isinstance(target, ast.Name) and not target.id.startswith("_")
    ]


def is_a_quantity(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id == "timedelta"
    plain = (ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.Load)
    numbers = [node.value for node in ast.walk(value) if isinstance(node, ast.Constant)]
    return all(isinstance(node, plain) for node in ast.walk(value)) and all(
        isinstance(number, int | float) and not isinstance(number, bool) for number in numbers
    )


def test_a_name_has_one_value() -> None:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for file in sorted(APP.rglob("*.py")):
        for name, value in values(file):
            found[name][value] = str(file.relative_to(APP))
    assert {name: where for name, where in found.items() if len(where) > 1} == {}


def test_a_quantity_is_found_out() -> None:
    assert is_a_quantity(ast.parse("4 * 1024").body[0].value)  # type: ignore[attr-defined]
    assert is_a_quantity(ast.parse("timedelta(seconds=6)").body[0].value)  # type: ignore[attr-defined]
    assert not is_a_quantity(ast.parse("'word'").body[0].value)  # type: ignore[attr-defined]
