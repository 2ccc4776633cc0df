# SPDX-License-Identifier: Apache-2.0
"""What a frozen app runs first: the command `showtell`, and in the learner's process what that was started for."""

import os
import sys

# A program of Windows without a console has no streams, and much takes it for granted that there are some.
if sys.stdout is None:
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # for as long as the process lives
if sys.stderr is None:
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115

from desktop.__main__ import main  # what it imports may write

if __name__ == "__main__":
    main()
