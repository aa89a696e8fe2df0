"""What belongs to one network is in its folder: everything else asks the descriptor."""

import re
from pathlib import Path

import pytest

from app.domain.network import Network
from app.sources.networks import NETWORKS

ROOT = Path(__file__).resolve().parent.parent
WHERE = (ROOT / "app", ROOT / "frontend" / "templates")
FILES = sorted(file for folder in WHERE for file in folder.rglob("*") if file.suffix in {".py", ".html"})

ALLOWED = {
    ("x", "app/sources/networks.py", "sources.x"): "the line that registers it",
    ("bluesky", "app/sources/networks.py", "sources.bluesky"): "the line that registers it",
    ("mastodon", "app/sources/networks.py", "sources.mastodon"): "the line that registers it",
    ("x", "app/demo/playing.py", "'x'"): "the demo plays a recording, and switches the network off",
    ("x", "app/domain/screening/reading/lookalikes.py", "'x'"): "the letter, which others look like",
    ("x", "app/views/desk/keys.py", "'x'"): "the key that chooses several posts",
}
"""Who names a network all the same: (network, file, word), and why."""


def home(network: Network[object]) -> Path:
    return ROOT / "app" / "sources" / network.key


def named(file: Path, network: Network[object]) -> set[str]:
    """Words of a file that belong to a network: its key as a literal, its settings, its folder."""
    text = file.read_text()
    settings = type(network.settings()).model_fields  # type: ignore[attr-defined]
    words = {
        f"'{network.key}'": rf"""(["']){network.key}\1""",
        f"sources.{network.key}": rf"\bsources\.{network.key}\b",
        **{name: rf"(?i)\b{name}\b" for name in settings},
    }
    return {word for word, pattern in words.items() if re.search(pattern, text)}


def everywhere_else(network: Network[object]) -> set[tuple[str, str, str]]:
    others = (file for file in FILES if home(network) not in file.parents)
    return {(network.key, str(file.relative_to(ROOT)), word) for file in others for word in named(file, network)}


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.key)
def test_its_own_folder_names_its_key_and_all_its_settings(network: Network[object]) -> None:
    found = {word for file in home(network).rglob("*.py") for word in named(file, network)}
    assert found >= {f"'{network.key}'", *type(network.settings()).model_fields}  # type: ignore[attr-defined]


def test_nobody_else_names_a_network() -> None:
    found = {mention for network in NETWORKS for mention in everywhere_else(network)}
    assert found == ALLOWED.keys()
