# SPDX-License-Identifier: Apache-2.0
"""Make the LiteRT model and the card of the embedded backbone from its Keras file.

python packaging/backbone/convert.py assets/showtell_v3s.keras
"""

from __future__ import annotations

import sys
from pathlib import Path

from learner.backbones import save
from learner.nn import backbone

if __name__ == "__main__":
    source = Path(sys.argv[1])
    model = backbone.load(source)
    info = backbone.describe(model, source.stem)
    save(source.parent, source.stem, backbone.convert(model, info), info)
    print(info)
