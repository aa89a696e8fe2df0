"""The static copy, opened from a folder: it looks as it should, reads no other place, and axe finds nothing."""

import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.test_states import violations
from tests.cli.test_archive import laid_down
from tests.cli.test_commands import run


def written(data: Path) -> None:
    run(laid_down(data), "archive", "box10", "--out", str(data / "box10.zip"))


def test_it_opens_from_a_folder_and_asks_nobody(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path
    with ThreadPoolExecutor(1) as beside:  # a command runs its own loop, and the browser has one here
        beside.submit(written, data).result()
    with zipfile.ZipFile(data / "box10.zip") as opened:
        opened.extractall(data / "copy")
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=True)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: errors.append(said.text))
    page.goto((data / "copy" / "index.html").as_uri())
    page.get_by_role("link", name="Page 1").click()
    page.get_by_text("Last words").wait_for()
    assert page.evaluate("getComputedStyle(document.querySelector('.text')).whiteSpaceCollapse") == "preserve"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert errors == []
    assert violations(page) == []
    assert {url.partition(":")[0] for url in asked} == {"file"}
    context.close()
