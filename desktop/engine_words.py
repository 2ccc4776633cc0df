# SPDX-License-Identifier: Apache-2.0
"""What the engine says, in the language in use: the learner, the camera and the file know English alone.

A text that is not known here is shown as it came.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

TEXTS = (
    # The learner.
    QT_TRANSLATE_NOOP("Engine", "Getting the backbone ready…"),
    QT_TRANSLATE_NOOP("Engine", "The learner stopped"),
    QT_TRANSLATE_NOOP("Engine", "The learner cannot be started"),
    QT_TRANSLATE_NOOP("Engine", "The system gives it no process ({why}). Close other programs."),
    QT_TRANSLATE_NOOP("Engine", "TensorFlow does not load"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{why}. What was learned before goes on answering; new samples are kept. "
        "Run `showtell doctor`, or install Showtell again.",
    ),
    QT_TRANSLATE_NOOP("Engine", "You asked for the CPU."),
    QT_TRANSLATE_NOOP("Engine", "TensorFlow sees {gpu}."),
    QT_TRANSLATE_NOOP("Engine", "TensorFlow sees no GPU on this machine."),
    QT_TRANSLATE_NOOP("Engine", "This build of TensorFlow works on the CPU only."),
    # Why it learned, and why it did not keep what it learned.
    QT_TRANSLATE_NOOP("Engine", "new labels"),
    QT_TRANSLATE_NOOP("Engine", "asked"),
    QT_TRANSLATE_NOOP("Engine", "resumed"),
    QT_TRANSLATE_NOOP("Engine", "tried again"),
    QT_TRANSLATE_NOOP("Engine", "something was taken away"),
    QT_TRANSLATE_NOOP("Engine", "quiet"),
    QT_TRANSLATE_NOOP("Engine", "by itself"),
    QT_TRANSLATE_NOOP("Engine", "chosen"),
    QT_TRANSLATE_NOOP("Engine", "On recordings held out to measure with it would be right {points} points less often."),
    QT_TRANSLATE_NOOP(
        "Engine", "On recordings held out to measure with it would find one class {points} points less often."
    ),
    QT_TRANSLATE_NOOP("Engine", "On recordings held out to measure with it would be no better."),
    QT_TRANSLATE_NOOP("Engine", "Too little is held out to measure whether it would be better."),
    QT_TRANSLATE_NOOP("Engine", "What is in use was never measured, so nobody could tell whether this is better."),
    QT_TRANSLATE_NOOP("Engine", "There is no GPU to train on"),
    QT_TRANSLATE_NOOP("Engine", "The GPU does not work"),
    QT_TRANSLATE_NOOP("Engine", "{why} Leave the device on auto, or choose cpu."),
    # The backbone.
    QT_TRANSLATE_NOOP("Engine", "This project was made with another backbone"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Its backbone ({backbone}) is not on this machine. "
        "Start Showtell with --backbone FILE and the file it was made with.",
    ),
    QT_TRANSLATE_NOOP("Engine", "That version belongs to another backbone"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Version {number} was made with another backbone than {backbone}. Start Showtell with that backbone first.",
    ),
    QT_TRANSLATE_NOOP("Engine", "A backbone is damaged"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is not what was written. Add it again from its file; install Showtell again if it came with it.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        "What {name} keeps of backbone {backbone} is not what was written. "
        "Restore a version of another backbone, or consolidate again.",
    ),
    QT_TRANSLATE_NOOP("Engine", "A backbone is missing"),
    QT_TRANSLATE_NOOP(
        "Engine", "{path} cannot be read. Add it again from its file; install Showtell again if it came with it."
    ),
    QT_TRANSLATE_NOOP("Engine", "{path} cannot be read. Install Showtell again."),
    QT_TRANSLATE_NOOP("Engine", "There is no such backbone"),
    QT_TRANSLATE_NOOP(
        "Engine",
        'There is no "{name}" here; there is {names}. Name one of these, or a .keras or .showtell-backbone file.',
    ),
    QT_TRANSLATE_NOOP("Engine", "Which backbone is meant?"),
    QT_TRANSLATE_NOOP("Engine", '"{name}" may be {names}. Write more of the hash.'),
    QT_TRANSLATE_NOOP("Engine", "This backbone cannot be trained"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The file that backbone {backbone} was made from is not on this machine, or no longer whole. "
        "Run showtell backbone add FILE with that file.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{why} Use a Keras 3 .keras file of an ordinary convolutional network whose last layer is a pooling layer.",
    ),
    QT_TRANSLATE_NOOP("Engine", "{why} Get the file again, from somebody you trust."),
    QT_TRANSLATE_NOOP("Engine", "That backbone cannot be used"),
    QT_TRANSLATE_NOOP("Engine", "{path} cannot be read ({why}). Check the path."),
    QT_TRANSLATE_NOOP("Engine", "The backbone cannot be kept"),
    QT_TRANSLATE_NOOP(
        "Engine", "{folder} cannot be written to ({why}). Free some space there, or allow it to be written to."
    ),
    QT_TRANSLATE_NOOP("Engine", "The backbone does not load"),
    QT_TRANSLATE_NOOP("Engine", "{name} cannot be used ({why}). Install Showtell again."),
    # Consolidation.
    QT_TRANSLATE_NOOP("Engine", "The backbone stays as it is"),
    QT_TRANSLATE_NOOP("Engine", "What was under way to another one was given up."),
    QT_TRANSLATE_NOOP("Engine", "Consolidating by itself was switched off."),
    QT_TRANSLATE_NOOP(
        "Engine", "The same pictures came to the same backbone as before. Teach it more, and consolidate then."
    ),
    QT_TRANSLATE_NOOP("Engine", "The consolidation was given up"),
    QT_TRANSLATE_NOOP("Engine", "It is no longer wanted in this project. Begin another one if you like."),
    QT_TRANSLATE_NOOP("Engine", "There is too little to consolidate"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "It takes something that was learned, recordings of at least two classes, and others that are held out "
        "to measure whether it was worth it. Record each class a few times more.",
    ),
    QT_TRANSLATE_NOOP("Engine", "Consolidation came to nothing"),
    QT_TRANSLATE_NOOP("Engine", "Its loss is no longer a number. Try it again, or on the CPU."),
    QT_TRANSLATE_NOOP("Engine", "Consolidation stopped"),
    QT_TRANSLATE_NOOP("Engine", "Consolidation does not work here"),
    QT_TRANSLATE_NOOP(
        "Engine", "Its process ended {count} times (exit code {code}). What was learned goes on answering."
    ),
    # The project file.
    QT_TRANSLATE_NOOP("Engine", "That is not a project"),
    QT_TRANSLATE_NOOP("Engine", "{name} is some other kind of file. Choose a .showtell file."),
    QT_TRANSLATE_NOOP("Engine", "{path} is a folder. Choose a .showtell file."),
    QT_TRANSLATE_NOOP("Engine", "This project needs a newer Showtell"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{name} has format {format}; this Showtell knows formats up to {newest}. "
        "Install the newest Showtell. The file was not changed.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The project file is damaged"),
    QT_TRANSLATE_NOOP(
        "Engine", "{name} cannot be read in full ({why}). Go back to a copy of it. The file was not changed."
    ),
    QT_TRANSLATE_NOOP("Engine", "The disk is full"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "There is no room to write to {name}. What was labelled before is safe. Free some space and go on.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The project cannot be written to"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "You may not write to {name} or to its folder. Copy it to a folder of your own and open the copy.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The project is busy"),
    QT_TRANSLATE_NOOP("Engine", "Another program has locked {name}. Close it there, or try again shortly."),
    QT_TRANSLATE_NOOP("Engine", "The disk does not answer"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Reading or writing {name} failed ({why}). What was labelled before is safe. "
        "Check the disk or the network drive it is on, then open the project again.",
    ),
    QT_TRANSLATE_NOOP("Engine", "There is no such folder"),
    QT_TRANSLATE_NOOP("Engine", "{folder} does not exist. Make it first, or choose another."),
    QT_TRANSLATE_NOOP("Engine", "There is no such project"),
    QT_TRANSLATE_NOOP("Engine", "{path} does not exist. Check the name."),
    QT_TRANSLATE_NOOP("Engine", "The project cannot be reached"),
    QT_TRANSLATE_NOOP("Engine", "{path}: {why}. Check the name, and that you may read what is there."),
    # What is in it.
    QT_TRANSLATE_NOOP("Engine", "That name does not work"),
    QT_TRANSLATE_NOOP("Engine", "A name has at least one character. Choose another name."),
    QT_TRANSLATE_NOOP("Engine", "A name has at most {most} characters; this one has {count}. Choose another name."),
    QT_TRANSLATE_NOOP("Engine", "A name has no line breaks or control characters. Choose another name."),
    QT_TRANSLATE_NOOP("Engine", "That name is taken"),
    QT_TRANSLATE_NOOP("Engine", "There is a class called {name} already. Choose another name."),
    QT_TRANSLATE_NOOP("Engine", "There is no such class"),
    QT_TRANSLATE_NOOP("Engine", "Class {number} is not in the project. Choose another class."),
    QT_TRANSLATE_NOOP("Engine", "There is no such sample"),
    QT_TRANSLATE_NOOP("Engine", "Sample {number} is not in the project. Choose another sample."),
    QT_TRANSLATE_NOOP("Engine", "A stored picture is damaged"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The picture of sample {number} in {name} cannot be read. "
        "Delete that sample, or go back to a copy of the project.",
    ),
    QT_TRANSLATE_NOOP("Engine", "There is no such version"),
    QT_TRANSLATE_NOOP("Engine", "Version {number} is not in the project. Choose another version."),
    QT_TRANSLATE_NOOP("Engine", "A version is damaged"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "What is kept of version {number} is not what was written. Learn again, or restore another version.",
    ),
    # The camera.
    QT_TRANSLATE_NOOP("Engine", "demo scene"),
    QT_TRANSLATE_NOOP("Engine", "camera {number}"),
    QT_TRANSLATE_NOOP("Engine", "import: {name}"),
    QT_TRANSLATE_NOOP("Engine", "Opening the camera"),
    QT_TRANSLATE_NOOP("Engine", "The camera stopped"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{source} met an error of Showtell's own ({error}). Choose it again, or another camera, and please report it.",
    ),
    QT_TRANSLATE_NOOP("Engine", "Waiting for the picture"),
    QT_TRANSLATE_NOOP(
        "Engine", "Nothing comes from {source}. Check its cable or its network, or choose another camera."
    ),
    QT_TRANSLATE_NOOP("Engine", "The end of {source}"),
    QT_TRANSLATE_NOOP("Engine", "Choose another source, or this one again."),
    QT_TRANSLATE_NOOP("Engine", "No camera found"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "This machine has no camera that answers. Plug one in, or use a clip, a phone's address or the demo scene.",
    ),
    QT_TRANSLATE_NOOP("Engine", "There is no such camera"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "There is no camera {number}. Choose one that is there: {cameras}; "
        "or use a clip, a phone's address or the demo scene.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The camera may not be used"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The system does not let Showtell use camera {number}. {how} The picture then comes by itself. "
        "Or use a clip, a phone's address or the demo scene.",
    ),
    QT_TRANSLATE_NOOP("Engine", "Switch it on for Showtell in System Settings › Privacy & Security › Camera."),
    QT_TRANSLATE_NOOP("Engine", "Switch it on in Settings › Privacy & security › Camera."),
    QT_TRANSLATE_NOOP("Engine", "Ask whoever looks after this computer to put you into the group “video”."),
    QT_TRANSLATE_NOOP("Engine", "Another program has the camera"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{program} is using camera {number}. Close it there, and the picture comes by itself; "
        "or use a clip, a phone's address or the demo scene.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The camera does not answer"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Camera {number} is there but gives no picture: another program may be using it, "
        "or the system does not allow it. Close that program, allow the camera in the system's settings, "
        "or use a clip, a phone's address or the demo scene.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The camera has gone"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Camera {number} sends no new pictures any more. "
        "Plug it in again, or use a clip, a phone's address or the demo scene.",
    ),
    QT_TRANSLATE_NOOP("Engine", "There are no pictures"),
    QT_TRANSLATE_NOOP("Engine", "{path} has no picture in it that can be read. Choose another one, or the demo scene."),
    QT_TRANSLATE_NOOP("Engine", "That is not a camera"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{text} is no camera number, file, folder or address. "
        "Give a number such as 0, a clip, a folder of pictures, an address, or take the demo scene.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The address does not answer"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "No pictures come from {address}. Check that the phone shows this address and is in the same network, "
        "or use another camera or the demo scene.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The pictures stopped"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{address} sends no more. Check the phone's app and its network; the picture comes back by itself.",
    ),
    QT_TRANSLATE_NOOP("Engine", "That clip cannot be played"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{name} is missing, damaged, or not a video that OpenCV knows. "
        "Choose another one, save it as MP4, or use the demo scene.",
    ),
    # Pictures that go out.
    QT_TRANSLATE_NOOP("Engine", "There is nothing to export"),
    QT_TRANSLATE_NOOP("Engine", "The project has no labelled samples. Name a thing and record it first."),
    QT_TRANSLATE_NOOP("Engine", "There is no name left"),
    QT_TRANSLATE_NOOP("Engine", "{folder} has too many folders called {name}. Choose another folder."),
    QT_TRANSLATE_NOOP("Engine", "The pictures cannot be written"),
    QT_TRANSLATE_NOOP("Engine", "{folder} cannot be written to ({why}). Choose another folder."),
    QT_TRANSLATE_NOOP("Engine", "There is no room for the pictures in {folder}. Make room, or choose another disk."),
)
"""Its texts, with names for what differs from time to time."""


def spoken(text: str) -> str:
    """Return a text of the engine in the language in use."""
    for template, form in _forms():
        found = form.fullmatch(text)
        if found is not None:
            # What differs may be another text of the engine: "Nothing comes from demo scene."
            values = {name: spoken(value) for name, value in found.groupdict().items()}
            return QCoreApplication.translate("Engine", template).format(**values)
    return text


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((template, re.compile(_form(template), re.DOTALL)) for template in map(str, TEXTS))


def _form(template: str) -> str:
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template))
