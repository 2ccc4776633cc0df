# SPDX-License-Identifier: Apache-2.0
"""The language of the words on screen.

They are English in the code. For each other language, `translations/` has a .ts file for translators and the .qm file
that is made of it. After a text has changed: `pyside6-lupdate $(git ls-files "desktop/*.py") -locations none
-no-obsolete -ts FILE.ts`, then translate what is unfinished, then `pyside6-lrelease FILE.ts`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop.settings import Language

FOLDER = Path(__file__).parent / "translations"
"""Where `showtell_de.qm` and the others lie."""


def install(app: QCoreApplication, language: Language, folder: Path = FOLDER) -> bool:
    """Have everything that is made from now on speak a language, days and numbers too; English where there is no other.

    Args:
        app: what shows the words.
        language: which one, or the system's first choice.
        folder: where the translations lie.

    Returns:
        Whether there is a translation.
    """
    wanted = QLocale.system().uiLanguages()[0] if language == "system" else language
    code = wanted.replace("_", "-").partition("-")[0].lower()
    if language != "system":
        # Days and numbers in the same language, as they are written in this country.
        QLocale.setDefault(QLocale(QLocale(code).language(), QLocale.system().territory()))
    ours = QTranslator(app)
    if not ours.load(f"showtell_{code}", str(folder)):
        return False
    # Qt's own words, on the buttons of its dialogs, come along; in another language than ours they would stick out.
    theirs = QTranslator(app)
    if theirs.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(theirs)
    app.installTranslator(ours)
    return True
