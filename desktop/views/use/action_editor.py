# SPDX-License-Identifier: Apache-2.0
"""The dialog in which an action is made or changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.actions import Action
from desktop.icons import icon
from desktop.models import ClassModel
from desktop.theme import Theme
from desktop.views.use.deed_pages import DeedPage, pages

_WIDTH = 520
_CHIP = 16


class ActionEditor(QDialog):
    """Asks what to wait for and what to do.

    Args:
        appearance: light or dark.
        model: the classes to choose from.
        action: what is to be changed, or how a new one begins.
        title: what is done, in two words.
        parent: the window it belongs to.
    """

    made = Signal(object)
    """The Action as the person wants it."""

    def __init__(self, appearance: Theme, model: ClassModel, action: Action, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.what = _classes(model, self.tr("Something unknown"))
        self.seconds = _seconds(action.seconds)
        self.sure = QSpinBox()
        self.sure.setRange(0, 100)
        self.sure.setSingleStep(5)
        self.sure.setSuffix(" %")
        self.gone = _seconds(action.gone)
        self.kinds: list[QToolButton] = []
        self.pages = QStackedWidget()
        self.save = QPushButton(self.tr("Save"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self._fill(action)
        self._name_all()
        self._lay_out(appearance)
        self.what.currentIndexChanged.connect(self._show)
        self._show()

    @property
    def page(self) -> DeedPage:
        """The page of the kind of deed that is chosen."""
        page = self.pages.currentWidget()
        assert isinstance(page, DeedPage)  # noqa: S101  # the stack holds nothing else
        return page

    def _fill(self, action: Action) -> None:
        unknown = self.what.count() - 1
        self.what.setCurrentIndex(unknown if action.class_id is None else max(0, self.what.findData(action.class_id)))
        self.sure.setValue(round(100 * action.confidence))

    def _name_all(self) -> None:
        names = (
            (self.what, self.tr("What is seen"), self.tr("What the action waits for")),
            (self.seconds, self.tr("For how long"), self.tr("For how long it has to be seen without a break")),
            (self.sure, self.tr("How sure"), self.tr("How sure the answer has to be at least")),
            (
                self.gone,
                self.tr("Gone for"),
                self.tr("It happens once each time it appears, and again only after it was gone for so long"),
            ),
            (self.save, self.tr("Save"), self.tr("Keep the action with the project (Enter)")),
            (self.cancel, self.tr("Cancel"), self.tr("Leave everything as it was (Esc)")),
        )
        for widget, name, meaning in names:
            widget.setAccessibleName(name)
            widget.setToolTip(meaning)

    def _lay_out(self, appearance: Theme) -> None:
        form = QFormLayout()
        form.setSpacing(theme.S)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(_label(self.tr("When I see")), self.what)
        form.addRow(_label(self.tr("for at least")), self.seconds)
        self._sure_label = _label(self.tr("and am sure by"))
        form.addRow(self._sure_label, self.sure)
        form.addRow(_label(self.tr("again after it was gone for")), self.gone)
        kinds = QHBoxLayout()
        kinds.setSpacing(theme.XS)
        for place, page in enumerate(pages()):
            kinds.addWidget(self._kind(appearance, page, place), 1)
            self.pages.addWidget(page)
            page.changed.connect(self._show)
            if page.show_deed(self._action.deed):
                self.pages.setCurrentIndex(place)
        self.kinds[self.pages.currentIndex()].setChecked(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(form)
        column.addSpacing(theme.S)
        then = QLabel(self.tr("Then"))
        then.setProperty("role", "title")
        column.addWidget(then)
        column.addLayout(kinds)
        column.addWidget(self.pages)
        column.addSpacing(theme.S)
        column.addLayout(buttons)

    def _kind(self, appearance: Theme, page: DeedPage, place: int) -> QToolButton:
        button, name = QToolButton(), page.title
        button.setProperty("role", "segment")
        button.setText(name)
        button.setIcon(icon(page.symbol, appearance.tokens.text))
        button.setIconSize(QSize(theme.ICON, theme.ICON))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setAccessibleName(name)
        button.setToolTip(self.tr("What is to happen: {kind}").format(kind=name))
        button.clicked.connect(lambda: self.pages.setCurrentIndex(place))
        button.clicked.connect(self._show)
        self.kinds.append(button)
        return button

    def _show(self) -> None:
        is_class = self.what.currentData() is not None
        self.sure.setVisible(is_class)
        self._sure_label.setVisible(is_class)
        self.save.setEnabled(self.page.deed is not None)

    def _save(self) -> None:
        deed = self.page.deed
        if deed is None:
            return
        self.made.emit(
            replace(
                self._action,
                class_id=self.what.currentData(),
                deed=deed,
                seconds=self.seconds.value(),
                confidence=self.sure.value() / 100,
                gone=self.gone.value(),
            )
        )
        self.accept()


def _classes(model: ClassModel, unknown: str) -> QComboBox:
    box = QComboBox()
    for info in model.classes:
        swatch = QPixmap(_CHIP, _CHIP)
        swatch.fill(QColor(info.colour))
        box.addItem(QIcon(swatch), info.name, info.id)
    box.addItem(unknown, None)
    return box


def _seconds(value: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0.0, 3600.0)
    box.setDecimals(1)
    box.setSingleStep(0.5)
    box.setSuffix(" s")
    box.setValue(value)
    return box


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    return label
