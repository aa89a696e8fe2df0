"""Every setting is explained where an organiser looks for it."""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import SecretStr
from pydantic_settings import BaseSettings

from app.settings import KEPT_KEY, Settings, WeakKey, weakness
from app.sources.networks import NETWORKS
from tests.until import PATIENCE

EXAMPLE = Path(__file__).resolve().parent.parent / "deploy" / "env.example"
GROUPS: list[type[BaseSettings]] = [Settings, *(type(network.settings()) for network in NETWORKS)]
"""The program's own settings, and those of each network."""


def fields() -> Iterator[tuple[str, object]]:
    """Every setting with its default."""
    for group in GROUPS:
        yield from ((name.upper(), field.default) for name, field in group.model_fields.items())


def test_every_setting_is_in_the_example_and_nothing_else_is() -> None:
    named = re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE)
    assert sorted(named) == sorted(name for name, _ in fields())


def test_the_example_shows_the_defaults() -> None:
    shown = dict(re.findall(r"^#([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))
    defaults = dict(fields())
    for name, value in shown.items():
        default = defaults[name]
        plain = default.get_secret_value() if isinstance(default, SecretStr) else str(default)
        assert value.casefold() == plain.casefold(), name


def secrets_of(group: type[BaseSettings]) -> list[str]:
    return [name for name, field in group.model_fields.items() if field.annotation is SecretStr]


@pytest.mark.parametrize("group", [group for group in GROUPS if secrets_of(group)])
def test_a_secret_is_in_no_repr(group: type[BaseSettings], monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = secrets_of(group)
    for name in hidden:
        monkeypatch.setenv(name.upper(), f"smtp://the-value-of-{name}")
    known = group(_env_file=None)  # type: ignore[call-arg]
    assert "the-value-of" not in repr(known) + str(known)
    assert all(getattr(known, name).get_secret_value() == f"smtp://the-value-of-{name}" for name in hidden)


@pytest.mark.parametrize("group", GROUPS)
def test_settings_are_read_from_the_env_file_too(
    group: type[BaseSettings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = next(name for name, field in group.model_fields.items() if field.annotation in (SecretStr, str))
    monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(f"{name.upper()}=from the file\n")
    found = getattr(group(), name)
    assert (found.get_secret_value() if isinstance(found, SecretStr) else found) == "from the file"


FAKE_KEYS = (
    "", "x", "only for tests", "a" * 64, "ab" * 32, "0123456789" * 4, "0123456789abcdefghijklmnopqrstuvwxyz",
    "changemechangemechangemechangeme", "please-change-this-very-long-secret-key", "secretsecretsecretsecretsecret12",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "passwordpasswordpassword12345678", "1111111122222222333333334444444455",
    "zyxwvutsrqponmlkjihgfedcba987654", " " * 40, "backchannel-backchannel-backchannel", "0" * 31 + "1",
)  # fmt: skip


@pytest.mark.parametrize("key", FAKE_KEYS)
def test_a_key_that_can_be_guessed_is_refused(key: str, tmp_path: Path) -> None:
    if key:
        with pytest.raises(WeakKey):
            _ = settings(tmp_path, secret_key=key).signing_key
    (tmp_path / KEPT_KEY).write_text(key)
    with pytest.raises(WeakKey, match="Remove the file"):
        _ = settings(tmp_path).signing_key


@pytest.mark.parametrize("make", [secrets.token_urlsafe, secrets.token_hex, lambda size: str(uuid4()) + str(uuid4())])
def test_a_key_made_at_random_is_never_refused(make: Callable[[int], str]) -> None:
    assert not [key for key in (make(32) for _ in range(2_000)) if weakness(key)]
    assert not [key for key in (secrets.token_hex(16) for _ in range(2_000)) if weakness(key)]


def test_many_first_starts_at_once_have_one_key(tmp_path: Path) -> None:
    code = "import sys; from app.settings import Settings; sys.stdout.write(Settings(_env_file=None).signing_key)"
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "DATA_DIR": str(tmp_path), "SECRET_KEY": ""},
            stdout=subprocess.PIPE,
        )
        for _ in range(6)
    ]
    keys = {start.communicate(timeout=PATIENCE)[0] for start in starts}
    assert len(keys) == 1
    assert weakness(keys.pop().decode()) == ""
    assert [file.name for file in tmp_path.iterdir()] == [KEPT_KEY]
    assert (tmp_path / KEPT_KEY).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_a_first_start_that_dies_leaves_no_half_key(step: str, tmp_path: Path) -> None:
    """The process ends where it would write the bytes out, and where it would give them their name."""
    die = f"import os; from app.settings import Settings; os.{step} = lambda *_: os._exit(9); Settings(_env_file=None).signing_key"
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "SECRET_KEY": ""}
    assert subprocess.run([sys.executable, "-c", die], env=environment).returncode == 9
    assert not (tmp_path / KEPT_KEY).exists()
    assert weakness(settings(tmp_path).signing_key) == ""


def settings(folder: Path, **given: str) -> Settings:
    return Settings(_env_file=None, data_dir=folder, **given)  # type: ignore[arg-type]
