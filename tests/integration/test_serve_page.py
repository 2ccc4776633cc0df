# SPDX-License-Identifier: Apache-2.0
"""The page of the server in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from learner.buffer import Buffer
from tests.integration.serving import PATIENCE, png, served
from tests.integration.test_serve import taught

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed"),
]


class Page:
    """A browser, and what is on its page."""

    def __init__(self, browser: webdriver.Chrome) -> None:
        self.browser = browser

    def open(self, address: str) -> None:
        self.browser.get(address)

    def part(self, name: str) -> Any:
        return self.browser.find_element(By.ID, name)

    def wait(self, name: str, words: str) -> None:
        """Wait until a part of the page has these words."""
        WebDriverWait(self.browser, PATIENCE).until(lambda _: words in self.part(name).text, f"{name}: {words}")

    def bars(self) -> dict[str, str]:
        """Return the share beside each label."""
        rows = self.browser.find_elements(By.CSS_SELECTOR, "#bars li")
        return {
            row.find_element(By.CLASS_NAME, "name").text: row.find_element(By.CLASS_NAME, "share").text for row in rows
        }

    def complaints(self) -> list[str]:
        """Return what the browser complains of, such as a policy that something breaks."""
        return [entry["message"] for entry in self.browser.get_log("browser")]


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=900,900",
        f"--user-data-dir={tmp_path / 'browser'}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options, Service(DRIVER))
    yield Page(browser)
    browser.quit()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "desk.showtell"
    Buffer.open(path).close()
    return path


def test_it_shows_what_the_camera_sees_and_what_is_learned(project: Path, tmp_path: Path, page: Page) -> None:
    for number in range(8):
        (tmp_path / "clip").mkdir(exist_ok=True)
        (tmp_path / "clip" / f"{number}.png").write_bytes(png(1, 200 + number))
    with served(project, tmp_path, "--camera", str(tmp_path / "clip")) as server:
        page.open(server.page)
        page.wait("state", "nothing learned yet")
        assert not page.part("drop").is_displayed()
        assert server.token not in page.browser.current_url, "the address line keeps no secret"

        taught(server)
        page.wait("answer", "a")
        page.wait("state", "version")
        assert set(page.bars()) == {"a", "b"}
        assert page.part("answer").get_attribute("aria-live") == "polite"

        server.teach("c", 3)
        page.wait("news", "learned: c (+5)")
        page.wait("bars", "c")
        assert page.complaints() == []

        page.browser.refresh()  # the token stays with the tab
        page.wait("answer", "a")
    page.wait("state", "the server does not answer")


def test_without_a_camera_it_offers_to_ask_about_a_picture(project: Path, tmp_path: Path, page: Page) -> None:
    (tmp_path / "b.png").write_bytes(png(2, 77))
    (tmp_path / "strange.png").write_bytes(png(9, 0))
    (tmp_path / "broken.png").write_bytes(b"no picture")
    with served(project, tmp_path) as server:
        page.open(server.page)
        page.wait("drop", "There is no camera here")
        chosen = page.part("file")
        chosen.send_keys(str(tmp_path / "b.png"))
        page.wait("trouble", "Nothing has been learned yet")
        taught(server)
        chosen.send_keys(str(tmp_path / "strange.png"))
        page.wait("answer", "unknown")
        page.wait("guess", "It looks most like")
        chosen.send_keys(str(tmp_path / "b.png"))
        page.wait("answer", "b")
        assert not page.part("trouble").is_displayed()
        chosen.send_keys(str(tmp_path / "broken.png"))
        page.wait("trouble", "That picture cannot be read")
        assert not page.part("answer-card").is_displayed(), "it would be that of another picture"


def test_what_it_is_has_a_bar_among_many_classes_called_by_numbers(project: Path, tmp_path: Path, page: Page) -> None:
    (tmp_path / "b.png").write_bytes(png(2, 77))
    with served(project, tmp_path) as server:
        for number in range(12):
            server.teach(str(number), 10 + number, count=3)
        taught(server)
        page.open(server.page)
        page.wait("drop", "There is no camera here")
        page.part("file").send_keys(str(tmp_path / "b.png"))
        page.wait("answer", "b")
        page.wait("bars", "b")
        assert "b" in page.bars()


def test_without_the_token_it_asks_for_it(project: Path, tmp_path: Path, page: Page) -> None:
    with served(project, tmp_path) as server:
        page.open(server.url)
        page.wait("state", "waiting for the token")
        page.part("token").send_keys(server.token)
        page.part("ask-token").submit()
        page.wait("state", "nothing learned yet")
        assert not page.part("ask-token").is_displayed()

        page.open(f"{server.url}/docs")
        assert "/v1/predict/{key}" in page.browser.page_source
        (complaint,) = page.complaints()
        assert "401" in complaint, "nothing but the answer to the missing token"
