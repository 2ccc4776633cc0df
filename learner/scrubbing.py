# SPDX-License-Identifier: Apache-2.0
"""What of a person is left out of whatever is written down about a bug: names, places, and anything like a picture.

A traceback quotes what an exception was given, and that can be the name of a person or the bytes of a photo. Who reads
a report needs neither. Lines and their number are limited as well, so that no log fills a disk.
"""

from __future__ import annotations

import getpass
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

NAME, DATA = "[name]", "[data]"
"""What stands there instead."""

_LONGEST = 400
"""Characters of a line."""
_LOOKED_AT = 4000
"""Characters of a line that are looked at; what comes after them is gone in any case."""
_HEAD, _TAIL = 60, 140
"""Lines that are kept from the beginning and from the end."""

_DATA = re.compile(
    r"""\bb(?P<quote>['"])(?:\\.|(?!(?P=quote)).){16,}?(?:(?P=quote)|$)  # the repr of bytes
      | [\w+/=-]{100,}                                              # base64, and what is written in hexadecimal
      | (?:[-\d.]+[ \t]*[,\[\]()\s]+){16,}                          # arrays""",
    re.VERBOSE | re.MULTILINE,
)
_PROJECT = re.compile(r"[^/\\\n\"<>|:*?]+\.showtell\b")

_concealed: set[str] = set()


def conceal(names: Iterable[str]) -> None:
    """Leave these names out from now on, in this process: what the classes of a project are called.

    Single characters and numbers are not names: a log without them says nothing.
    """
    for name in names:
        if len(name) > 1 and not name.isdecimal():
            # As it is, and as Python and JSON write it where they may not use all characters.
            _concealed.update((name, ascii(name)[1:-1], json.dumps(name)[1:-1]))


def scrubbed(text: str) -> str:
    """Return a text that says of the person as little as can be.

    The home folder is written "~" and the user's name in other paths "user"; projects are called project.showtell; the
    names that were concealed, bytes, and long runs of letters or numbers are not in it. Of very long texts the
    beginning and the end are left, and of long lines the beginning.
    """
    lines = text.split("\n")
    if len(lines) > _HEAD + _TAIL:
        lines = [*lines[:_HEAD], f"… {len(lines) - _HEAD - _TAIL} lines …", *lines[-_TAIL:]]
    text = "\n".join(line[:_LOOKED_AT] for line in lines)
    text = _PROJECT.sub("project.showtell", _without_user(text))
    if _concealed:
        # The longest first: "red mug" is not to become "red [name]".
        names = "|".join(re.escape(name) for name in sorted(_concealed, key=lambda name: (-len(name), name)))
        text = re.sub(rf"(?<!\w)(?:{names})(?!\w)", NAME, text, flags=re.IGNORECASE)
    text = _DATA.sub(DATA, text)
    return "\n".join(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…" for line in text.split("\n"))


def _without_user(text: str) -> str:
    home = str(Path.home())
    for written in {home, home.replace("\\", "/"), home.replace("\\", "\\\\")}:
        if len(written) > 1:  # a home folder of "/" would take every path apart
            text = text.replace(written, "~")
    users = {Path(home).name}
    with suppress(OSError, KeyError, ImportError):  # what Python raises where a user has no name
        users.add(getpass.getuser())
    for user in filter(None, users):
        text = re.sub(rf"(?<=[/\\]){re.escape(user)}(?=[/\\\s\"':,]|$)", "user", text, flags=re.MULTILINE)
    return text
