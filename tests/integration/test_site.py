# SPDX-License-Identifier: Apache-2.0
"""The documentation as a site: made without a warning, and read without a network."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import learner

ROOT = Path(__file__).parents[2]
OUTSIDE = re.compile(r"(?:[a-z]+:)?//", re.IGNORECASE)

pytestmark = pytest.mark.slow


class Fetched(HTMLParser):
    """Collects what a browser fetches by itself; links are for people to follow."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" or "src" in given or "srcset" in given:
            self.addresses += [str(given[name]) for name in ("href", "src", "srcset") if given.get(name)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for module in ("sphinx", "myst_parser", "furo", "sklearn"):
        pytest.importorskip(module, reason="what makes the site is not installed")
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-d", str(out / "made"), "docs"]
    done = subprocess.run([*command, str(out / "html")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return out / "html"


def test_every_page_is_there(site: Path) -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert pages <= {path.stem for path in site.glob("*.html")}
    assert "What is protected, from whom, and by what" in (site / "security.html").read_text(encoding="utf-8")


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert pages
    for page in pages:
        fetched = Fetched()
        fetched.feed(page.read_text(encoding="utf-8"))
        assert fetched.addresses
        assert not [address for address in fetched.addresses if OUTSIDE.match(address)], page
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", text), style


def test_it_can_be_searched_without_a_server(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert index.startswith("Search.setIndex(")  # a script, which a browser loads from a folder as well
    assert '"raspberri"' in index or "raspberri:" in index  # the stem of the word
    assert "raspberry-pi" in index


def test_every_public_name_is_described(site: Path) -> None:
    text = (site / "api.html").read_text(encoding="utf-8")
    for name in learner.__all__:
        assert f'id="learner.{name}"' in text
    assert 'id="learner.sklearn.IncrementalImageClassifier.partial_fit"' in text
