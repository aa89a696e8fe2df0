"""`backchannel screen` answers each line, whatever stands in it."""

import json
from pathlib import Path

from tests.cli.test_commands import run


def test_screen_answers_every_line_whatever_half_of_a_sign_stands_in_one(tmp_path: Path) -> None:
    half = ["\\ud83d", "\\udfff", "\\u0000"]
    odd = [
        f'{{"id": "{sign}", "text": "cut {sign}", "name": "{sign}", "alts": ["{sign}"], "quote": "{sign}"}}'
        for sign in half
    ]
    done = run(
        tmp_path,
        "screen",
        "--quick",
        stdin="\n".join(['{"id": 1, "text": "Hello"}', *odd, "[" * 100_000, '{"id": 9, "text": "Bye"}']),
    )
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, "\ufffd", "\ufffd", "\ufffd", 9]
    assert "line 5" in done.stderr
