# SPDX-License-Identifier: Apache-2.0
"""A model with all that it takes to use it elsewhere, in one zip archive."""

from __future__ import annotations

import zipfile
from collections.abc import Generator
from datetime import datetime
from pathlib import Path

from learner.errors import EnvironmentFault
from learner.files import assets_folder
from learner.interchange.dataset import ExportProgress
from learner.interchange.model_card import model_card
from learner.interchange.models import Served, export_model, signature
from learner.interchange.parity import Parity
from learner.interchange.wishes import ExportWish

MODEL, LABELS, SIGNATURE, PARITY = "model.tflite", "labels.txt", "signature.json", "parity.json"
SCRIPT, CARD = "predict.py", "README.md"

_USAGE = f"""
## How to use it

    pip install ai-edge-litert numpy pillow
    python {SCRIPT} picture.jpg

`{MODEL}` is the model and `{LABELS}` the names of its classes, one a line, in the order of its output.
`{SIGNATURE}` says what it takes and gives; `{PARITY}` is how it was compared with the app.
"""


def export_bundle(served: Served, wish: ExportWish, path: Path) -> Generator[ExportProgress, None, Parity]:
    """Write a bundle: a LiteRT model, its labels and signature, a script that asks it, and a model card.

    Args:
        served: the version.
        wish: how precise, and whether it is kept whatever it answers.
        path: the archive to make, in a folder where nothing else is.

    Yields:
        How many pictures have been answered, by the app and then by the model.

    Raises:
        EnvironmentFault: as `export_model`.
    """
    model = path.with_name(MODEL)
    parity = yield from export_model(served, wish, model)
    card = model_card(served, parity, datetime.now().astimezone()) + _USAGE
    texts = {
        LABELS: "".join(f"{label}\n" for label in served.labels),
        SIGNATURE: signature(served, wish),
        PARITY: parity.as_json(),
        SCRIPT: _script(),
        CARD: card,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(model, MODEL)
        for name, text in texts.items():
            archive.writestr(name, text)
    model.unlink()
    return parity


def _script() -> str:
    path = assets_folder() / SCRIPT
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise EnvironmentFault(
            "A file of Showtell is missing", f"{path} cannot be read.", "Install Showtell again."
        ) from error
