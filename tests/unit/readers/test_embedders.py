import numpy as np
import pytest

from isthmus.readers.alignment.embedders import load_embedders, second_available

TEXTS = [
    "Grain",
    "出口增长百分之五",
    "Протяжённость сети автомобильных дорог — 1,2 тыс. км",
    "Gas",
    "Raise exports by 2030",
]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
@pytest.mark.skipif(not second_available(), reason="the second model is optional")
def test_a_text_is_read_alike_in_any_company(count):
    model = load_embedders("both")[1]
    alone = [model.embed([text])[0] for text in TEXTS[:count]]
    together = model.embed(TEXTS[:count])
    assert together.shape == (count, 384)
    for one, row in zip(alone, together, strict=True):
        assert np.abs(one - row).max() < 1e-6
    assert not count or np.linalg.norm(together, axis=1) == pytest.approx(np.ones(count), abs=1e-5)
