"""What a person does is one function, whichever door they come through, and one transaction."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "app"
VIEWS = APP / "views"
IN_ROUNDS = {"run_again"}
"""A thousand posts are screened again two hundred at a time, so that nobody else has to wait; each round stands alone."""
MADE_AND_ENTERED = {"make_event"}
"""A new event is there, whole, before its maker enters it; the way in is on the page that they are on."""


OF_SEVERAL_PAGES = {"take_back", "take_back_what_holds", "file_in"}
"""A DELETE at desk and stage (programs undo an entry, or their last act); a file that a form brings."""


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def aliases(file: Path) -> Iterator[ast.alias]:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.ImportFrom):
            yield from node.names


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in tree_of(file).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def verbs() -> set[str]:
    """Functions of `actions` that a door runs."""
    return {
        one.name
        for file in (APP / "actions").glob("*.py")
        for one in functions(file)
        if not one.name.startswith("_") and [arg.arg for arg in one.args.args][:1] == ["db"]
    }


def named_in(file: Path) -> set[str]:
    """Verbs that a file names, as they are called or as what somebody else is to call."""
    tree = tree_of(file)
    rooms = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "app.actions"
        for alias in node.names
    }
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.actions.")
        for alias in node.names
    }
    through = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rooms
    }
    return (imported | through) & verbs()


def test_an_act_has_one_function_whichever_door_it_is_asked_through() -> None:
    """A verb that two files of the views name is an act that is there twice, each with a glue of its own."""
    places: dict[str, set[str]] = defaultdict(set)
    for file in VIEWS.rglob("*.py"):
        for verb in named_in(file):
            places[verb].add(str(file.relative_to(VIEWS)))
    assert {verb: sorted(found) for verb, found in places.items() if len(found) > 1} == {}


def test_what_stands_between_pages_and_programs_is_asked_by_both() -> None:
    """A function of `pages_and_api` that only one side calls belongs to that side."""
    ours = {
        one.name
        for file in (VIEWS / "pages_and_api").glob("*.py")
        for one in functions(file)
        if not one.name.startswith("_")
    }
    askers: dict[str, set[bool]] = {name: set() for name in ours}
    for file in VIEWS.rglob("*.py"):
        if file.parent.name != "pages_and_api":
            names = {node.id for node in ast.walk(tree_of(file)) if isinstance(node, ast.Name)}
            names |= {node.attr for node in ast.walk(tree_of(file)) if isinstance(node, ast.Attribute)}
            for name in ours & (names | {alias.name for alias in aliases(file)}):
                askers[name].add(file.parent.name == "api")
    assert {name for name, asked in askers.items() if asked != {True, False}} == OF_SEVERAL_PAGES


SHARED = [VIEWS / "closing.py", *(VIEWS / "pages_and_api").glob("*.py")]


def transactions(file: Path) -> dict[str, int]:
    """How many verbs each function runs, one after the other, with those that it calls in its file or share."""
    shared = {one.name for other in SHARED if other != file for one in functions(other) if _most(one.body, set())}
    known = shared & {alias.name for alias in aliases(file)}
    modules = {other.stem for other in SHARED} & {alias.name for alias in aliases(file)}
    known |= {f"{module}.{name}" for module in modules for name in shared}
    for one in functions(file):  # helpers stand below those that call them
        known |= {other.name for other in functions(file) if other is not one and _most(other.body, known)}
    return {one.name: _most(one.body, known) for one in functions(file)}


def _most(body: list[ast.stmt], known: set[str]) -> int:
    """Of two branches one is taken; what ends with `return` goes no further."""
    done = ended = 0
    for statement in body:
        if isinstance(statement, ast.If):
            then, other = _most(statement.body, known), _most(statement.orelse, known)
            if isinstance(statement.body[-1], ast.Return | ast.Raise):
                ended, then = max(ended, done + then), 0
            done += max(then, other)
        elif isinstance(statement, ast.Try):
            done += sum(_most(part, known) for part in (statement.body, statement.orelse, statement.finalbody))
        elif isinstance(statement, ast.For | ast.While | ast.AsyncFor):
            done += 2 * _most(statement.body, known)
        elif isinstance(statement, ast.With | ast.AsyncWith):
            done += _most(statement.body, known)
        else:
            done += sum(_called(node) in known or _called(node).endswith(".do") for node in ast.walk(statement))
    return max(done, ended)


def _called(node: ast.AST) -> str:
    """`verb`, or `module.verb`; '' for what is no call."""
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name
        case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name)):
            return f"{module}.{name}"
        case ast.Call(func=ast.Attribute(attr=name)):
            return f".{name}"
    return ""


def test_an_act_is_one_transaction() -> None:
    """Of two, a crash between them leaves half of what somebody asked for."""
    several = {
        f"{file.relative_to(VIEWS)}:{name}"
        for file in VIEWS.rglob("*.py")
        for name, number in transactions(file).items()
        if number > 1 and name not in IN_ROUNDS | MADE_AND_ENTERED
    }
    assert several == set()
