# SPDX-License-Identifier: Apache-2.0
"""A bug of ours, told calmly: what it means for the person, the report to read, and what to do with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.views.dialog_size import size_dialog


class CrashDialog(QDialog):
    """Shows a report; nothing of it is sent. Accepted means: start again.

    Args:
        report: the text.
        path: where it has been written, None where that was not possible.
        over: whether Showtell is to be left now, or this was the last time.
        can_restart: whether the app can start anew by itself.
    """

    def __init__(
        self, report: str, path: Path | None, *, over: bool, can_restart: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._path = path
        self.setWindowTitle("Showtell")
        size_dialog(self, theme.REPORT)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setAccessibleName(self.tr("The report"))
        self.report.setToolTip(self.tr("All that the report says"))
        self.copy = _button(self.tr("Copy"), self.tr("Copy the report"))
        self.copy.clicked.connect(self._copy)
        self.save = _button(self.tr("Save as…"), self.tr("Save the report where you want it"))
        self.save.clicked.connect(self._save)
        self.folder = _button(self.tr("Open folder"), self.tr("Look at the folder that reports are in"))
        self.folder.clicked.connect(self._open_folder)
        self.folder.setVisible(path is not None)
        self.leave = _button(self.tr("Close"), self.tr("Close Showtell") if over else self.tr("Close this report"))
        self.leave.clicked.connect(self.reject)
        self.again = _button(self.tr("Restart"), self.tr("Start Showtell again with the same project"))
        self.again.clicked.connect(self.accept)
        self.again.setVisible(over and can_restart)
        main = self.again if over and can_restart else self.leave
        main.setProperty("role", "primary")
        main.setDefault(True)
        self._lay_out(over)

    def _lay_out(self, over: bool) -> None:
        title = QLabel(
            self.tr("Something broke in Showtell") if over else self.tr("Showtell ended unexpectedly last time")
        )
        title.setProperty("role", "large")
        message = QLabel(
            self.tr(
                "Your samples are safe. Below is a report of what went wrong. It has not been sent: read it, and send "
                "it to the people who make Showtell if you like, or leave it."
            )
        )
        message.setWordWrap(True)
        message.setProperty("role", "muted")
        self.said = QLabel()
        self.said.setProperty("role", "small")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        foot = QHBoxLayout()
        foot.setSpacing(theme.S)
        for button in (self.copy, self.save, self.folder):
            foot.addWidget(button)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.leave)
        foot.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(title)
        column.addWidget(message)
        column.addWidget(self.report, 1)
        column.addLayout(foot)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.said.setText(self.tr("Copied."))

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the report"), str(Path.home() / "showtell-report.txt"), self.tr("Texts (*.txt)")
        )
        if not name:
            return
        try:
            Path(name).write_text(self.report.toPlainText(), encoding="utf-8")
        except OSError as error:
            self.said.setText(self.tr("Not saved: {reason}.").format(reason=error.strerror))
        else:
            self.said.setText(self.tr("Saved."))

    def _open_folder(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))


def _button(text: str, meaning: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setToolTip(meaning)
    return button
