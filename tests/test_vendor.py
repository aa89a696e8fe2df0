"""What we ship of others is what they published, and lock files name public hosts only."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "frontend" / "static" / "vendor"
KNOWN = json.loads((VENDOR / "vendor.json").read_text())
PUBLIC = {
    "pypi.org",
    "files.pythonhosted.org",
    "registry.npmjs.org",
    "github.com",
    "opencollective.com",
    "tidelift.com",
}


def test_every_vendored_file_is_known() -> None:
    found = {file.name for file in VENDOR.iterdir()} - {"vendor.json"}
    assert found == set(KNOWN)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_vendored_file_is_the_published_one(name: str) -> None:
    digest = hashlib.sha384((VENDOR / name).read_bytes()).digest()
    assert base64.b64encode(digest).decode() == KNOWN[name]["sha384"]


def test_vendored_versions_are_the_pinned_ones() -> None:
    pinned = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert {entry["package"]: entry["version"] for entry in KNOWN.values()} == pinned


@pytest.mark.parametrize("lock", ["uv.lock", "package-lock.json"])
def test_a_lock_file_names_public_hosts_only(lock: str) -> None:
    hosts = set(re.findall(r"https?://([^/\"'\s]+)", (ROOT / lock).read_text()))
    assert hosts <= PUBLIC
