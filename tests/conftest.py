# SPDX-License-Identifier: Apache-2.0
"""Where Qt cannot be loaded, the window's tests are left out, and the others run; none touches the person's data."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest

from tests.qt import WHY_NOT

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("showtell", deadline=None)
hypothesis.settings.load_profile("showtell")

collect_ignore = ["desktop"] if WHY_NOT else []


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Say how long tests/torture lasts, and keep pytest-qt from failing every test; this runs before it loads Qt."""
    parser.addoption("--kills", type=int, default=200, help="how many processes tests/torture kills in a slow run")
    parser.addoption("--tensorflow", action="store_true", help="let tests/torture learn as it does in the app, slowly")
    parser.addoption("--seed", type=int, default=1, help="of what tests/torture does, and of when it kills")
    if WHY_NOT:
        pluginmanager.set_blocked("pytest-qt")


def pytest_report_header() -> list[str]:
    """Say what is left out."""
    return [f"left out: the tests of the window, since {WHY_NOT}"] if WHY_NOT else []


@pytest.fixture(scope="session", autouse=True)
def _data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have a data folder of the tests' own, for what is measured of this machine and for backbones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield
