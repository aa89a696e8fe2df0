"""The process that reads may die, hang or talk nonsense: it is replaced, and the server goes on."""

import os
import signal
import sys

import pytest

from app.jobs.reader.encoder import shipped
from app.jobs.reader.worker import ReaderAway, Worker

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
    "never answers": (sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(600)"),
}


@pytest.mark.parametrize("fault", NONSENSE)
async def test_whatever_goes_wrong_it_is_away_and_no_process_stays(fault: str) -> None:
    worker = Worker(NONSENSE[fault], patience=0.5)
    with pytest.raises(ReaderAway):
        await worker.read(TEXTS)
    assert worker.pid is None
