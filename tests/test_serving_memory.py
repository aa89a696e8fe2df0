"""What threads have freed is shared: a server's memory stays where its work is."""

import subprocess
import sys

import pytest

WORK = """
import ctypes, sys, tempfile, threading
from app.serving import tune

if "tuned" in sys.argv:
    tune()
enough = threading.Barrier(6)

def work():
    kept = [bytes(1_000) for _ in range(2_000)]
    enough.wait()

threads = [threading.Thread(target=work) for _ in range(6)]
for one in threads: one.start()
for one in threads: one.join()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
with tempfile.NamedTemporaryFile() as told:
    file = ctypes.c_void_p(libc.fopen(told.name.encode(), b"w"))
    libc.malloc_info(0, file)
    libc.fclose(file)
    print(open(told.name).read().count("<heap nr="))
"""


def heaps(*how: str) -> int:
    done = subprocess.run([sys.executable, "-c", WORK, *how], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's memory")
def test_threads_share_the_memory_that_they_free() -> None:
    assert heaps() > 1
    assert heaps("tuned") == 1
