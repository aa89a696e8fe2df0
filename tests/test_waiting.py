"""Tests wait for the thing itself: nobody sleeps for a while but where it says why."""

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
    "proxy.py": (4, "a network that is slow to notice, late, or frozen until it is told otherwise"),
    "receiving.py": (1, "somebody who takes their time to answer"),
    "servers.py": (1, "a pause between looks whether a server of others has started"),
    "sources/bluesky/asking.py": (1, "the wait of a source, a hundredth of a second at most"),
    "sources/invented/source.py": (1, "the clock that it is given, which a test moves"),
    "sources/mastodon/test_following.py": (1, "the wait of a source, a hundredth of a second at most"),
    "sources/x/desk.py": (1, "the wait of a source, so many times quicker"),
    "test_crash.py": (2, "hurried clients, and the moment of the kill is any"),
    "test_moderators.py": (3, "a network that is cut for a moment, again and again"),
    "test_restart.py": (1, "a client that tries again"),
    "until.py": (2, "a pause between looks"),
    "x_server/listening.py": (1, "a pause between looks"),
    "x_server/outages.py": (1, "a minute full of posts, spread over the server's own clock"),
    "x_server/server.py": (2, "a pause between looks, and between lines that are played again"),
    "x_server/test_stream.py": (2, "minutes on the server's own clock, which runs as quickly as it is told"),
    "x_server/test_upkeep.py": (1, "a pause between looks"),
    "x_server/wire.py": (2, "pieces of a line that must arrive apart from each other"),
}
"""Files, how often they sleep, and why. It may only become shorter."""


def sleeps(file: Path) -> Iterator[ast.Call]:
    """Calls that sleep for a while, whether it stands there as a number, has a name or is worked out."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in SLEEPS:
            first = [*node.args, *(given.value for given in node.keywords)][:1]
            if not (first and isinstance(first[0], ast.Constant) and first[0].value == 0):
                yield node


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def test_nobody_sleeps_but_where_it_says_why() -> None:
    found = {str(file.relative_to(TESTS)): len(list(sleeps(file))) for file in sorted(TESTS.rglob("*.py"))}
    assert {name: times for name, times in found.items() if times} == {
        name: times for name, (times, _) in BECAUSE.items()
    }


def test_a_while_is_found_out_however_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text(
        "time.sleep(1)\nasyncio.sleep(0)\nasyncio.sleep(LOOK_AGAIN)\npage.wait_for_timeout(200)\n"
        "sleep(2)\nawait_(asyncio.sleep(seconds / 2))\npage.wait_for_timeout(timeout=WHILE)\nclock.sleep(delay=0.5)\n"
    )
    assert Counter(node.lineno for node in sleeps(file)) == Counter([1, 3, 4, 5, 6, 7, 8])
