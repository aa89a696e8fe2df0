"""The process that reads may die, hang or talk nonsense: it is replaced, and the server goes on."""

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from app.jobs.reader.encoder import shipped
from app.jobs.reader.worker import LAST_WORDS, ReaderAway, ReaderSlow, Worker

TEXTS = ["Who pays for the carers when the project ends?", "you stupid idiot", ""]


async def test_it_reads_as_the_encoder_does_and_is_replaced_when_it_dies() -> None:
    worker = Worker()
    try:
        assert await worker.read(TEXTS) == shipped().read(TEXTS)
        first = worker.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        with pytest.raises(ReaderAway):
            await worker.read(TEXTS)
        assert await worker.read(TEXTS[:1]) == shipped().read(TEXTS[:1])
        assert worker.pid not in (None, first)
    finally:
        await worker.close()
    assert worker.pid is None


NONSENSE = {
    "cannot start": ("/nowhere/at/all",),
    "ends at once": (sys.executable, "-c", ""),
    "talks nonsense": (sys.executable, "-c", "print('hello', flush=True); input()"),
    "answers nonsense": (sys.executable, "-c", "print('ready', flush=True); input(); print('[1, 2]', flush=True)"),
    "answers no JSON": (sys.executable, "-c", "print('ready', flush=True); input(); print('what?', flush=True)"),
}
NEVER_ANSWERS = (sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(600)")


async def test_one_that_does_not_answer_is_ended_and_said_to_be_slow_and_not_away() -> None:
    worker = Worker(NEVER_ANSWERS, patience=0.2)
    with pytest.raises(ReaderSlow):
        await worker.read(TEXTS)
    assert worker.pid is None


@pytest.mark.parametrize("fault", NONSENSE)
async def test_whatever_goes_wrong_it_is_away_and_no_process_stays(fault: str) -> None:
    worker = Worker(NONSENSE[fault], patience=0.5)
    with pytest.raises(ReaderAway):
        await worker.read(TEXTS)
    assert worker.pid is None


TELLS = (
    "import json, os; print('ready', flush=True); input(); print(json.dumps([dict(os.environ)]), flush=True); input()"
)
SETTINGS = re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", Path("deploy/env.example").read_text(encoding="utf-8"), re.MULTILINE)


async def test_it_knows_where_programs_are_and_none_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"SECRET_KEY", "SMTP_URL", "DATABASE_URL"} < set(SETTINGS)
    for name in [*SETTINGS, "A_SECRET_OF_SOMEBODY_ELSE", "PGPASSWORD"]:
        monkeypatch.setenv(name, "hunter2")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    worker = Worker((sys.executable, "-c", TELLS))
    try:
        [known] = await worker.read(["a text"])
    finally:
        await worker.close()
    assert "hunter2" not in str(known)
    assert set(known) <= {"PATH", "PYTHONPATH", "LANG", "LANGUAGE"} | {name for name in known if name.startswith("LC_")}
    assert {"PATH", "PYTHONPATH", "LC_ALL"} <= set(known)


COMPLAINTS = {
    "the last of two lines": ("sys.stderr.write('first\\nno memory left\\n')", ": no memory left"),
    "nothing": ("", "it is gone"),
    "no text": ("sys.stderr.buffer.write(bytes([255, 27, 10, 27]) + b'[2Jgone')", ": [2Jgone"),
    "more than a pipe holds": ("sys.stderr.write('x' * 1_000_000)", "x" * LAST_WORDS),
}


@pytest.mark.parametrize("complaint", COMPLAINTS)
async def test_what_it_complained_of_last_is_in_the_warning(complaint: str) -> None:
    code, heard = COMPLAINTS[complaint]
    worker = Worker((sys.executable, "-c", f"import sys; {code or 'pass'}"))
    with pytest.raises(ReaderAway) as away:
        await worker.read(TEXTS)
    said = str(away.value)
    assert said.endswith(heard)
    assert said.isprintable()
    assert len(said) <= LAST_WORDS + 100
