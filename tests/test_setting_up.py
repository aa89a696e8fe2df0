"""`bin/setup`, on which `bin/demo` and `bin/test` stand."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
NO_INDEX = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}


def test_a_set_up_that_was_broken_off_is_begun_again(tmp_path: Path) -> None:
    """As after Ctrl+C while the environment was made: it has a Python, and no pip to go on with."""
    for name in ("bin/setup", "pyproject.toml", "uv.lock"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(HERE / name, tmp_path / name)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    environment = {**os.environ, **NO_INDEX, "PYTHON": sys.executable}
    told = subprocess.run(
        [tmp_path / "bin/setup"], env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert told.returncode == 1
    assert "Is there a package index?" in told.stderr
    subprocess.run([tmp_path / ".venv/bin/python", "-m", "pip", "--version"], check=True, stdout=subprocess.DEVNULL)
