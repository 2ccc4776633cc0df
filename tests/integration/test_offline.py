# SPDX-License-Identifier: Apache-2.0
"""Nothing leaves the machine, and what stays is for its owner's eyes: a life with the app, watched from outside.

Every room of the window is used, every verb that changes or writes something, every format of export, and the server:
in a network namespace without interfaces, under strace, and with a umask that would let everybody read everything.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.machine import machine
from learner.cv import cv2
from tests.integration.watched import ROOT, Calls, need_a_watch, surroundings, watched, why_not_apart, why_not_traced
from tests.learner.fakes import picture
from tests.qt import WHY_NOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(2000),
    pytest.mark.skipif(os.name != "posix", reason="namespaces, strace and file modes are POSIX's"),
]

LOCAL = re.compile(r"/tmp/|/showtell-[0-9a-f]{24}$|/pymp-|/\.\w{6}/|/var/run/nscd/socket|/run/systemd/userdb")
"""Local sockets: the bell of a project's window (which Qt makes in a folder of its own first), pipes between our own
processes, and what the C library asks who the user is."""

OUTPUTS = {
    "keras": "desk.keras",
    "saved_model": "desk model",
    "tflite": "desk.tflite",
    "onnx": "desk.onnx",
    "bundle": "desk.zip",
    "dataset": "desk samples",
    "embeddings": "desk.npz",
    "report": "desk.html",
}
"""A name for an export of each format."""

PLAY_LISTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
    "concat": "ffconcat version 1.0\nfile 'http://127.0.0.1:9/a.mp4'\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
}

# One process for all verbs, so that TensorFlow is imported once. Each prints JSON; the codes come last.
_VERBS = """
import json, sys
from desktop.__main__ import main

codes = []
for words in json.loads(sys.argv[1]):
    sys.argv[1:] = words
    try:
        main()
    except SystemExit as left:
        codes.append([words[0], left.code])
print(json.dumps(codes))
"""

# The window as the command opens it, and a person who goes through all of its rooms.
_WINDOW = """
import os, sys, traceback
from pathlib import Path

from PySide6.QtCore import QTimer

import desktop.app
from desktop.learner_status import Phase
from desktop.studio import rest, until

THINGS = ("mug", "duck")
ROUNDS = 2


class Used(desktop.app.App):
    def start(self, project, camera):
        super().start(project, camera)
        QTimer.singleShot(0, self.use)

    def use(self):
        try:
            self.go_through()
        except BaseException:
            traceback.print_exc()
            os._exit(9)

    def go_through(self):
        session, window, seen = self.session, self.window, []
        self.sounds.on = False
        session.recorder.finished.connect(lambda *_: seen.append(1))
        until(lambda: session.is_open and session.learner.status.phase is Phase.READY)
        teach = window.teach
        for name in THINGS:
            session.add_class(name, lambda _: None, print)
        until(lambda: len(session.model.classes) == len(THINGS))
        until(lambda: self.camera.source is not None)
        for turn in range(ROUNDS):
            for name in THINGS:
                self.camera.source.show(name)
                rest(0.5)
                teach.inquiry.dismiss()
                key = session.model.named(name).shortcut
                teach.press_key(key)
                rest(0.5)
                teach.release_key(key)
                wanted = 1 + len(seen)
                until(lambda: len(seen) >= wanted)
        until(lambda: session.learner.status.version_id is not None)
        until(lambda: session.learner.status.phase is Phase.READY and not session.learner.status.detail)
        window.open_room(window.review)
        until(lambda: session.samples.is_read and session.samples.is_judged)
        window.open_room(window.insight)
        until(lambda: window.insight.curves is not None)
        for place in range(5):
            window.insight.open_section(place)
            rest(0.5)
        window.open_room(window.use)
        rest(0.5)
        window.dialogs.open_preferences()
        rest(0.5)
        window.dialogs.close()
        window.show_welcome()
        rest(0.2)
        print(session.model.total, flush=True)
        window.close()


desktop.app.App = Used
from desktop.__main__ import main

sys.argv[1:] = ["open", sys.argv[1], "--camera", "demo"]
main()
"""

# A namespace has a loopback of its own, which is down to begin with. The server is asked as programs and browsers do.
_SERVE = """
import fcntl, json, socket, struct, subprocess, sys, urllib.request

with socket.socket() as probe:
    fcntl.ioctl(probe, 0x8914, struct.pack("16sh14x", b"lo", 1 | 64))  # SIOCSIFFLAGS, IFF_UP | IFF_RUNNING
