# SPDX-License-Identifier: Apache-2.0
"""How the pages of this folder become a site: `sphinx-build -W --keep-going docs OUT`.

The pages are plain Markdown, to be read where they lie as well. The site needs no network, neither to be made nor to be
read: its search runs in the browser, and it brings its scripts, styles and symbols along.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import learner  # noqa: E402  # of this checkout

for _name in learner.__all__:
    # They come when they are asked for, and autodoc lists what a module has without asking.
    setattr(learner, _name, getattr(learner, _name))

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = "Showtell"
version = release = _PROJECT["version"]
copyright = "the authors of Showtell, Apache-2.0"  # noqa: A001  # so Sphinx calls it
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_heading_anchors = 3

default_role = "code"  # docstrings have single backticks
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
napoleon_attr_annotations = True

nitpicky = True
# The library's types are documented where people meet them; the rest, and those of others, are named and not linked.
nitpick_ignore_regex = [("py:.*", ".*")]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_title = f"Showtell {version}"
html_favicon = "../assets/icon.svg" if (ROOT / "assets" / "icon.svg").exists() else None
html_logo = html_favicon
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#2F6BEB", "color-brand-content": "#2F6BEB"},
    "dark_css_variables": {"color-brand-primary": "#78A5FF", "color-brand-content": "#78A5FF"},
}
html_show_sourcelink = False
html_copy_source = False

man_pages = [("commands", "showtell", _PROJECT["description"], "", 1)]
"""What `man showtell` shows where the app is a package of a Linux system: `sphinx-build -b man docs OUT`."""

# Figures and addresses that only a person's own machine answers to.
linkcheck_ignore = [r"http://127\.0\.0\.1.*", r"http://(192\.168|10)\..*"]

_COMMON = {"security": "SECURITY.md", "changelog": "CHANGELOG.md"}
"""Pages whose text lies beside this folder, so that it is found where people look for it."""


def _read(_app: Any, name: str, source: list[str]) -> None:
    """Put in what lies beside this folder, and point links at the pages it makes."""
    if name in _COMMON:
        source[0] = (ROOT / _COMMON[name]).read_text(encoding="utf-8").replace("](docs/", "](")
    for page, file in _COMMON.items():
        source[0] = source[0].replace(f"](../{file}", f"]({page}.md").replace(f"]({file}", f"]({page}.md")


def _told(_app: Any, what: str, _name: str, _thing: Any, _options: Any, lines: list[str]) -> None:
    """Leave out what a module says of itself: the page says it by examples that are run."""
    if what == "module":
        lines.clear()


def setup(app: Any) -> None:
    """Take part in the making."""
    app.connect("source-read", _read)
    app.connect("autodoc-process-docstring", _told)
