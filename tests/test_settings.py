"""Every setting is explained where an organiser looks for it."""

import re
from pathlib import Path

from app.settings import Settings

EXAMPLE = Path(__file__).resolve().parent.parent / "deploy" / "env.example"


def test_every_setting_is_in_the_example_and_nothing_else_is() -> None:
    named = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_example_shows_the_defaults() -> None:
    shown = dict(re.findall(r"^#([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))
    defaults = Settings(_env_file=None)  # type: ignore[call-arg]
    for name, value in shown.items():
        default = getattr(defaults, name.lower())
        plain = default.get_secret_value() if hasattr(default, "get_secret_value") else str(default)
        assert value.casefold() == plain.casefold(), name


def test_a_secret_is_in_no_repr() -> None:
    known = Settings(_env_file=None, x_bearer_token="AAAA-secret", secret_key="BBBB-secret")  # type: ignore[call-arg]
    assert "secret" not in repr(known).replace("secret_key", "")
