# SPDX-License-Identifier: Apache-2.0
"""Backbones that a stranger made, in both formats; none of it takes Keras to make."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import zipfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from learner.backbones import EMBEDDED
from learner.files import assets_folder
from tests.fuzz.corpus import Corpus

CORPUS = Corpus("backbone", ".keras", "BackboneFault")

Config = dict[str, Any]


@cache
def parts() -> dict[str, bytes]:
    """Return what lies in the `.keras` file of the backbone that ships with Showtell."""
    with zipfile.ZipFile(assets_folder() / f"{EMBEDDED}.keras") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Return an archive of these."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def layer(kind: str, name: str, config: Config, after: str | None, module: str = "keras.layers") -> Config:
    """Return a layer of a functional model as Keras serialises it."""
    inbound = []
    if after is not None:
        tensor = {
            "class_name": "__keras_tensor__",
            "config": {"shape": [None, 32, 32, 3], "dtype": "float32", "keras_history": [after, 0, 0]},
        }
        inbound = [{"args": [tensor], "kwargs": {}}]
    return {
        "module": module,
        "class_name": kind,
        "config": {"name": name, "trainable": True, **config},
        "registered_name": None,
        "name": name,
        "inbound_nodes": inbound,
    }


def network(*layers: tuple[str, Config], side: int = 32) -> Config:
    """Return a functional model of these layers one after another."""
    made = [layer("InputLayer", "entry", {"batch_shape": [None, side, side, 3], "dtype": "float32"}, None)]
    for number, (kind, config) in enumerate(layers):
        made.append(layer(kind, f"layer{number}", config, made[-1]["name"]))
    return {
        "module": "keras.src.models.functional",
        "class_name": "Functional",
        "config": {
            "name": "strange",
            "trainable": True,
            "layers": made,
            "input_layers": [["entry", 0, 0]],
            "output_layers": [[made[-1]["name"], 0, 0]],
        },
        "registered_name": "Functional",
    }


def _h5(fill: Callable[[h5py.File], object] = lambda store: None) -> bytes:
    file = io.BytesIO()
    with h5py.File(file, "w") as store:
        fill(store)
    return file.getvalue()


def keras_file(config: Config | bytes, weights: bytes | None = None, **more: bytes) -> bytes:
    """Return a `.keras` file."""
    text = config if isinstance(config, bytes) else json.dumps(config).encode()
    return zipped(
        {"metadata.json": b"{}", "config.json": text, "model.weights.h5": _h5() if weights is None else weights, **more}
    )


def put(name: str, content: Callable[[], bytes], *allowed: str, ending: str = ".keras", heavy: bool = True) -> None:
    """Put in a file with this content. All are heavy, since reading any takes TensorFlow."""
    CORPUS.add(name, lambda path: path.write_bytes(content()), *allowed, ending=ending, heavy=heavy)


_POOL: tuple[str, Config] = ("GlobalAveragePooling2D", {})


class _Runs:
    def __reduce__(self) -> tuple[Any, ...]:
        return (print, ("this ran",))


put("pickle", lambda: pickle.dumps(_Runs()))
put("pickle in the place of the weights", lambda: keras_file(network(_POOL), pickle.dumps(_Runs())))
put("pickle in an array", lambda: keras_file(network(_POOL), _npy()))


def _npy() -> bytes:
    file = io.BytesIO()
    np.save(file, np.array([_Runs()], object), allow_pickle=True)
    return file.getvalue()


_CODE = {"class_name": "__lambda__", "config": {"value": "4wEAAAAAAAAA", "defaults": None, "closure": None}}
put(
    "function as Keras packs them", lambda: keras_file(network(("Lambda", {"function": _CODE, "arguments": {}}), _POOL))
)
put("function as an activation", lambda: keras_file(network(("Activation", {"activation": _CODE}), _POOL)))
put(
    "function of another module as an activation",
    lambda: keras_file(
        network(
            (
                "Activation",
                {
                    "activation": {
                        "module": "builtins",
                        "class_name": "function",
                        "config": "exec",
                        "registered_name": "function",
                    }
                },
            ),
            _POOL,
        )
    ),
)
put(
    "function as an initializer",
    lambda: keras_file(
        network(
            (
                "Conv2D",
                {
                    "filters": 1,
                    "kernel_size": [1, 1],
                    "kernel_initializer": {
                        "module": "os",
                        "class_name": "system",
                        "config": {"command": "true"},
                        "registered_name": None,
                    },
                },
            ),
            _POOL,
        )
    ),
)


def _of_module(module: str, kind: str) -> bytes:
    return keras_file(_with_module(module, kind))


def _with_weights(fill: Callable[[h5py.File], object]) -> bytes:
    return keras_file(network(("Conv2D", {"filters": 1, "kernel_size": [1, 1]}), _POOL), _h5(fill))


def _with_module(module: str, kind: str) -> Config:
    config = network(
        (kind, {"filepath": "http://127.0.0.1:9/x", "origin": "http://127.0.0.1:9/x", "fname": "x"}), _POOL
    )
    config["config"]["layers"][1]["module"] = module
    return config


for _module, _kind in (
    ("keras.layers", "TFSMLayer"),
    ("keras.layers", "TorchModuleWrapper"),
    ("keras.layers", "JaxLayer"),
    ("keras.layers", "StringLookup"),
    ("keras.layers", "TextVectorization"),
    ("keras.layers", "Wrapper"),
    ("keras.layers", "TimeDistributed"),
    ("keras.src.utils.file_utils", "get_file"),
    ("keras.utils", "get_file"),
    ("tensorflow.python.ops", "py_func"),
    ("tensorflow", "py_function"),
    ("subprocess", "Popen"),
    ("builtins", "eval"),
    ("keras.saving", "load_model"),
    ("keras.src.saving.saving_lib", "load_model"),
):
    put(f"{_module}.{_kind}", partial(_of_module, _module, _kind))


put("object that was registered", lambda: keras_file(_registered()))


def _registered() -> Config:
    config = network(("Conv2D", {"filters": 1, "kernel_size": [1, 1]}), _POOL)
    config["config"]["layers"][1]["registered_name"] = "evil>Conv2D"
    return config


def _shared() -> Config:
    config = network(("ReLU", {}), _POOL)
    config["config"]["layers"][1]["shared_object_id"] = 1
    config["config"]["layers"][2]["shared_object_id"] = 1
    return config


put("two objects that are the same one", lambda: keras_file(_shared()), "BackboneFault", "read")
put("layer that comes after itself", lambda: keras_file(_circle()))


def _circle() -> Config:
    config = network(("ReLU", {}), ("ReLU", {}), _POOL)
    tensor = config["config"]["layers"][1]["inbound_nodes"][0]["args"][0]
    tensor["config"]["keras_history"] = ["layer1", 0, 0]
    return config


put("brackets without end", lambda: keras_file(b"[" * 200_000))
put("lists within lists", lambda: keras_file(b"[" * 900 + b"]" * 900))
put("five million objects", lambda: keras_file(b'{"a": [' + b"{}," * 5_000_000 + b"{}]}"))
put("five million numbers", lambda: keras_file(b'{"a": [' + b"1," * 5_000_000 + b"1]}"))
put("twenty thousand layers", lambda: keras_file(network(*[("ReLU", {})] * 20_000, _POOL)))
put("models within models", lambda: keras_file(_nested(60)))


def _nested(depth: int) -> Config:
    config = network(_POOL)
    for _ in range(depth):
        inner = config
        config = network(("ReLU", {}), _POOL)
        config["config"]["layers"][1] |= {
            "module": inner["module"],
            "class_name": "Functional",
            "config": inner["config"],
        }
    return config


put(
    "layer of a hundred thousand million weights",
    lambda: keras_file(network(("Conv2D", {"filters": 10**9, "kernel_size": [7, 7]}), _POOL)),
)
put(
    "layer of 160 MB of weights that are not there",
    lambda: keras_file(network(("Conv2D", {"filters": 10_000_000, "kernel_size": [1, 1]}), _POOL)),
)
put(
    "layer that repeats a picture a million times",
    lambda: keras_file(network(("UpSampling2D", {"size": [1000, 1000]}), _POOL)),
)
put(
    "layer that pads to a gigabyte",
    lambda: keras_file(network(("ZeroPadding2D", {"padding": [[8000, 8000], [8000, 8000]]}), _POOL)),
)
put("layer of 60 million numbers a picture", lambda: keras_file(network(("UpSampling2D", {"size": [139, 139]}), _POOL)))
put("picture of 100000 by 100000", lambda: keras_file(network(_POOL, side=100_000)))
put("reshaping without end", lambda: keras_file(network(("Reshape", {"target_shape": [1] * 5000}), _POOL)))
put("kernel that is slower than a day", lambda: keras_file(*_slow()))


def _slow() -> tuple[Config, bytes]:
    """Return a network of few weights with as many multiplications as a picture and a kernel of 1000 × 1000 make."""
    config = network(
        ("UpSampling2D", {"size": [2, 2]}),
        ("Conv2D", {"filters": 4, "kernel_size": [499, 499], "padding": "same"}),
        _POOL,
        side=512,
    )
    return config, _h5(
        lambda store: (
            store.create_dataset("layers/conv2d/vars/0", data=np.zeros((499, 499, 3, 4), "f4"))
            and store.create_dataset("layers/conv2d/vars/1", data=np.zeros(4, "f4"))
        )
    )


def _external(store: h5py.File) -> None:
    store["layers"] = h5py.ExternalLink("/etc/passwd", "/x")


def _soft(store: h5py.File) -> None:
    store["layers"] = h5py.SoftLink("/layers")


def _storage(store: h5py.File) -> None:
    store.create_dataset("a", (1000,), "f4", external=[("/etc/passwd", 0, h5py.h5f.UNLIMITED)])


def _virtual(store: h5py.File) -> None:
    layout = h5py.VirtualLayout((100,), "f4")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", (100,))
    store.create_virtual_dataset("a", layout)


def _swollen(store: h5py.File) -> None:
    store.create_dataset("a", (200 * 2**20,), "f4", chunks=(2**20,), compression="gzip")


def _packed(store: h5py.File) -> None:
    data = store.create_dataset("a", (100 * 2**20,), "f4", chunks=(2**20,), compression="gzip")
    for start in range(0, 100 * 2**20, 2**20):
        data[start : start + 2**20] = 0


def _circled(store: h5py.File) -> None:
    group = store.create_group("a")
    group["b"] = store["/"]


def _many_groups(store: h5py.File) -> None:
    for number in range(20_000):
        store.create_group(str(number))


def _deep(store: h5py.File) -> None:
    group = store
    for _ in range(3000):
        group = group.create_group("a")


def _attributes(store: h5py.File) -> None:
    for number in range(2000):
        store.attrs[str(number)] = "x" * 10_000


def _objects(store: h5py.File) -> None:
    store.create_dataset("a", data=np.array([b"x", b"y"], object), dtype=h5py.string_dtype())


for _name, _fill in {
    "link to another file": _external,
    "link to itself": _soft,
    "numbers in another file": _storage,
    "numbers of another file's": _virtual,
    "numbers that are not there": _swollen,
    "numbers that are packed": _packed,
    "group within itself": _circled,
    "twenty thousand groups": _many_groups,
    "groups within groups": _deep,
    "attributes by the thousand": _attributes,
    "texts for numbers": _objects,
}.items():
    put(
        f"HDF5: {_name}",
        partial(_with_weights, _fill),
    )

put("weights that unpack to 900 MB", lambda: _bomb(900))
put(
    "network that unpacks to 15 MB",
    lambda: zipped({"config.json": b" " * 15 * 2**20, "model.weights.h5": _h5()}, zipfile.ZIP_DEFLATED),
)


def _bomb(megabytes: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", json.dumps(network(_POOL)))
        with archive.open("model.weights.h5", "w") as entry:
            for _ in range(megabytes):
                entry.write(bytes(2**20))
    return file.getvalue()


put(
    "more in it than belongs there",
    lambda: keras_file(network(_POOL), **{"../../evil.py": b"1", "assets/x.sh": b"1"}),
    "BackboneFault",
    "read",
)
put("old HDF5 file", lambda: _h5(lambda store: store.attrs.update({"model_config": "{}"})))
put("SavedModel", lambda: zipped({"saved_model.pb": b"\x08\x01", "variables/variables.index": b""}))
put("cut in half", lambda: zipped(parts())[:200_000])
put("nothing", lambda: b"")

_PACKAGE = ".showtell-backbone"


def package(config: Config, arrays: list[tuple[str, list[int], bytes]], **more: Any) -> bytes:
    """Return a `.showtell-backbone` file of these, with all its hashes right."""
    architecture = json.dumps(config).encode()
    card = {
        "format": 1,
        "backbone": {
            "name": "strange",
            "sha256": "0" * 64,
            "input_size": 32,
            "embedding_size": 3,
            "low": -1.0,
            "high": 1.0,
            "non_negative": True,
        },
        "made_from": None,
        "card": None,
        "architecture_sha256": hashlib.sha256(architecture).hexdigest(),
        "arrays": [
            {"name": f"arrays/{number:04d}", "dtype": dtype, "shape": shape, "sha256": hashlib.sha256(data).hexdigest()}
            for number, (dtype, shape, data) in enumerate(arrays)
        ],
        **more,
    }
    contents = {f"arrays/{number:04d}": data for number, (_, _, data) in enumerate(arrays)}
    return zipped({"backbone.json": json.dumps(card).encode(), "architecture.json": architecture, **contents})


put("package: another backbone than it says", lambda: package(network(_POOL), []), ending=_PACKAGE)
put("package: pickle", lambda: pickle.dumps(_Runs()), ending=_PACKAGE)
put(
    "package: pickle for an array",
    lambda: package(network(_POOL), [("float32", [1], pickle.dumps(_Runs()))]),
    ending=_PACKAGE,
)
put(
    "package: five million numbers",
    lambda: zipped({"backbone.json": b"[" + b"1," * 1_900_000 + b"1]"}),
    ending=_PACKAGE,
)
put("package: array of 2^80", lambda: package(network(_POOL), [("float32", [2**30, 2**30, 0], b"")]), ending=_PACKAGE)
put("package: function", lambda: package(network(("Lambda", {"function": _CODE}), _POOL), []), ending=_PACKAGE)
put("package: twenty thousand layers", lambda: package(network(*[("ReLU", {})] * 20_000, _POOL), []), ending=_PACKAGE)
put(
    "package: layer of 60 million numbers a picture",
    lambda: package(network(("UpSampling2D", {"size": [139, 139]}), _POOL), []),
    ending=_PACKAGE,
)
put("package: models within models", lambda: package(_nested(60), []), ending=_PACKAGE)


put("package: 2^40 brackets", lambda: zipped({"backbone.json": b"[" * 4_000_000}), ending=_PACKAGE)
put("one layer used five thousand times", lambda: keras_file(_used(5000)))


def _used(times: int) -> Config:
    """Return a network that has one convolution applied to its own answer over and over again."""
    config = network(("Conv2D", {"filters": 3, "kernel_size": [31, 31], "padding": "same"}), _POOL, side=512)
    convolution, pool = config["config"]["layers"][1:]
    first = convolution["inbound_nodes"][0]
    for number in range(times):
        again = json.loads(json.dumps(first))
        again["args"][0]["config"]["keras_history"] = ["layer0", 0, number]
        convolution["inbound_nodes"].append(again)
    pool["inbound_nodes"][0]["args"][0]["config"]["keras_history"] = ["layer0", 0, times]
    return config


@CORPUS.file("1100 MB of zeros", ending=_PACKAGE, heavy=True)
def _zeros(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1100 * 2**20)
