# SPDX-License-Identifier: Apache-2.0
"""Say what pictures show: `python predict.py picture.jpg`. It takes ai-edge-litert, numpy and pillow."""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

try:
    from ai_edge_litert.interpreter import Interpreter
except ImportError:
    from tflite_runtime.interpreter import Interpreter

HERE = Path(__file__).parent
LABELS = (HERE / "labels.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
MODEL = Interpreter(model_path=str(HERE / "model.tflite"))
MODEL.allocate_tensors()
ENTRY, OUTPUT = MODEL.get_input_details()[0], MODEL.get_output_details()[0]


def predict(path):
    """Return (label, probability) of every class, the likeliest first."""
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    size, side = int(ENTRY["shape"][1]), min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    resample = Image.Resampling.BOX if side > size else Image.Resampling.BILINEAR
    picture = picture.resize((size, size), resample, (left, top, left + side, top + side))
    MODEL.set_tensor(ENTRY["index"], np.asarray(picture, np.float32)[None])
    MODEL.invoke()
    probabilities = MODEL.get_tensor(OUTPUT["index"])[0]
    return sorted(zip(LABELS, probabilities.tolist(), strict=True), key=lambda pair: -pair[1])


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(f"{name}: " + ", ".join(f"{label} {probability:.1%}" for label, probability in predict(name)))
