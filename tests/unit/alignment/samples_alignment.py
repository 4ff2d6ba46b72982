"""Statements and an embedder without weights for the tests of alignment."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from isthmus.alignment.glossary import Glossary
from isthmus.alignment.similarity import Vectors
from isthmus.plans.plan import Kind, Target
from isthmus.readers.alignment.glossary import read_glossary


class Letters:
    """An embedder of one language: three-letter sequences, hashed without Python's random seed."""

    name = "letters 1"

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked.append(list(texts))
        rows = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for i in range(len(text) - 2):
                row[sum(ord(c) * 31**k for k, c in enumerate(text[i : i + 3])) % 512] += 1
        return rows


@cache
def packaged() -> Glossary:
    return read_glossary()


def target(name: str, text: str, lang: str = "en", **fields: object) -> Target:
    given = {"partner": "", "indicator": "", "kind": Kind.QUALITATIVE} | fields
    return Target(id=name, text=text, lang=lang, **given)  # type: ignore[arg-type]
