"""Read the packaged model that tells numbers that are aims from others."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

import numpy as np

from isthmus.plans.aims import AimClassifier, Floats, Weighed
from isthmus.plans.unigram import UNKNOWN, Vocabulary

LANGUAGES = ("en", "ru", "zh")
"""Languages that it was fitted to."""
INPUTS = ("pieces", "segments", "numbers", "named")
"""What the network is given, as `plans.aims.AimNetwork` says."""


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
    return Path(str(resources.files("isthmus") / "assets" / "aims" / "plans.onnx"))


@cache
def read_classifier() -> AimClassifier:
    """Return the packaged model; see docs/explanation/plans.md for what it was fitted to."""
    from onnxruntime import InferenceSession, SessionOptions  # a fifth of a second that most commands do not need

    options = SessionOptions()
    options.intra_op_num_threads = 1  # a run shares its cores among stations, and a thread more brings a fifth
    session = InferenceSession(_file(), options, providers=["CPUExecutionProvider"])
    told = session.get_modelmeta().custom_metadata_map
    pieces, chances = told["pieces"].split("\n"), map(float, told["chances"].split())
    numbered = enumerate(zip(pieces, chances, strict=True))
    vocabulary = Vocabulary({piece: (number, chance) for number, (piece, chance) in numbered if number > UNKNOWN})

    def network(*asked: Sequence[int]) -> tuple[Floats, Floats]:
        given = (np.array(own, np.int64) for own in asked)
        likely, shares = session.run(["likely", "shares"], dict(zip(INPUTS, given, strict=True)))
        return likely, shares

    return AimClassifier(vocabulary, network)
