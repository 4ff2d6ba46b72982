from dataclasses import replace

import numpy as np
import pytest

from isthmus.core.pairs import pairs_of
from isthmus.readers.alignment import embedders
from isthmus.readers.alignment.embedders import load_embedders, second_available, second_vectors
from isthmus.readers.alignment.glossary import read_glossary
from isthmus.readers.alignment.links import read_reference
from isthmus.readers.study.study import load_study, packaged_studies
from isthmus.study.alignment import object_links

needs_second = pytest.mark.skipif(not second_available(), reason="the second model is optional")

TEXTS = [
    "Grain",
    "出口增长百分之五",
    "Протяжённость сети автомобильных дорог — 1,2 тыс. км",
    "Gas",
    "Raise exports by 2030",
]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
@needs_second
def test_a_text_is_read_alike_in_any_company(count):
    model = load_embedders("both")[1]
    alone = [model.embed([text])[0] for text in TEXTS[:count]]
    together = model.embed(TEXTS[:count])
    assert together.shape == (count, 384)
    for one, row in zip(alone, together, strict=True):
        assert np.abs(one - row).max() < 1e-6
    assert not count or np.linalg.norm(together, axis=1) == pytest.approx(np.ones(count), abs=1e-5)


@needs_second
def test_kept_vectors_are_what_the_model_says(monkeypatch):
    """Packaged texts are looked up, others are read; what is kept is the model's own answer, but for another processor."""
    model = load_embedders("both")[1]
    statement = read_reference(read_glossary())[0]
    texts = [statement.text, "a text that nobody packaged"]
    asked = []
    truth = second_vectors(texts)
    monkeypatch.setattr(embedders, "second_vectors", lambda some: asked.extend(some) or second_vectors(some))
    found = model.embed(texts)
    assert asked == texts[1:]
    assert np.abs(found[1] - truth[1]).max() < 1e-6
    # four-bit arithmetic differs from one make of processor to the next: cosines of 400 texts were 0.99991 and more
    assert found[0] @ truth[0] > 0.9995 > found[1] @ truth[0]


@needs_second
def test_the_packaged_studies_ask_for_nothing_that_is_not_kept(monkeypatch):
    """Statements or words changed: run tools/vectors.py, or a run of the worked case takes 20 ms a text longer."""
    asked = []
    monkeypatch.setattr(embedders, "second_vectors", lambda some: asked.extend(some) or np.ones((len(some), 384)))
    for name in packaged_studies():
        study = load_study(name)
        for pair in pairs_of(study.partners):
            object_links(study, pair, study.statements, replace(study.matcher, models=study.matcher.models[1:]))
    assert not asked
