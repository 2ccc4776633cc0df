# SPDX-License-Identifier: Apache-2.0
"""Who may know whom (ARCHITECTURE.md), kept by reading every import statement and by looking at real processes."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.qt import needs_qt

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Import:
    """One import of one module; `is_late` says that it happens inside a function or for type checking alone."""

    importer: str
    module: str
    line: int
    is_late: bool


@dataclass(frozen=True)
class OnlyBy:
    """`modules` may be imported by `importers` and by nobody else."""

    modules: tuple[str, ...]
    importers: tuple[str, ...]
    why: str

    def breaks(self, found: Import) -> bool:
        return _within(found.module, self.modules) and not _within(found.importer, self.importers)


@dataclass(frozen=True)
class MayOnly:
    """`importers` may import `modules` and the standard library, and nothing else."""

    importers: tuple[str, ...]
    modules: tuple[str, ...]
    why: str

    def breaks(self, found: Import) -> bool:
        is_standard = found.module.split(".")[0] in sys.stdlib_module_names
        return _within(found.importer, self.importers) and not is_standard and not _within(found.module, self.modules)


@dataclass(frozen=True)
class Late:
    """`modules` may be imported inside functions only, except among themselves."""

    modules: tuple[str, ...]
    why: str

    def breaks(self, found: Import) -> bool:
        return _within(found.module, self.modules) and not _within(found.importer, self.modules) and not found.is_late


@dataclass(frozen=True)
class AsOne:
    """`modules` are packages that others import as a whole; what lies in them is their own."""

    modules: tuple[str, ...]
    why: str

    def breaks(self, found: Import) -> bool:
        inside = any(found.module.startswith(f"{module}.") for module in self.modules)
        return inside and not _within(found.importer, self.modules)


Rule = OnlyBy | MayOnly | Late | AsOne

CONTRACT = ("learner.types", "learner.messages", "learner.config", "learner.errors")

LEARNING = (
    "learner.discriminant",
    "learner.contribution",
    "learner.sharing",
    "learner.roll",
    "learner.sampling",
    "learner.memory",
    "learner.outside",
    "learner.unknown",
    "learner.evaluation",
    "learner.measuring",
    "learner.refining",
    "learner.training",
    "learner.serving",
    "learner.succession",
    "learner.aside",
    "learner.judging",
    "learner.explaining",
    "learner.charting",
    "learner.highlighting",
    "learner.engine",
)

RULES: list[Rule] = [
    MayOnly(CONTRACT, ("numpy", *CONTRACT), "Every process can afford to know them."),
    MayOnly(
        ("learner.buffer",),
        (
            "numpy",
            "sqlite_utils",
            "filelock",
            "learner.buffer",
            "learner.cv",
            "learner.files",
            "learner.json_within",
            "learner.quiet",
            "learner.types",
            "learner.errors",
        ),
        "The file stands alone.",
    ),
    MayOnly(
        LEARNING,
        (
            "numpy",
            "sklearn",
            "threadpoolctl",
            "learner.buffer",
            "learner.cv",
            "learner.embedder",
            "learner.preprocessing",
            *LEARNING,
            *CONTRACT,
        ),
        "What learns is tested without TensorFlow.",
    ),
    MayOnly(
        ("learner.camera",),
        (
            "numpy",
            "cv2_enumerate_cameras",
            "learner.camera",
            "learner.buffer",
            "learner.cv",
            "learner.pictures",
            *CONTRACT,
        ),
        "Frames know nothing of what is learned from them.",
    ),
    MayOnly(
        ("desktop",),
        (
            "PySide6",
            "chime",
            "numpy",
            "platformdirs",
            "pyqtgraph",
            "PIL",
            "desktop",
            "learner.backbones",
            "learner.buffer",
            "learner.camera",
            "learner.cli",
            "learner.client",
            "learner.cv",
            "learner.exporting",
            "learner.figures",
            "learner.files",
            "learner.interchange",
            "learner.pictures",
            "learner.scrubbing",
            "learner.serve",
            "learner.spawning",
            *CONTRACT,
        ),
        "The window speaks with the learner through the client and the file.",
    ),
    OnlyBy(("desktop",), ("desktop",), "The learner runs without a window."),
    OnlyBy(("PySide6", "pyqtgraph"), ("desktop",), "The learner runs without Qt."),
    OnlyBy(("tensorflow", "keras", "h5py"), ("learner.nn",), "TensorFlow takes seconds to import."),
    OnlyBy(("sqlite_utils",), ("learner.buffer",), "Nobody else writes SQL."),
    # The doctor asks for SQLite's version.
    OnlyBy(("sqlite3",), ("learner.buffer", "learner.doctor"), "Nobody else writes SQL."),
    # That of the documentation writes its own, and reads none.
    OnlyBy(
        ("PIL", "pillow_heif"),
        ("learner.pictures", "desktop.docs_pictures"),
        "Picture files are read in one place, where all limits are.",
    ),
    OnlyBy(("cv2",), ("learner.cv",), "OpenCV's wheels change Qt's environment when imported."),
    OnlyBy(("sklearn",), ("learner.charting", "learner.sklearn"), "It is optional, and all else does without."),
    OnlyBy(("jinja2",), ("learner.interchange.report", "learner.serve"), "Pages are made there."),
    OnlyBy(
        ("starlette", "uvicorn", "sse_starlette", "prometheus_client", "anyio", "h11"),
        ("learner.serve", "learner.fleet.gate"),
        "They are optional, and what comes from outside is let in at two places.",
    ),
    OnlyBy(("flwr", "ray"), ("learner.fleet",), "It is optional."),
    OnlyBy(("onnx", "onnxruntime", "tf2onnx"), ("learner.nn",), "They are optional, and report to nobody there."),
    OnlyBy(("typer",), ("learner.cli",), "Command lines are read in one place."),
    AsOne(("learner.cli",), "Others carry out a command line, and print nothing by its means."),
    OnlyBy(
        ("multiprocessing",),
        (
            "learner.spawning",
            "learner.client",
            "learner.process",
            "learner.consolidation",
            "learner.consolidating",
            "learner.doctor",
            "learner.exporting",
            "desktop.__main__",
        ),
        "One owner.",
    ),
    OnlyBy(
        ("psutil",),
        ("learner.consolidation", "learner.consolidating", "learner.fleet.tending"),
        "Only they step back for others, or end what others have started.",
    ),
    Late(("PIL", "pillow_heif"), "A window that imports nothing does without."),
    Late(("learner.nn",), "Importing it imports TensorFlow."),
    Late(("ai_edge_litert",), "Its library takes long to load."),
    Late(("onnx", "onnxruntime", "tf2onnx"), "They may not be there."),
    Late(("learner.serve", "desktop.session_hub"), "What it takes may not be there."),
    Late(("learner.fleet",), "What it takes may not be there."),
    Late(("sklearn", "learner.sklearn"), "It takes seconds to import, and may not be there."),
]


def modules() -> dict[str, Path]:
    """Return every module of the two packages by its name."""
    found = {}
    for package in ("learner", "desktop"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(importer: str, source: str, known: Iterable[str]) -> Iterator[Import]:
    """Return the imports in a source text; `from package import module` counts as importing the module."""
    known = set(known)

    def walk(node: ast.AST, is_late: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(importer, alias.name, child.lineno, is_late)
            elif isinstance(child, ast.ImportFrom):
                assert not child.level, f"{importer} uses a relative import"
                for alias in child.names:
                    submodule = f"{child.module}.{alias.name}"
                    yield Import(
                        importer, submodule if submodule in known else str(child.module), child.lineno, is_late
                    )
            else:
                typing_only = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
                is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                yield from walk(child, is_late or is_function or typing_only)

    yield from walk(ast.parse(source), False)


def _within(module: str, scopes: Iterable[str]) -> bool:
    return any(module == scope or module.startswith(f"{scope}.") for scope in scopes)


@pytest.fixture(scope="module")
def everything() -> list[Import]:
    known = modules()
    return [found for name, path in known.items() for found in imports(name, path.read_text(encoding="utf-8"), known)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{type(rule).__name__} {(*rule.modules,)[0]} {rule.why}")
def test_nobody_breaks_a_rule(rule: Rule, everything: list[Import]) -> None:
    broken = [
        f"{found.importer}, line {found.line}: imports {found.module}" for found in everything if rule.breaks(found)
    ]
    assert not broken, f"{rule.why}\n" + "\n".join(broken)


@pytest.mark.parametrize(
    ("importer", "source"),
    [
        ("learner.types", "import cv2"),
        ("learner.buffer.codec", "from learner import engine"),
        ("learner.engine", "def f():\n    import keras"),
        ("learner.process", "from learner.nn import head"),
        ("learner.client", "from PySide6.QtCore import QObject"),
        ("learner.client", "if TYPE_CHECKING:\n    from desktop import app"),
        ("desktop.app", "from learner.engine import Engine"),
        ("desktop.app", "import torch"),
        ("desktop.app", "from learner.cli.output import Output"),
        ("learner.doctor", "def f():\n    from learner.cli import tables"),
        ("desktop.views.teach.room", "import sqlite3"),
        ("desktop.camera_bridge", "def f():\n    import cv2"),
        ("desktop.serving", "from desktop.session_hub import SessionHub"),
        ("learner.cli.serve", "from learner.serve.server import Server"),
        ("learner.interchange.models", "def f():\n    import onnxruntime"),
        ("learner.cli.serve", "def f():\n    import uvicorn"),
    ],
)
def test_a_broken_rule_is_noticed(importer: str, source: str) -> None:
    found = list(imports(importer, source, modules()))
    assert any(rule.breaks(one) for rule in RULES for one in found)


@pytest.mark.parametrize(
    ("importer", "source"),
    [
        ("learner.process", "def f():\n    from learner.nn import head"),
        ("learner.process", "if TYPE_CHECKING:\n    from learner.nn.head import KerasHead"),
        ("learner.nn.head", "from learner.nn import device\nimport tensorflow as tf"),
        ("desktop.app", "import json\nfrom PySide6 import QtCore\nfrom learner.client import LearnerClient"),
        ("desktop.__main__", "from learner.cli import OpenRequest, run"),
    ],
)
def test_what_is_allowed_is_allowed(importer: str, source: str) -> None:
    found = list(imports(importer, source, modules()))
    assert [one for rule in RULES for one in found if rule.breaks(one)] == []


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("learner", ("numpy", "cv2", "tensorflow", "keras", "sqlite_utils", "PySide6")),
        ("learner.cli", ("numpy", "cv2", "tensorflow", "keras", "ai_edge_litert", "sqlite_utils", "rich", "PySide6")),
        ("learner.cli", ("starlette", "uvicorn", "prometheus_client", "jinja2", "PIL")),
        ("learner.serve.project", ("tensorflow", "keras", "ai_edge_litert", "PySide6")),
        ("learner.process", ("tensorflow", "keras", "ai_edge_litert", "PySide6")),
        ("learner.client", ("tensorflow", "keras", "ai_edge_litert", "PySide6")),
        ("learner.project", ("tensorflow", "keras", "ai_edge_litert", "PySide6")),
        ("learner.exporting", ("tensorflow", "keras", "ai_edge_litert", "jinja2", "PySide6")),
        ("desktop.__main__, learner.cli", ("numpy", "cv2", "tensorflow", "typer", "PySide6")),
        pytest.param("desktop.start", ("numpy", "cv2", "sqlite_utils", "typer", "learner.messages"), marks=needs_qt),
        pytest.param("desktop.app", ("tensorflow", "keras", "ai_edge_litert"), marks=needs_qt),
    ],
)
def test_what_a_process_has_not_loaded(module: str, absent: tuple[str, ...]) -> None:
    script = f"import sys, {module}; print([name for name in {absent} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
