# SPDX-License-Identifier: Apache-2.0
"""Everything that needs TensorFlow or Keras. Import it late: it takes seconds.

The variables below must be set before TensorFlow's or ONNX Runtime's first import anywhere in the process.
"""

from __future__ import annotations

import os
import socket

# TensorFlow writes start-up notes to stderr from C++; they would land in the middle of a terminal's progress bar.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ["KERAS_BACKEND"] = "tensorflow"
# Keras would write a settings file into the person's home, and train as one that is there says: it gets no home.
os.environ["KERAS_HOME"] = os.path.join(os.devnull, "keras")
# ONNX Runtime would give this machine a number, keep it in the person's home, and report to Microsoft what it is used
# for. Its own switch, `disable_telemetry_events`, comes too late for the first report.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
# TensorFlow sets this to 1 itself, for the machines of a cloud.
os.environ["ENABLE_RUNTIME_UPTIME_TELEMETRY"] = "0"


def _import_urllib3() -> None:
    """Import urllib3, which TensorFlow does and nobody here uses, without the socket that it tries IPv6 with."""
    there = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        from urllib3.util import connection
    except ImportError:
        return
    finally:
        socket.has_ipv6 = there
    connection.HAS_IPV6 = there  # who shares this process with us and does use it may meet hosts with IPv6 alone


_import_urllib3()
