"""Statements and an embedder without weights for the tests of alignment."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import pytest

from isthmus.alignment.glossary import Glossary
from isthmus.alignment.match import Calibration, Matcher
from isthmus.alignment.similarity import Vectors
from isthmus.alignment.statement import Statement, statements
from isthmus.plans.plan import Kind, Target
from isthmus.readers.alignment_glossary import read_glossary


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


@pytest.fixture
def glossary() -> Glossary:
    return packaged()


@pytest.fixture
def matcher() -> Matcher:
    return Matcher(models=(Letters(),), calibration=Calibration(slope=10, intercept=-1), glossary=packaged())


def target(name: str, text: str, lang: str = "en", **fields: object) -> Target:
    given = {"partner": "", "indicator": "", "kind": Kind.QUALITATIVE} | fields
    return Target(id=name, text=text, lang=lang, **given)  # type: ignore[arg-type]


@pytest.fixture
def state() -> Callable[..., Statement]:
    """Make one statement; a value makes it a change in percent unless a kind is given."""

    def make(text: str, lang: str = "en", **fields: object) -> Statement:
        if "value" in fields:
            fields = {"kind": Kind.CHANGE_PCT, "unit": "%", "operator": "="} | fields
        return statements([target("s", text, lang, **fields)], packaged())[0]

    return make
