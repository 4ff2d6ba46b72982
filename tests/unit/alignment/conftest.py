"""Glossary, matcher and statements for the tests of alignment."""

from collections.abc import Callable

import pytest
from samples_alignment import Letters, packaged, target

from isthmus.alignment.glossary import Glossary
from isthmus.alignment.match import Calibration, Matcher
from isthmus.alignment.statement import Statement, statements
from isthmus.plans.plan import Kind


@pytest.fixture
def glossary() -> Glossary:
    return packaged()


@pytest.fixture
def matcher() -> Matcher:
    weights = Calibration({"shared": 0.1, "equal_number": 0.1}, {"order": 10.0, "intercept": -1.0}, no_match=0.2)
    return Matcher(models=(Letters(),), calibration=weights, glossary=packaged())


@pytest.fixture
def state() -> Callable[..., Statement]:
    """Make one statement; a value makes it a change in percent unless a kind is given."""

    def make(text: str, lang: str = "en", **fields: object) -> Statement:
        if "value" in fields:
            fields = {"kind": Kind.CHANGE_PCT, "unit": "%", "operator": "="} | fields
        return statements([target("s", text, lang, **fields)], packaged())[0]

    return make
