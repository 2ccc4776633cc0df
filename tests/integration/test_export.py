# SPDX-License-Identifier: Apache-2.0
"""Exports as a person has them made, and a bundle where nothing of ours is installed."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.learner.fakes import picture

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 240

NEEDED = ("ai_edge_litert", "numpy", "PIL", "flatbuffers", "backports")
"""All that a bundle's script may import, with what that imports."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = str(tmp_path_factory.mktemp("home"))
    temporary = Path(home) / "tmp"
    temporary.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    folders = {"HOME": home, "USERPROFILE": home, "LOCALAPPDATA": home, "APPDATA": home}
    folders |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    return {**kept, **folders, "PYTHONPATH": str(ROOT)}


def run(environment: dict[str, str], *argv: str | Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *argv],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def project(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has learned two classes on the backbone that ships."""
    folder = tmp_path_factory.mktemp("project")
    for kind, name in ((1, "mug"), (2, "Schlüssel")):
        (folder / "pictures" / name).mkdir(parents=True)
        for number in range(8):
            Image.fromarray(picture(kind, number)[:, :, ::-1]).save(folder / "pictures" / name / f"{number}.png")
    path = folder / "desk.showtell"
    run(environment, "-m", "desktop", "import", path, folder / "pictures", "--json")
    run(environment, "-m", "desktop", "learn", path, "--json")
    return path


def photos(folder: Path) -> list[Path]:
    """Return pictures as cameras and programs leave them: tall, lying on their side, see-through, and tiny."""
    large = Image.fromarray(picture(1, 70)[:, :, ::-1]).resize((480, 480), Image.Resampling.BICUBIC)
    framed = Image.new("RGB", (480, 640), "white")
    framed.paste(large, (0, 80))
    framed.save(folder / "tall.png")
    turned = Image.Exif()
    turned[0x0112] = 6
    gradient = np.linspace(0, 255, 300 * 400).reshape(300, 400)
    Image.fromarray(np.stack([gradient, gradient[::-1], gradient * 0.5], axis=2).astype(np.uint8)).save(
        folder / "on its side.jpg", exif=turned, quality=95
    )
    see_through = Image.fromarray(picture(2, 71)[:, :, ::-1]).convert("RGBA")
    see_through.putalpha(Image.linear_gradient("L").resize(see_through.size))
    see_through.save(folder / "see-through.png")
    Image.fromarray(picture(2, 72)[:, :, ::-1]).save(folder / "tiny.png")
    return sorted(folder.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="links take rights that tests do not have there")
def test_a_bundle_answers_where_nothing_of_ours_is(project: Path, environment: dict[str, str], tmp_path: Path) -> None:
    made = run(environment, "-m", "desktop", "export", project, tmp_path / "desk.zip", "--json")
    assert made.stderr == ""
    told = json.loads(made.stdout)
    assert told["parity"]["agreement"] == 1
    with zipfile.ZipFile(tmp_path / "desk.zip") as archive:
        archive.extractall(tmp_path / "bundle")
    (tmp_path / "photos").mkdir()
    asked = photos(tmp_path / "photos")
    packages = tmp_path / "packages"
    packages.mkdir()
    for name in NEEDED:
        found = importlib.util.find_spec(name)
        if found is not None and found.submodule_search_locations:
            [*places] = found.submodule_search_locations
            (packages / name).symlink_to(places[0])
            libraries = Path(places[0]).parent
            for beside in libraries.glob(f"{name.lower()}*.libs"):
                (packages / beside.name).symlink_to(beside)
    script = (
        "import json, runpy, sys; sys.path.insert(0, sys.argv[1]); names = runpy.run_path(sys.argv[2]); "
        "print(json.dumps([dict(names['predict'](path)) for path in sys.argv[3:]])); "
        "assert not {'learner', 'keras', 'tensorflow', 'cv2'} & set(sys.modules)"
    )
    alone = run({}, "-I", "-S", "-c", script, packages, tmp_path / "bundle" / "predict.py", *asked)
    answers: list[dict[str, float]] = json.loads(alone.stdout)
    ours = run(environment, "-m", "desktop", "predict", project, *asked, "--json")
    for line, answer in zip(ours.stdout.splitlines(), answers, strict=True):
        wanted: dict[str, Any] = json.loads(line)
        assert next(iter(answer)) == wanted["label"], wanted["path"]
        # The picture is scaled by another library.
        assert answer == pytest.approx(wanted["probabilities"], abs=0.05)


def test_the_caller_never_loads_tensorflow_and_nothing_is_left_of_what_is_given_up(
    project: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    script = f"""
import sys, time
from pathlib import Path
from learner.exporting import ExportRun
from learner.interchange.wishes import Exported, ExportFormat, ExportWish

if __name__ == "__main__":
    project, folder = Path({str(project)!r}), Path({str(tmp_path)!r})
    run = ExportRun(project, ExportWish(folder / "given up", ExportFormat.SAVED_MODEL))
    while not (events := run.poll()):
        time.sleep(0.02)
    run.cancel()
    left = [path.name for path in folder.iterdir() if path.name != "script.py"]
    run = ExportRun(project, ExportWish(folder / "desk.tflite", ExportFormat.TFLITE))
    last = None
    while not run.is_done:
        for last in run.poll():
            pass
        time.sleep(0.02)
    print(left, isinstance(last, Exported) and last.parity.agreement, "tensorflow" in sys.modules)
"""
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    done = run(environment, tmp_path / "script.py")
    assert done.stdout.split("\n")[0] == "[] 1.0 False"
    assert {path.name for path in tmp_path.iterdir()} == {
        "script.py",
        "desk.tflite",
        "desk.tflite.parity.json",
        "desk.tflite.signature.json",
    }


def test_nothing_is_left_anywhere_else(project: Path, environment: dict[str, str], tmp_path: Path) -> None:
    """Converters leave no temporary files, and ONNX Runtime no number of this machine and nothing to report."""
    pytest.importorskip("tf2onnx")

    def there() -> list[Path]:
        return sorted(path for path in Path(environment["HOME"]).rglob("*") if path.is_file())

    before = there()
    for name in ("desk.onnx", "desk.keras"):
        assert run(environment, "-m", "desktop", "export", project, tmp_path / name, "--json").stderr == ""
    assert there() == before
