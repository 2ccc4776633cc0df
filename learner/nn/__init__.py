# SPDX-License-Identifier: Apache-2.0
"""Everything that needs TensorFlow or Keras. Import it late: it takes seconds.

The variables below must be set before TensorFlow's first import anywhere in the process.
"""

from __future__ import annotations

import os

# TensorFlow writes start-up notes to stderr from C++; they would land in the middle of a terminal's progress bar.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ["KERAS_BACKEND"] = "tensorflow"
# Keras would write a settings file into the person's home, and train as one that is there says: it gets no home.
os.environ["KERAS_HOME"] = os.path.join(os.devnull, "keras")
