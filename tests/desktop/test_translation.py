# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ast
import re
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import learner
from desktop import engine_words, theme, translation
from desktop.app import App
from desktop.engine_words import TEXTS, spoken
from desktop.settings import Language, Settings
from desktop.text import samples_text
from learner.buffer import Buffer, ProjectLock
from learner.buffer.backups import backup
from learner.buffer.salvaging import salvage
from learner.camera import open_source
from learner.errors import ShowtellError
from learner.messages import Consolidated, DeviceChosen, Event, IncrementStarted, Reembedded
from learner.types import Device, IncrementKind, Step
from tests.desktop.conftest import Desk
from tests.learner.fakes import INFO

DESKTOP = Path(translation.__file__).parent
SOURCES = sorted(DESKTOP.rglob("*.py"))
LANGUAGES: tuple[Language, ...] = ("de", "fr")
TOOLS = Path(sys.executable).parent

Text = tuple[str, str]
"""The context of a text, and the text in English."""

needs_tools = pytest.mark.skipif(
    not (TOOLS / "pyside6-lupdate").exists(), reason="the tools of PySide6 are not beside this Python"
)


def messages(path: Path) -> dict[Text, ET.Element]:
    """Return the translation of each text of a .ts file."""
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translated = message.find("translation")
            assert translated is not None
            found[context.findtext("name", ""), message.findtext("source", "")] = translated
    return found


def placeholders(text: str) -> set[tuple[str | None, str | None]]:
    return {(name, how) for _, name, how, _ in string.Formatter().parse(text) if name is not None}


@pytest.fixture
def speaking() -> Iterator[QCoreApplication]:
    """The app, which speaks English again afterwards."""
    app = QApplication.instance() or QApplication([])
    yield app
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())


