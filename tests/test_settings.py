"""Every setting is explained where an organiser looks for it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_settings import BaseSettings

from app.settings import Settings
from app.sources.networks import NETWORKS

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


@pytest.mark.parametrize("group", GROUPS)
def test_a_secret_is_in_no_repr(group: type[BaseSettings], monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = [name for name, field in group.model_fields.items() if field.annotation is SecretStr]
    for name in secrets:
        monkeypatch.setenv(name.upper(), f"the-value-of-{name}")
    known = group(_env_file=None)  # type: ignore[call-arg]
    assert secrets
    assert "the-value-of" not in repr(known) + str(known)
    assert all(getattr(known, name).get_secret_value() == f"the-value-of-{name}" for name in secrets)


@pytest.mark.parametrize("group", GROUPS)
def test_settings_are_read_from_the_env_file_too(
    group: type[BaseSettings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = next(name for name, field in group.model_fields.items() if field.annotation is SecretStr)
    monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(f"{name.upper()}=from the file\n")
    assert getattr(group(), name).get_secret_value() == "from the file"
