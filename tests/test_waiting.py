"""Tests wait for the thing itself: nobody sleeps for a fixed while but where it says why."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent
SLEEPS = {"sleep", "wait_for_timeout"}
BECAUSE: dict[str, tuple[int, str]] = {
    "bus/test_contract.py": (3, "a pause between bells that are rung until one is heard"),
    "live/listeners/listening.py": (1, "pieces of a request that must arrive apart from each other"),
    "live/test_broadcast.py": (2, "a pass works in slices, and rests between them"),
    "proxy.py": (1, "a network that is slow to notice"),
    "servers.py": (1, "a pause between looks whether a server of others has started"),
    "test_crash.py": (2, "hurried clients, and the moment of the kill is any"),
    "test_moderators.py": (3, "a network that is cut for a moment, again and again"),
    "test_restart.py": (1, "a client that tries again"),
    "x_server/listening.py": (1, "a pause between looks"),
    "x_server/server.py": (1, "a pause between looks"),
    "x_server/test_upkeep.py": (1, "a pause between looks"),
}
"""Files, how often they sleep for a fixed while, and why. It may only become shorter."""


def fixed_sleeps(file: Path) -> Iterator[ast.Call]:
    """Calls that sleep for a number of seconds, or milliseconds, that stands there."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SLEEPS:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and first.value != 0:
                yield node


def test_nobody_sleeps_for_a_fixed_while_but_where_it_says_why() -> None:
    found = {str(file.relative_to(TESTS)): len(list(fixed_sleeps(file))) for file in sorted(TESTS.rglob("*.py"))}
    allowed = {name: times for name, (times, _) in BECAUSE.items()}
    assert {name: times for name, times in found.items() if times > allowed.get(name, 0)} == {}


def test_a_fixed_while_is_found_out(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text("time.sleep(1)\nasyncio.sleep(0)\nasyncio.sleep(LOOK_AGAIN)\npage.wait_for_timeout(200)\n")
    assert Counter(node.lineno for node in fixed_sleeps(file)) == Counter([1, 4])
