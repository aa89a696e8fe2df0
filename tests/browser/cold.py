"""Opens a screen in a browser that has seen nothing yet, and says what went over the wire and how soon it could be used."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser

from app.domain.access import Role
from tests.browser.conftest import SIZES
from tests.running import PATIENCE

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
"""400 kbit/s, and 300 ms to the first byte of each answer: a hall's network when everybody is on it."""

# What a person needs of a screen: it stands there as it is meant to look, and can be touched.
WATCHES = """
({ needed }) => {
  const look = () => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0];
    const wanted = document.querySelector(needed);
    if (painted && wanted?.getClientRects().length && !window.becameUsable) window.becameUsable = Math.max(painted.startTime, performance.now());
    if (!window.cameLive && document.body?.dataset.connection === 'up') window.cameLive = performance.now();
    if (!window.becameUsable || !window.cameLive) requestAnimationFrame(look);
  };
  look();
}
"""
NEEDED = {
    None: "#send .button",
    Role.SCREEN: "#frame h1",
    Role.SPEAKER: "#questions .button",
    Role.MODERATOR: "#held .post",
}


@dataclass
class Visit:
    requests: int = 0
    size: int = 0
    usable: float = 0
    live: float = 0
    kinds: Counter[str] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)


def visit(browser: Browser, role: Role | None, address: str, network: dict[str, Any] | None = None) -> Visit:
    """A first visit. A screen that needs a link is opened with it first, in a browser whose cache is off."""
    context = browser.new_context(
        viewport=SIZES[role], **({"is_mobile": True, "has_touch": True} if role is None else {})
    )
    page = context.new_page()
    if role is not None:
        # The link leaves its cookie and leads on to the address that people keep.
        address = context.request.get(address).url
    seen = Visit()
    kinds: dict[str, str] = {}
    devtools = context.new_cdp_session(page)

    def asked(event: dict[str, Any]) -> None:
        seen.requests += 1
        seen.asked.append(event.get("url") or event["request"]["url"])
        kinds[event["requestId"]] = event.get("type", "socket").lower()

    def arrived(event: dict[str, Any]) -> None:
        seen.size += event["encodedDataLength"]
        seen.kinds[kinds[event["requestId"]]] += event["encodedDataLength"]

    devtools.on("Network.requestWillBeSent", asked)
    devtools.on("Network.webSocketCreated", asked)
    devtools.on("Network.loadingFinished", arrived)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if network:
        devtools.send("Network.emulateNetworkConditions", network)
    page.add_init_script(f"({WATCHES})({{ needed: {NEEDED[role]!r} }})")
    page.goto(address)
    page.wait_for_function("() => window.becameUsable && window.cameLive", timeout=PATIENCE * 1_000)
    page.wait_for_load_state("networkidle")
    seen.usable, seen.live = page.evaluate("[window.becameUsable, window.cameLive]")
    context.close()
    return seen
