from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.pages import open_noeli

pytestmark = pytest.mark.browser

# What a first visit may weigh on a slow line, with its style, script and letters.
MOST_BYTES = 150 * 1024


def weigh(page: Page, address: str) -> dict[str, int]:
    """Bytes that came over the line for each thing a page needs, with nothing kept from before."""
    asked: dict[str, str] = {}
    weights: dict[str, int] = {}

    def on_asked(said: dict[str, Any]) -> None:
        asked[said["requestId"]] = said["request"]["url"]

    def on_came(said: dict[str, Any]) -> None:
        weights[asked.get(said["requestId"], "unnamed")] = int(said["encodedDataLength"])

    page.goto("about:blank")
    line = page.context.new_cdp_session(page)
    line.on("Network.requestWillBeSent", on_asked)
    line.on("Network.loadingFinished", on_came)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    page.goto(address, wait_until="networkidle")
    line.detach()
    return weights


@pytest.mark.parametrize("under", ["home", ""], ids=["home", "overview"])
def test_a_first_visit_is_light(desk, under):
    file = open_noeli(desk)
    weights = weigh(desk, "/" if under == "home" else file + under)
    assert any(url.endswith(".woff2") for url in weights), "no letters were weighed"
    assert sum(weights.values()) <= MOST_BYTES, weights