@pytest.fixture
def german(speaking: QCoreApplication) -> None:
    assert translation.install(speaking, "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: Language) -> None:
    texts = messages(DESKTOP / "translations" / f"showtell_{language}.ts")
    unfinished = [text for text, translated in texts.items() if translated.get("type") or not translated.text]
    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_same_places_for_names_and_numbers(language: Language) -> None:
    texts = messages(DESKTOP / "translations" / f"showtell_{language}.ts")
    assert texts
    for (_, english), translated in texts.items():
        said = translated.text or ""
        assert placeholders(said) == placeholders(english), said
        assert len(said) - len(said.rstrip()) == len(english) - len(english.rstrip()), said
        assert said.count("\n") == english.count("\n"), said
        assert "&" not in said.replace(" & ", ""), said


@needs_tools
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_translations_are_those_of_the_texts(language: Language, tmp_path: Path) -> None:
    ours = DESKTOP / "translations" / f"showtell_{language}.ts"
    made = tmp_path / "made.qm"
    subprocess.run([TOOLS / "pyside6-lrelease", ours, "-qm", made], check=True, capture_output=True)
    assert made.read_bytes() == ours.with_suffix(".qm").read_bytes(), f"run pyside6-lrelease {ours.name}"


@needs_tools
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_translators_have_every_text(language: Language, tmp_path: Path) -> None:
    ours = DESKTOP / "translations" / f"showtell_{language}.ts"
    newer = Path(shutil.copy(ours, tmp_path))
    command: list[str | Path] = [
        TOOLS / "pyside6-lupdate",
        *SOURCES,
        "-locations",
        "none",
        "-no-obsolete",
        "-ts",
        newer,
    ]
    subprocess.run(command, check=True, capture_output=True)
    assert messages(newer).keys() ^ messages(ours).keys() == set(), "run pyside6-lupdate"


def test_a_window_in_german(qtbot: QtBot, tmp_path: Path, german: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.app.list_cameras", list)
    app = App(Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(app.window)
    try:
        assert [door.text() for door in app.window.header.doors] == ["Zeigen", "Durchsehen", "Einblick", "Nutzen"]
        assert app.window.menus.undo.text() == "Rückgängig"
        assert samples_text(2) == "2 Bilder"
        assert QLocale().language() == QLocale.Language.German
    finally:
        app.stop()


@pytest.fixture(params=LANGUAGES)
def foreign(request: pytest.FixtureRequest, speaking: QCoreApplication) -> None:
    assert translation.install(speaking, request.param)


@pytest.mark.parametrize(
    "event",
    [
        IncrementStarted("quiet", 0, kind=IncrementKind.SLEEP),
        Consolidated(Step(899, 900, 0.5, 0.9, 0.001, 20.0), None),
        Reembedded(INFO, 59_999, 60_000, None),
    ],
    ids=lambda event: type(event).__name__,
)
def test_the_doors_fit_into_the_smallest_window(foreign: None, desk: Desk, event: Event) -> None:
    window, header = desk.app.window, desk.app.window.header
    header.show_project("what was on the kitchen table.showtell")
    header.acting.setText("12")
    header.acting.show()
    header.serving.show()
    at_first = header.pill.text()
    desk.learner.say(DeviceChosen(Device("CPU", "CPU", "")))
    desk.learner.say(event)
    desk.until(lambda: header.pill.text() not in {"", at_first})
    for width in (theme.SMALLEST_WINDOW[0], theme.WIDE):
        window.resize(width, theme.SMALLEST_WINDOW[1])
        QCoreApplication.sendPostedEvents()
        assert [door.text() for door in header.doors if door.width() < door.sizeHint().width()] == []
        assert header.pill.width() >= header.pill.sizeHint().width()


def test_the_engine_is_understood(german: None) -> None:
    # What differs, the camera's name, is understood as well.
    assert spoken("Nothing comes from camera 2. Check its cable or its network, or choose another camera.") == (
        "Es kommt kein Bild von: Kamera 2. Prüf Kabel oder Netz oder wähl eine andere Kamera."
    )
    # A remedy is understood even where it is not known what happened.
    assert spoken("odd.keras holds no model. Get the file again, from somebody you trust.") == (
        "odd.keras holds no model. Besorg dir die Datei noch einmal, von jemandem, dem du traust."
    )
    assert spoken("what nobody has translated") == "what nobody has translated"


def test_no_text_of_the_engine_is_taken_for_another(german: None) -> None:
    for text in map(str, TEXTS):
        given = {name: f"{place}X" for place, name in enumerate(dict.fromkeys(re.findall(r"\{(\w+)\}", text)))}
        assert spoken(text.format(**given)) == QCoreApplication.translate("Engine", text).format(**given)


def test_english_where_there_is_no_other_language(speaking: QCoreApplication, tmp_path: Path) -> None:
    assert not translation.install(speaking, "de", tmp_path)
    assert not translation.install(speaking, "en")
    assert samples_text(2) == "2 samples"


TERMINAL_OR_REPORT = {
    DESKTOP / name
    for name in (
        "display.py",
        "start.py",
        "versions.py",
        "crash_report.py",
        "screenshots.py",
        "studio.py",
        "key_reference.py",
        "studio_faults.py",
    )
}
"""These speak in the terminal, or to those who make Showtell."""
OF_A_PROGRAM = {DESKTOP / name for name in ("theme.py", "extras.py", "session_hub.py", "views/use/code_lines.py")}
"""These have lines of style sheets, of Python and for a shell, and what programs read that ask over HTTP."""
NOT_SHOWN = {
    "setProperty",
    "TypeVar",
    "exception",
    "info",
    "warning",
    "critical",
    "RuntimeError",
    "TimeoutError",
    "AssertionError",
}
TRANSLATES = {"tr", "translate", "QT_TRANSLATE_NOOP"}
AS_IT_IS = {"Showtell", "English", "Deutsch", "Français", "ddd d MMM", "d MMM yyyy", 'notify-send "{class}"'}
NAMES = {"told of a bug", "can restart", "held out", "no sound", "new labels", "import: "}
"""Of properties and members, and what is told to the settings, the file and the engine."""
KEYS = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)*(?:.|Up|Down|Return|Enter|Esc|Del|Backspace|Tab|Space)?(?:; .*)?")
STYLE = re.compile(r".*(?:px|color: |radius: |background: ).*")


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def looks_shown(text: str, *, in_parts: bool) -> bool:
    if not re.search(r"[^\W\d_]{2}", text) or KEYS.fullmatch(text) or STYLE.fullmatch(text):
        return False
    return (
        " " in (text if in_parts else text.strip()) or (text[:1].isupper() and not text.isupper())
    ) and text not in AS_IT_IS | NAMES


def shown(node: ast.AST, *, in_parts: bool = False) -> Iterator[ast.Constant]:
    """Yield the literals that look like words for people and are not translated."""
    match node:
        case ast.Call() if name_of(node) in TRANSLATES | NOT_SHOWN:
            return
        case ast.Expr(ast.Constant()):  # a docstring
            return
        case ast.AnnAssign(value=ast.AST() as value):
            yield from shown(value)
            return
        case ast.arg() | ast.AnnAssign():
            return
        case ast.Constant(str(text)) if looks_shown(text, in_parts=in_parts):
            yield node
    for part in ast.iter_child_nodes(node):
        yield from shown(part, in_parts=isinstance(node, ast.JoinedStr))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_words_on_screen_are_translated() -> None:
    found: list[str] = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path not in TERMINAL_OR_REPORT | OF_A_PROGRAM:
            found += [f"{path}:{node.lineno}: {node.value!r}" for node in shown(tree)]
        for call in calls(tree):
            literal = all(isinstance(given, ast.Constant) for given in call.args)
            if name_of(call) in {"tr", "translate"} and not literal and path != Path(engine_words.__file__):
                found.append(f"{path}:{call.lineno}: no literal, so nobody can translate it")
    assert found == []


def test_the_words_that_are_looked_for() -> None:
    code = "label.setText(f'rename {name}'); say('Done', x.tr('This')); key('Ctrl+Z', role='primary', name='QT_API')"
    assert [node.value for node in shown(ast.parse(code))] == ["rename ", "Done"]


ENGINE = Path(learner.__file__).parent
OF_THE_WINDOW = (
    "buffer",
    "camera",
    "backbones.py",
    "backbone_cache.py",
    "embedder.py",
    "process.py",
    "client.py",
    "serving.py",
    "renewal.py",
    "consolidation.py",
    "consolidating.py",
    "exporting.py",
    "files.py",
    "interchange",
    "fleet",
    "nn/exporting.py",
    "serve/server.py",
)
"""What of the engine raises the faults that people meet in the window."""
FAULT = re.compile(
    r"\w*Fault|\w+Project|Project(?:Busy|Missing)|Camera(?:Taken|Refused)|DiskFull|LearnerFailed|NothingLearned|NoLabels|BackboneKept|CommandFailed"
)

NOT_OF_THE_WINDOW = {
    "That is not a picture",
    "That picture cannot be stored",
    "That picture cannot be read",
    "That colour does not work",
    "That limit does not work",
    "A sample has not been looked at yet",
    "There is no such recording",
    "Not everything has been unlearned yet",
    "This project was made by an older Showtell",
    "What is that to be?",
    "That is no name for a Keras model",
    "That cannot be exported",
    "That cannot be quantized",
    "That has no version",
    "That address is reached from the network",
    "That port is taken",
    "That port is not allowed",
    "A copy has become a project",
    "A copy is damaged",
    "A copy is not there",
    "That is the project itself",
    "Then watch again.",
    "Flower does not start",
    "Flower did not carry it out",
    "Flower's simulation engine is not installed",
}
"""What only programs and the command line can bring about, or what the window says in words of its own."""


def titles() -> Iterator[str]:
    for part in OF_THE_WINDOW:
        for path in (ENGINE / part).rglob("*.py") if (ENGINE / part).is_dir() else [ENGINE / part]:
            for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
                if FAULT.fullmatch(name_of(call)):
                    texts = [given.value for given in call.args if isinstance(given, ast.Constant)]
                    yield from (text for text in texts[:1] if isinstance(text, str))


def test_faults_of_the_engine_are_translated() -> None:
    found = set(titles())
    assert len(found) > 30
    assert found - NOT_OF_THE_WINDOW - set(engine_words.TEXTS) == set()


def test_faults_are_found_as_the_engine_words_them(tmp_path: Path, german: None) -> None:
    strange = tmp_path / "strange.showtell"
    strange.write_bytes(b"something else" * 100)
    unreadable = tmp_path / "unreadable.showtell"
    Buffer.open(unreadable).close()
    with ProjectLock(tmp_path / "desk.showtell", create=True), Buffer.open(tmp_path / "desk.showtell") as buffer:
        buffer.add_class("mug")
        acts: tuple[Callable[[], object], ...] = (
            lambda: buffer.add_class("mug"),
            lambda: buffer.add_class(""),
            lambda: buffer.add_class("x" * 200),
            lambda: buffer.rename_class(99, "cup"),
            lambda: Buffer.open(strange),
            lambda: Buffer.open(tmp_path / "none.showtell", create=False),
            lambda: Buffer.open(tmp_path / "none" / "desk.showtell"),
            lambda: open_source("nothing at all"),
            lambda: ProjectLock(tmp_path / "desk.showtell").take(),
            lambda: salvage(unreadable),
            lambda: backup(tmp_path / "desk.showtell", tmp_path / "none" / "copy.showtell"),
            lambda: open_source(str(tmp_path / "none.mp4")).open(),
        )
        for act in acts:
            with pytest.raises(ShowtellError) as caught:
                act()
            assert spoken(caught.value.title) != caught.value.title
            assert spoken(caught.value.message) != caught.value.message
