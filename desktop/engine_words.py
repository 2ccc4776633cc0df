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
    QT_TRANSLATE_NOOP("Engine", "There is not enough memory"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The computer has no memory left to learn with. "
        "Close other programs; what was labelled is safe, and what was learned before goes on answering.",
    ),
    QT_TRANSLATE_NOOP("Engine", "TensorFlow does not load"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{why}. What was learned before goes on answering; new samples are kept. "
        "Run `showtell doctor`, or install Showtell again.",
    ),
    QT_TRANSLATE_NOOP("Engine", "You asked for the CPU."),
    QT_TRANSLATE_NOOP("Engine", "TensorFlow sees {gpu}."),
    QT_TRANSLATE_NOOP("Engine", "Learning is as quick on the CPU; {gpu} is kept for consolidation."),
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
    QT_TRANSLATE_NOOP("Engine", "The project is open elsewhere"),
    QT_TRANSLATE_NOOP("Engine", "Another program has {name} open. Close it there, then open it here."),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{name} is open in {program} (process {number} on {host}, since {time}). Close it there, then open it "
        "here. If Showtell no longer runs on {machine}, delete {lock} beside the project.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{name} is open in {program} (process {number} on {host}, since {time}). Close it there, then open it here.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{name} is open in {program} (process {number} on {host}). Close it there, then open it here. If "
        "Showtell no longer runs on {machine}, delete {lock} beside the project.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "{name} is open in {program} (process {number} on {host}). Close it there, then open it here."
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Another program has {name} open. Close it there (its window, or a showtell command), then do this again.",
    ),
    QT_TRANSLATE_NOOP("Engine", "{name} cannot be renamed. Close it, then do this again."),
    QT_TRANSLATE_NOOP("Engine", "That project is not opened"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{name} has something in it that Showtell never puts there ({what}). Get it again from whoever gave it "
        "to you, or go back to a copy of it. The file was not changed.",
    ),
    QT_TRANSLATE_NOOP("Engine", "{name} has no {what} any longer. Go back to a copy of it. The file was not changed."),
    QT_TRANSLATE_NOOP("Engine", "{name} cannot be used: {what}. Go back to a copy of it. The file was not changed."),
    QT_TRANSLATE_NOOP("Engine", "That is too large for a project"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{name} cannot have more than {most} MB in one piece. Leave it out; choose a smaller backbone if it is one.",
    ),
    # Copies of it, and what can be read of a damaged one.
    QT_TRANSLATE_NOOP("Engine", "There is no sound copy of it"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{name} was copied, and the copy is damaged ({what}). Run showtell check {path} to see what is wrong with it.",
    ),
    QT_TRANSLATE_NOOP("Engine", "There are too many copies"),
    QT_TRANSLATE_NOOP("Engine", "{folder} has {most} of this second. Try again shortly."),
    QT_TRANSLATE_NOOP("Engine", "The project has no id yet"),
    QT_TRANSLATE_NOOP("Engine", "An older Showtell made {name}. Open it once in the window."),
    QT_TRANSLATE_NOOP("Engine", "The project was not brought up to date"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{name} was made by an older Showtell. A copy of it comes first, and could not be made: {why} The file "
        "was not changed. {remedy} Copies are kept in {folder}.",
    ),
    QT_TRANSLATE_NOOP("Engine", "No copy was made before the consolidation"),
    QT_TRANSLATE_NOOP("Engine", "There is nothing to repair"),
    QT_TRANSLATE_NOOP("Engine", "{name} has gone. Check the name."),
    QT_TRANSLATE_NOOP("Engine", "Nothing can be read of the project"),
    QT_TRANSLATE_NOOP(
        "Engine", "{name} has no row left that can be read. Go back to a copy of it. The file was not changed."
    ),
    QT_TRANSLATE_NOOP("Engine", "What could be read makes no project"),
    QT_TRANSLATE_NOOP("Engine", "Of {name}: {why} Go back to a copy of it. The file was not changed."),
    QT_TRANSLATE_NOOP("Engine", "The project cannot be read at all"),
    QT_TRANSLATE_NOOP("Engine", "{name}: {why}. Go back to a copy of it."),
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
    QT_TRANSLATE_NOOP("Engine", "The picture stands still"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{source} gives the same picture over and over. "
        "See that nothing covers it, plug it in again, or choose another camera.",
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
    # What goes out.
    QT_TRANSLATE_NOOP("Engine", "The export broke off"),
    QT_TRANSLATE_NOOP("Engine", "Its process ended (exit code {code}). Nothing was written."),
    QT_TRANSLATE_NOOP("Engine", "The export stopped"),
    QT_TRANSLATE_NOOP("Engine", "{path} is there already, and nothing is written over. Choose another name."),
    QT_TRANSLATE_NOOP("Engine", "There is no room for {path}. Make room, or choose another disk."),
    QT_TRANSLATE_NOOP("Engine", "The file cannot be written"),
    QT_TRANSLATE_NOOP("Engine", "{path} cannot be written ({why}). Choose another place for it."),
    QT_TRANSLATE_NOOP("Engine", "The project has changed"),
    QT_TRANSLATE_NOOP("Engine", "A sample that was to be exported is gone. Export it once more."),
    QT_TRANSLATE_NOOP("Engine", "Nothing has been learned yet"),
    QT_TRANSLATE_NOOP("Engine", "{name} has no version to export. Add labelled pictures and learn them first."),
    QT_TRANSLATE_NOOP(
        "Engine", "The classes of version {number} have been removed. Add labelled pictures and learn them first."
    ),
    QT_TRANSLATE_NOOP("Engine", "There is nothing to compare with"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The project has no pictures that could show whether the exported model answers as the app does. Record some.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The model cannot be converted"),
    QT_TRANSLATE_NOOP("Engine", "{why}. Choose another format."),
    QT_TRANSLATE_NOOP("Engine", "ONNX is not installed"),
    QT_TRANSLATE_NOOP("Engine", "{modules} cannot be found. Run pip install 'showtell[onnx]'."),
    QT_TRANSLATE_NOOP("Engine", "The exported model answers otherwise"),
    QT_TRANSLATE_NOOP("Engine", "{figures} Export it at full size (float32), or keep it all the same (--force)."),
    QT_TRANSLATE_NOOP(
        "Engine",
        "It came to the same class as the app for {share} of {count} pictures, {held_out} of them held out; no "
        "probability differed by more than {difference}. A picture took it {milliseconds} ms and the app {app} ms. "
        "At least {required} were wanted, so it was not kept.",
    ),
    QT_TRANSLATE_NOOP("Engine", "A file of Showtell is missing"),
    # What comes in.
    QT_TRANSLATE_NOOP("Engine", "That cannot be imported"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is nothing that Showtell can read pictures from. Give it class folders, a table (.csv), an "
        "archive of these (.zip), a Teachable Machine project (.tm), a project (.showtell), clips or "
        "pictures.",
    ),
    QT_TRANSLATE_NOOP("Engine", "That cannot be read"),
    QT_TRANSLATE_NOOP("Engine", "{path} cannot be read ({why}). Check the path, and that you may."),
    QT_TRANSLATE_NOOP("Engine", "That has labels of its own"),
    QT_TRANSLATE_NOOP("Engine", "{path} says itself what it shows. Leave out --label."),
    QT_TRANSLATE_NOOP("Engine", "What do they show?"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is {kind} and does not say what it shows. Say it with --label, or put the pictures of each "
        "class into a folder named after the class.",
    ),
    QT_TRANSLATE_NOOP("Engine", "There are no class folders"),
    QT_TRANSLATE_NOOP(
        "Engine", "{folder} has no folders in it. Put the pictures of each class into a folder named after the class."
    ),
    QT_TRANSLATE_NOOP("Engine", "That archive cannot be read"),
    QT_TRANSLATE_NOOP("Engine", "{path} is damaged or no zip archive ({why}). Get it again, or pack it anew."),
    QT_TRANSLATE_NOOP("Engine", "{path} is damaged or no zip archive. Get it again, or pack it anew."),
    QT_TRANSLATE_NOOP("Engine", "That archive is not opened"),
    QT_TRANSLATE_NOOP("Engine", "{path} could do harm: {why}. Unpack it yourself if you trust it."),
    QT_TRANSLATE_NOOP("Engine", "That clip cannot be read"),
    QT_TRANSLATE_NOOP(
        "Engine", "{path} is damaged, or not a video that OpenCV knows. Save it as MP4, and import that."
    ),
    QT_TRANSLATE_NOOP("Engine", "That is this project"),
    QT_TRANSLATE_NOOP("Engine", "{path} cannot be imported into itself. Choose another project."),
    QT_TRANSLATE_NOOP("Engine", "That table cannot be read"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{path} has no column of paths. Give it a first line with the words path,label, and a picture and "
        "its class in each line below.",
    ),
    QT_TRANSLATE_NOOP("Engine", "Showtell learns from pictures"),
    QT_TRANSLATE_NOOP("Engine", "{path} is a Teachable Machine project of {kind}. Choose one of an image project."),
    QT_TRANSLATE_NOOP("Engine", "That project cannot be read"),
    QT_TRANSLATE_NOOP(
        "Engine",
        '{path} has no pictures where Teachable Machine is known to keep them. Choose "Download samples" in '
        "the menu of each class there, and import these files.",
    ),
    # The server.
    QT_TRANSLATE_NOOP("Engine", "That is no address of this machine"),
    QT_TRANSLATE_NOOP(
        "Engine", "Nobody can listen at {host} ({why}). Leave out --host to be reached from this machine."
    ),
    # The fleet.
    QT_TRANSLATE_NOOP("Engine", "What has come makes no sense"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "What other laptops have sent cannot be what they know ({why}). "
        "Nothing of it was kept. Ask whoever serves the fleet which Showtell it is.",
    ),
    QT_TRANSLATE_NOOP("Engine", "That is not an address"),
    QT_TRANSLATE_NOOP("Engine", "{address} has no port. Write it as the serving laptop shows it."),
    QT_TRANSLATE_NOOP("Engine", "That is not a join code"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "A join code has six groups of four letters and digits, and {code} has not. "
        "Copy it from the laptop that serves the fleet.",
    ),
    QT_TRANSLATE_NOOP("Engine", "Nobody serves a fleet there"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "{address} does not answer ({why}). "
        "Check the address, that both are in the same network, and that its firewall lets the port through.",
    ),
    QT_TRANSLATE_NOOP("Engine", "That is another laptop"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "What answers at {address} is not the laptop that the join code came from. "
        "Check the code. If it is right, somebody else in the network pretends to be that laptop: do not join.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The fleet does not answer"),
    QT_TRANSLATE_NOOP("Engine", "{address}: {why}. Try again in a moment."),
    QT_TRANSLATE_NOOP("Engine", "The fleet has another backbone"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "What one backbone sees means nothing to another, and this project's is not the one of the fleet. "
        "Use the same one on all laptops: `showtell backbone use PROJECT FILE`.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The fleet does not let this laptop in"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The join code is not the fleet's, or too many wrong ones have been tried. "
        "Copy the code from the serving laptop, or start the fleet there once more for a new one.",
    ),
    QT_TRANSLATE_NOOP("Engine", "A part of Flower has stopped"),
    QT_TRANSLATE_NOOP("Engine", "{part} has ended: {why} Start the fleet once more."),
    QT_TRANSLATE_NOOP("Engine", "Flower is not installed"),
    QT_TRANSLATE_NOOP(
        "Engine",
        'A fleet takes Flower, of which {part} is not there. Install it with `pip install "showtell[fleet]"`.',
    ),
    # Parts of others, last so that these are known as a whole.
    QT_TRANSLATE_NOOP("Engine", "There is no room for {path}."),
    QT_TRANSLATE_NOOP("Engine", "Make room, or choose another disk."),
    QT_TRANSLATE_NOOP("Engine", "{path} cannot be written ({why})."),
    QT_TRANSLATE_NOOP("Engine", "Choose another place for it."),
)
"""Its texts, with names for what differs from time to time."""


def spoken(text: str) -> str:
    """Return a text of the engine in the language in use."""
    for template, head, tail in _ends():
        found = _form(template).fullmatch(text) if text.startswith(head) and text.endswith(tail) else None
        if found is not None:
            # What differs may be another text of the engine: "Nothing comes from demo scene."
            values = {name: spoken(value) for name, value in found.groupdict().items()}
            return QCoreApplication.translate("Engine", template).format(**values)
    return text


@cache
def _ends() -> tuple[tuple[str, str, str], ...]:
    """Return each text with what comes before the first of what differs, and after the last; the most fixed first.

    "TensorFlow sees no GPU on this machine." is also "TensorFlow sees {gpu}.", and yet a text of its own.
    """
    texts = sorted(map(str, TEXTS), key=lambda text: -len(re.sub(r"\{\w+\}", "", text)))
    return tuple((text, text.partition("{")[0], text.rpartition("}")[2]) for text in texts)


@cache
def _form(template: str) -> re.Pattern[str]:
    """Return what finds a text; all of them together would take longer to be compiled than a window to be made."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template)), re.DOTALL)