project, photo = sys.argv[1:3]
command = [sys.executable, "-m", "desktop", "serve", project, "--port", "0", "--json", "--camera", "demo"]
server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
told = json.loads(server.stdout.readline())
headers = {"Authorization": "Bearer " + told["token"], "Content-Type": "image/png"}
statuses = []
for path, body in (("/predict", open(photo, "rb").read()), ("/metrics", None), ("/docs", None)):
    with urllib.request.urlopen(urllib.request.Request(told["url"] + path, body, headers)) as answer:
        statuses.append(answer.status)
with urllib.request.urlopen(told["page"]) as answer:
    statuses.append(answer.status)
server.terminate()
server.wait()
print(json.dumps(statuses))
"""

_REACHING_OUT = """
import socket
with socket.socket() as one:
    one.bind(("0.0.0.0", 0))
"""


@dataclass(frozen=True)
class Life:
    """What was done, and what it asked the system for."""

    home: Path
    done: dict[str, subprocess.CompletedProcess[str]]
    calls: dict[str, Calls]

    def printed(self, part: str) -> Any:
        """Return the last line that a part printed, as JSON."""
        done = self.done[part]
        assert done.returncode == 0, f"{part}: {done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return json.loads(done.stdout.splitlines()[-1])


def put(path: Path, kind: int, number: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", picture(kind, number))[1].tobytes())
    return path


def verbs(home: Path, given: Path) -> Iterator[list[str | Path]]:
    """Yield what a person asks of the command, in an order that makes sense."""
    desk, out = home / "desk.showtell", home / "out"
    photo = given / "test" / "mug" / "0.png"
    yield ["new", desk, "--class", "mug", "--json"]
    yield ["import", desk, given / "pictures", "--json"]
    yield ["learn", desk, "--quick", "--json"]
    yield ["import", desk, given / "archive.zip", "--json"]
    yield ["label", desk, "pen", *sorted((given / "more").iterdir()), "--json"]
    yield ["learn", desk, "--json"]
    yield ["sleep", desk, "--json"]
    yield ["predict", desk, photo, "--json"]
    yield ["evaluate", desk, given / "test", "--json"]
    yield ["watch", desk, "--camera", given / "pictures" / "mug", "--count", "3"]
    yield ["suggest", desk, "--json"]
    yield ["history", desk, "--json"]
    yield ["pin", desk, "1", "--json"]
    yield ["compare", desk, "1", "2", "--json"]
    yield ["restore", desk, "1", "--json"]
    for kind, name in OUTPUTS.items():
        yield ["export", desk, out / name, "--format", kind, "--json"]
    yield ["backup", desk, home / "backups" / "copy.showtell", "--json"]
    yield ["restore-backup", home / "backups" / "copy.showtell", home / "desk.showtell", "--json"]
    yield ["forget", desk, "--yes", "--json"]
    yield ["check", desk, "--json"]
    yield ["backbone", "list", desk, "--json"]
    yield ["backbone", "add", given / "backbone.keras", "--json"]
    yield ["doctor", "--json"]
    yield ["demo", home / "demo.showtell", "--headless", "--json"]


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    need_a_watch()
    given, home = tmp_path_factory.mktemp("given"), tmp_path_factory.mktemp("home")
    for number in range(8):
        put(given / "pictures" / "mug" / f"{number}.png", 1, number)
        put(given / "pictures" / "Schlüssel" / f"{number}.png", 2, number)
        put(given / "more" / f"{number}.png", 3, number)
        put(given / "archive" / "duck" / f"{number}.png", 4, number)
    shutil.make_archive(str(given / "archive"), "zip", given / "archive")
    put(given / "test" / "mug" / "0.png", 1, 90)
    (given / "backbone.keras").symlink_to(next((ROOT / "assets").glob("*.keras")))
    for folder in ("out", "backups"):
        (home / folder).mkdir(mode=0o700)
    home.chmod(0o700)
    environment = surroundings(home)
    (home / "tmp").chmod(0o700)
    words = [[str(word) for word in line] for line in verbs(home, given)]
    parts: dict[str, tuple[str, list[str]]] = {"verbs": (_VERBS, [json.dumps(words)])}
    if WHY_NOT is None:
        parts["window"] = (_WINDOW, [str(home / "window.showtell")])
    if why_not_apart() is None:
        parts["serve"] = (_SERVE, [str(home / "desk.showtell"), str(given / "test" / "mug" / "0.png")])
    done, calls = {}, {}
    for part, (script, arguments) in parts.items():
        trace = given / f"{part}.trace"
        done[part], calls[part] = watched(script, *arguments, environment=environment, trace=trace, umask=0)
    written = [path for path in home.rglob("*") if not path.is_symlink()]
    exposed = [path for path in written if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    figures = (
        f"{len(words)} verbs, {' and '.join(sorted(set(parts) - {'verbs'}))}: "
        f"{sum(len(one.lines) for one in calls.values())} socket calls, "
        f"{sum(len(calls[part].addresses) for part in calls if part != 'serve')} that name a network but the server's, "
        f"{sum(len(one.outward) for one in calls.values())} that name another machine; "
        f"{len(written)} files and folders written, {len(exposed)} open to others"
    )
    print(f"\n{machine()}\n{figures}")  # seen with -s
    return Life(home, done, calls)


def test_everything_works_without_a_network(life: Life) -> None:
    codes = life.printed("verbs")
    assert [code for code in codes if code[1]] == []
    assert {name for name, _ in codes} >= {"import", "learn", "sleep", "export", "doctor", "backup", "demo"}
    if "window" in life.done:
        assert life.printed("window") > 0
    if "serve" in life.done:
        assert life.printed("serve") == [200, 200, 200, 200]


@pytest.mark.parametrize("part", ["verbs", "window"])
def test_no_network_socket_is_asked_for(life: Life, part: str) -> None:
    if part not in life.calls or why_not_traced():
        pytest.skip(WHY_NOT or why_not_traced() or "")
    calls = life.calls[part]
    assert any("socketpair(AF_UNIX" in line or "bind(" in line for line in calls.lines) or part == "verbs"
    assert calls.families <= {"AF_UNIX"}, [line for line in calls.lines if "AF_UNIX" not in line]
    assert calls.addresses == []
    assert {place for place in calls.places if not LOCAL.search(place)} == set()


def test_the_server_is_reached_from_this_machine_alone(life: Life) -> None:
    if "serve" not in life.calls or why_not_traced():
        pytest.skip(why_not_apart() or why_not_traced() or "")
    calls = life.calls["serve"]
    assert any("bind(" in line for line in calls.addresses), "the server was not seen"
    assert calls.outward == []


def test_the_watch_would_see_it(tmp_path: Path) -> None:
    if why_not_traced():
        pytest.skip(why_not_traced() or "")
    _, calls = watched(_REACHING_OUT, environment=surroundings(tmp_path), trace=tmp_path / "trace")
    assert calls.families == {"AF_INET"}
    assert len(calls.outward) == 1


def test_a_clip_that_names_another_machine_is_not_followed(tmp_path: Path) -> None:
    """Play lists are files that FFmpeg reads as well, whatever they are called, and they are full of addresses."""
    if why_not_traced():
        pytest.skip(why_not_traced() or "")
    for name, text in PLAY_LISTS.items():
        (tmp_path / f"{name}.mp4").write_text(text, encoding="utf-8")
    words = [
        ["import", str(tmp_path / "desk.showtell"), str(tmp_path / f"{name}.mp4"), "--label", "mug", "--json"]
        for name in PLAY_LISTS
    ]
    environment = surroundings(tmp_path / "home")
    done, calls = watched(_VERBS, json.dumps(words), environment=environment, trace=tmp_path / "trace")
    assert json.loads(done.stdout.splitlines()[-1]) == [["import", 1]] * len(PLAY_LISTS), done.stderr
    assert calls.families <= {"AF_UNIX"}


def test_what_is_written_is_for_its_owner_alone(life: Life) -> None:
    open_to_others = {
        str(path.relative_to(life.home)): oct(stat.S_IMODE(path.lstat().st_mode))
        for path in life.home.rglob("*")
        if not path.is_symlink() and stat.S_IMODE(path.lstat().st_mode) & 0o077
    }
    assert open_to_others == {}
    written = {path.name for path in life.home.rglob("*") if path.is_file()}
    assert {"desk.showtell", "copy.showtell", "desk.html", "desk.onnx", "saved_model.pb", "samples.csv"} <= written
    assert "settings.ini" in written or WHY_NOT


def test_no_temporary_file_is_left(life: Life) -> None:
    assert [str(path.relative_to(life.home)) for path in (life.home / "tmp").rglob("*")] == []
