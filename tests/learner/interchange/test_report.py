# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import base64
import os
import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from learner import Project, open_project
from learner.buffer import Buffer
from learner.buffer.codec import decode
from learner.errors import EnvironmentFault
from learner.interchange.dataset import ExportProgress
from learner.interchange.report import PageReport, export_report
from tests.learner.buffer.making import increment
from tests.learner.interchange.projects import add, learned

HOSTILE = [
    "<script>alert(1)</script>",
    '" onerror="alert(2)',
    "'}; body { display: none }",
    "{{ 7 * 7 }}",
    "\u202ereversed",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "desk.showtell"
    learned(path, HOSTILE)
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "desk.html"


def finish(work: Generator[ExportProgress, None, PageReport]) -> PageReport:
    while True:
        try:
            next(work)
        except StopIteration as end:
            report: PageReport = end.value
            return report


class Page(HTMLParser):
    """A page as a browser takes it apart: its elements, the text in them, and what would be fetched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self._styles = self._in_cell = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attributes]
        self._styles = tag == "style"
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._styles = self._styles and tag != "style"
        self._in_cell = self._in_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if not self._styles:
            self.text += data
            if self._in_cell:
                self.rows[-1][-1] += data

    def row(self, *beginning: str) -> list[str]:
        return next(row for row in self.rows if row[: len(beginning)] == list(beginning))


def evaluated(project: Project, **changes: Any) -> None:
    """Put a version in use of which this was measured."""
    buffer = project.buffer
    champion = buffer.champion_id()
    assert champion is not None
    measured = {"measured": True, "accuracy": 0.997, "recordings": 12, "looks": 30, **changes}
    # The same backbone as that of all else.
    record = replace(increment(buffer, []), backbone_id=buffer.register_backbone(project.backbone))
    buffer.publish(replace(record, evaluation=measured), buffer.head(champion))


def written(project: Project, out: Path, **choices: bool) -> Page:
    assert finish(export_report(project, out, **choices)).path == out
    return Page(out.read_text(encoding="utf-8"))


def test_names_are_text_and_nothing_is_fetched(project: Project, out: Path) -> None:
    page = written(project, out)
    assert not {"script", "link", "iframe", "object", "embed", "base", "form"} & set(page.elements)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    for name in HOSTILE:
        assert name in page.text
        assert page.row(name)
    assert "49" not in [row[0] for row in page.rows if row]
    sources = [value for name, value in page.attributes if name in {"src", "href", "data", "srcset", "poster"}]
    assert sources
    assert all(source.startswith("data:image/jpeg;base64,") for source in sources)
    styles = [value for name, value in page.attributes if name == "style"]
    assert all(
        re.fullmatch(r"background: (#[0-9A-Fa-f]{6}|rgba\(var\(--(right|wrong)\), 0\.\d\d\))", one) for one in styles
    )
    content = out.read_text(encoding="utf-8")
    assert "url(" not in content
    assert "@import" not in content
    assert "default-src 'none'" in content
    assert "http:" not in content
    assert "https:" not in content


def test_a_colour_that_is_none_gets_into_no_style(project: Project, out: Path) -> None:
    project.buffer._db.execute("UPDATE classes SET colour = 'red; background-image: url(//x)'")
    written(project, out)
    assert "url(" not in out.read_text(encoding="utf-8")


def test_what_is_measured_is_told_as_it_is(project: Project, out: Path) -> None:
    ids = [info.id for info in project.classes()]
    recall = {str(class_id): 1.0 for class_id in ids} | {str(ids[1]): 0.5}
    counts = [[0] * 5 for _ in ids]
    for place in range(5):
        counts[place][place] = 6
    counts[1][1], counts[1][2] = 3, 2
    evaluated(
        project,
        recall=recall,
        macro_accuracy=0.9,
        forgetting={str(ids[0]): 0.0, str(ids[1]): 0.25},
        class_ids=ids,
        confusion=counts,
        ece=0.034,
        prequential={"right": 3, "recordings": 8},
        unknown={"auroc": 0.91, "flagged": 0.06},
    )
    page = written(project, out)
    text = page.text.replace("\N{FIRST STRONG ISOLATE}", "").replace("\N{POP DIRECTIONAL ISOLATE}", "")
    assert f"It is right 99 times in 100 on recordings it has not learned from; it still takes {HOSTILE[1]}" in text
    assert text.index("It is right 99 times") < text.index("Worst class"), "a sentence comes before any number"
    assert "Measured on 12 recordings that were kept aside, which show 30 looks." in text
    assert f"What it forgot most is {HOSTILE[1]}: it finds it 25 times in 100 less than it once did." in text
    assert "Its percentages are off by 3 points on average." in text
    assert "99 %of 12 held-out recordings" in text
    assert f"50 %of {HOSTILE[1]} is found" in text
    assert "38 %of 8 recordings, before they were learned" in text
    assert "stranger 91 times in 100" in text
    assert "It calls 6 in 100 pictures of things it knows unknown." in text
    assert page.row("shown") == ["shown", *HOSTILE]
    # The same name begins a row of the confusion table and one of the list of classes.
    confusion, listed = (row for row in page.rows if row[0] == HOSTILE[1])
    assert confusion == [HOSTILE[1], "0", "3", "2", "0", "0"]
    assert listed == [HOSTILE[1], "10", "5", "5", "50 %", "100 %", "25"]
    assert f"{HOSTILE[1]} taken for {HOSTILE[2]}: 2 looks" in text


def test_what_a_project_measured_itself(project: Project, out: Path) -> None:
    page = written(project, out)
    evaluation = project.increments()[-1].evaluation
    assert evaluation["measured"]
    assert f"of {evaluation['recordings']} held-out recordings" in page.text
    assert "Version" in page.text
    assert project.backbone.sha256[:12] in page.text
    assert "How it came there" in page.text
    assert page.elements.count("circle") == 2


@pytest.mark.parametrize(
    ("evaluation", "said"),
    [
        ({"measured": False}, "cannot be measured yet"),
        ({"accuracy": None}, "cannot be measured yet"),
        ({"accuracy": float("nan")}, "cannot be measured yet"),
        ({"accuracy": 1.0, "recordings": 3}, "right every time"),
        ({"recordings": 3}, "Measured on only 3 recordings"),
        ({"confusion": [[1]], "class_ids": [1, 2]}, "right 99 times"),
        ({"ece": 0.001}, "Its percentages have been right so far."),
    ],
)
def test_other_evaluations(evaluation: Mapping[str, Any], said: str, project: Project, out: Path) -> None:
    evaluated(project, **evaluation)
    page = written(project, out)
    assert said in page.text
    assert ("Not measurable yet." in page.text) == (said == "cannot be measured yet")


def test_a_class_that_is_gone_has_no_name(project: Project, out: Path) -> None:
    ids = [info.id for info in project.classes()]
    evaluated(project, class_ids=ids, confusion=[[1] * 5 for _ in ids], recall={str(ids[0]): 0.0, str(ids[1]): 1.0})
    project.buffer.archive_class(ids[0])
    page = written(project, out)
    assert HOSTILE[0] not in page.text
    assert page.row("a class that is gone")
    assert "100 %of" in page.text.replace("\N{FIRST STRONG ISOLATE}", ""), "the worst class is one that is there"


def test_nothing_learned_yet(tmp_path: Path, out: Path) -> None:
    with open_project(tmp_path / "new.showtell") as project:
        page = written(project, out)
        assert "It has not learned anything yet." in page.text
        add(project, ["mug"], 1, 1)
        out.unlink()
        assert page.elements != written(project, out).elements


def test_pictures_are_small_few_and_may_be_left_out(
    project: Project, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = written(project, out)
    pictures = [value for name, value in page.attributes if name == "src"]
    assert len(set(pictures)) == len(pictures) == 6 * len(HOSTILE)
    assert decode(base64.b64decode(pictures[0].partition(",")[2])).shape == (112, 112, 3)
    out.unlink()
    assert "img" not in written(project, out, pictures=False).elements
    out.unlink()
    monkeypatch.setattr("learner.interchange.report._IN_ALL", 3)
    assert written(project, out).elements.count("img") == 3
    out.unlink()
    project.buffer._db.execute("UPDATE samples SET image = x'00'")
    assert "img" not in written(project, out).elements, "what cannot be read is left out"


def test_pictures_are_of_different_recordings(project: Project, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    stored = Buffer.pictures

    def pictures(buffer: Buffer, sample_ids: Sequence[int]) -> dict[int, bytes]:
        asked.extend(sample_ids)
        return stored(buffer, sample_ids)

    monkeypatch.setattr(Buffer, "pictures", pictures)
    monkeypatch.setattr("learner.interchange.report._EACH", 4)
    written(project, out)
    assert len({project.buffer.burst_of(sample_id) for sample_id in asked}) == len(asked) == 20


def test_many_classes_have_no_table_of_mistakes(project: Project, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.interchange.report._WIDEST", 4)
    page = written(project, out)
    assert "more than 4 columns" in page.text
    assert not [row for row in page.rows if row[:1] == ["shown"]]


def test_nothing_is_written_over_and_what_is_given_up_is_gone(project: Project, out: Path) -> None:
    work = export_report(project, out)
    next(work)
    work.close()
    assert os.listdir(out.parent) == []
    out.write_text("mine")
    with pytest.raises(EnvironmentFault, match="there already"):
        finish(export_report(project, out))
    assert out.read_text() == "mine"
