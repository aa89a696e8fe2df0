"""What is published is what was locked: an image from a tag, a list of what is inside, no version that nobody tested."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_actions_of_others_are_pinned_by_their_commit_and_have_no_more_rights_than_they_need(file: Path) -> None:
    told = yaml.safe_load(file.read_text())
    used = [step["uses"] for job in told["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", one) for one in used)
    assert told["permissions"] == {}
    # What others choose, such as a tag's name, reaches the shell as a variable and never as text of the script.
    assert not any("${{" in step.get("run", "") for job in told["jobs"].values() for step in job["steps"])


def test_an_image_is_made_by_a_tag_only() -> None:
    told = yaml.safe_load((ROOT / ".github" / "workflows" / "image.yml").read_text())
    assert told[True] == {"push": {"tags": ["v*.*.*"]}}  # YAML takes "on" for a truth


@pytest.mark.parametrize("file", ["bin/setup", "deploy/install", "Dockerfile"])
def test_nothing_is_installed_but_locked_versions(file: str) -> None:
    text = (ROOT / file).read_text().replace("\\\n", "")
    asked = re.findall(r"pip install[^\n]*", text)
    assert len(asked) == 1
    assert re.search(r"uv==(0\.13\.8|\$UV_VERSION)", asked[0])
    assert "--frozen" in text


def test_uv_is_the_same_one_everywhere() -> None:
    found = {
        version
        for file in ("bin/setup", "deploy/install", "Dockerfile")
        for version in re.findall(r"(?:uv==|UV_VERSION=)(\d[\d.]*)", (ROOT / file).read_text())
    }
    assert len(found) == 1


def installed() -> dict[str, str]:
    """What is installed with the program, and nothing that only its tests need: locked versions by name."""
    locked = {one["name"]: one for one in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}
    needed, more = set(), {"backchannel"}
    while more:
        name = more.pop()
        needed.add(name)
        asked = locked[name].get("dependencies", [])
        more |= {one["name"] for one in asked} - needed
        for one in asked:
            chosen = locked[one["name"]].get("optional-dependencies", {})
            more |= {each["name"] for extra in one.get("extra", ()) for each in chosen.get(extra, ())} - needed
    return {name: locked[name]["version"] for name in needed - {"backchannel"}}


def test_whatever_the_program_imports_is_installed_with_it() -> None:
    """The tests bring more; what only they bring is missing at everybody else's."""
    from_where = packages_distributions()
    imported = {
        name.split(".")[0]
        for file in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0
            else []
        )
    }  # fmt: skip
    names = {
        name: {re.sub(r"[-_.]+", "-", one).lower() for one in from_where.get(name, [name])}
        for name in imported - sys.stdlib_module_names - {"app", ""}
    }
    assert [name for name, by in names.items() if not by & installed().keys()] == []


def test_the_list_of_what_is_inside_has_every_locked_package_and_every_browser_file() -> None:
    done = subprocess.run([str(ROOT / "bin" / "sbom")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    listed = {(one["name"], one["version"]) for one in told["components"]}
    assert installed().items() <= listed
    files = {file["name"] for one in told["components"] for file in one.get("components", ())}
    assert files == {file.name for file in (ROOT / "frontend" / "static" / "vendor").iterdir()} - {"vendor.json"}
