"""Read the packaged model that tells numbers that are aims from others."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

import numpy as np

from isthmus.plans.aims import AimClassifier, Weighed
from isthmus.plans.encoder import encoder_of
from isthmus.plans.unigram import UNKNOWN

LANGUAGES = ("en", "ru", "zh")
"""Languages that it was fitted to."""
_HEADS = 12


@dataclass(frozen=True)
class PackagedClassifier:
    """The packaged model, read when its first number is weighed; `digest` tells its weights from others."""

    digest: str

    def __call__(self, before: str, text: str, places: Sequence[int]) -> list[Weighed | None]:
        """Return how likely the number at each place of a text is an aim; see `plans.aims.AimClassifier`."""
        return read_classifier()(before, text, places)


def packaged_classifiers() -> dict[str, PackagedClassifier]:
    """Return the packaged model for each language that it knows."""
    model = PackagedClassifier(sha256(_file().read_bytes()).hexdigest())
    return dict.fromkeys(LANGUAGES, model)


def _file() -> Path:
    return Path(str(resources.files("isthmus") / "assets" / "aims" / "plans.npz"))


@cache
def read_classifier() -> AimClassifier:
    """Return the packaged model; see docs/explanation/plans.md for what it was fitted to."""
    with np.load(_file(), allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    pieces = arrays["pieces"].tobytes().decode("utf-8").split("\n")
    chances = arrays["chances"].tolist()
    vocabulary = {piece: (number, chances[number]) for number, piece in enumerate(pieces) if number > UNKNOWN}
    names = ("aim", "aim_bias", "asks", "asks_bias", "answers", "answers_bias")
    return AimClassifier(
        vocabulary, encoder_of(arrays, _HEADS), *(np.asarray(arrays[name], np.float32) for name in names)
    )
