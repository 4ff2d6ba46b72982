"""Read the packaged models that tell numbers that are aims from others."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

import numpy as np

from isthmus.plans.aims import AimClassifier
from isthmus.plans.encoder import encoder_of

LANGUAGES = ("en",)
"""Languages that have one."""
_HEADS = 12


@dataclass(frozen=True)
class PackagedClassifier:
    """The model of a language, read when its first number is weighed; `digest` tells its weights from others."""

    lang: str
    digest: str

    def __call__(self, before: str, text: str, places: Sequence[int]) -> list[float | None]:
        """Return how likely the number at each place of a text is an aim; see `plans.aims.AimClassifier`."""
        return read_classifier(self.lang)(before, text, places)


def packaged_classifiers() -> dict[str, PackagedClassifier]:
    """Return the packaged model of each language that has one."""
    return {lang: PackagedClassifier(lang, sha256(_file(lang).read_bytes()).hexdigest()) for lang in LANGUAGES}


def _file(lang: str) -> Path:
    return Path(str(resources.files("isthmus") / "assets" / "aims" / f"{lang}.npz"))


@cache
def read_classifier(lang: str) -> AimClassifier:
    """Return the packaged model of a language; see docs/explanation/plans.md for what it was fitted to."""
    with np.load(_file(lang), allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    words = arrays["vocabulary"].tobytes().decode("utf-8").split("\n")
    vocabulary = {word: number for number, word in enumerate(words)}
    weights, bias = (np.asarray(arrays[name], np.float32) for name in ("aim", "aim_bias"))
    return AimClassifier(vocabulary, encoder_of(arrays, _HEADS), weights, bias)
