import numpy as np
import pandas as pd
import pytest

from isthmus.border.standards import (
    Adoption,
    Catalogue,
    Degree,
    Domain,
    Recognition,
    Reference,
    Share,
    from_catalogues,
    from_shares,
    index,
    overlap_bounds,
    protocol_index,
    sector_mismatch,
)  # fmt: skip
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status

ONE = np.ones(3)
DRAWN = {
    "index_alpha": 0.4 * ONE,
    "edition_decay": 0.15 * ONE,
    "degree_identical": 1.0 * ONE,
    "degree_modified": 0.7 * ONE,
    "degree_not_equivalent": 0.2 * ONE,
    "conformity_full_retest": 0.15 * ONE,
    "conformity_certificates_accepted": 0.8 * ONE,
    "conformity_none_needed": 1.0 * ONE,
    "overlap_position": np.array([0.5, 0.0, 1.0]),
}
REFERENCES = (Reference("EX 1", ("25.040",), 3), Reference("EX 2", ("25.040", "35.020"), 1))


def share(side, low, high):
    return Share(side, low, high, "a source", Status.ASSUMED)


def catalogue(side, *adoptions):
    return Catalogue(side, tuple(Adoption(f"{side} {i}", "25", *a) for i, a in enumerate(adoptions)))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((0.9, 0.9), (0.8, 0.8), (0.7, 0.8)),
        ((0.3, 0.3), (0.4, 0.4), (0.0, 0.3)),
        ((0.82, 0.889), (0.0, 1.0), (0.0, 0.889)),
    ],
)
def test_overlap_bounds(left, right, expected):
    assert overlap_bounds(share("L", *left), share("R", *right)) == pytest.approx(expected)


def test_bounds_hold_for_every_way_of_adopting():
    rng = np.random.default_rng(1)
    for _ in range(200):
        a, b = rng.random(50) < rng.random(), rng.random(50) < rng.random()
        low, high = overlap_bounds(share("L", a.mean(), a.mean()), share("R", b.mean(), b.mean()))
        assert low - 1e-12 <= (a & b).mean() <= high + 1e-12


@pytest.mark.parametrize(("low", "high"), [(-0.1, 0.5), (0.2, 1.1), (0.6, 0.5), (82.0, 88.9)])
def test_shares_outside_zero_to_one_are_refused(low, high):
    with pytest.raises(BadInputError, match="adoption share of L"):
        share("L", low, high)


def test_shares_give_bounds_and_no_point():
    result = from_shares(["25", "35"], share("L", 0.8, 0.8), share("R", 0.0, 1.0), (), "conformity_full_retest", DRAWN)
    row = result.table.iloc[0]
    assert row["basis"] == "bounds"
    assert (row["technical_low"], row["technical_high"]) == (0.0, 0.8)
    assert row["index_low"] < row["index_central"] < row["index_high"]


def test_index_is_between_its_parts_and_limits_at_the_ends():
    assert index(1.0, 1.0, 0.4) == 1.0
    assert index(0.0, 1.0, 0.4) == 0.0
    assert 0.15 < index(0.6, 0.15, 0.4) < 0.6
    with pytest.raises(BadInputError, match="conformity"):
        index(0.5, 1.2, 0.4)


def test_a_pair_with_itself_in_the_same_catalogue_is_fully_compatible():
    same = catalogue("L", ("EX 1", Degree.IDENTICAL, 3), ("EX 2", Degree.IDENTICAL, 1))
    result = from_catalogues(REFERENCES, same, same, (), "conformity_none_needed", DRAWN)
    np.testing.assert_array_equal(result.index, 1.0)


def test_degree_and_edition_lag_weaken_the_match():
    left = catalogue("L", ("EX 1", Degree.MODIFIED, 1), ("EX 2", Degree.IDENTICAL, 1))
    right = catalogue("R", ("EX 1", Degree.IDENTICAL, 2))
    result = from_catalogues(REFERENCES, left, right, (), "conformity_none_needed", DRAWN)
    field_25 = result.technical[result.fields.index("25"), 0]
    assert field_25 == pytest.approx((0.7 * np.exp(-0.3) * np.exp(-0.15) + 0.0) / 2)
    assert result.technical[result.fields.index("35"), 0] == 0


def test_direct_recognition_counts_as_a_full_match():
    nothing = catalogue("L")
    recognised = Recognition("25", "conformity_certificates_accepted", frozenset({"EX 1"}))
    result = from_catalogues(REFERENCES, nothing, nothing, [recognised], "conformity_full_retest", DRAWN)
    assert result.technical[result.fields.index("25"), 0] == 0.5
    assert result.conformity[:, 0].tolist() == [0.8, 0.15]


def test_adoptions_that_do_not_count_are_counted():
    left = catalogue("L", ("EX 9", Degree.IDENTICAL, 1), ("EX 1", Degree.IDENTICAL, None))
    result = from_catalogues(REFERENCES, left, catalogue("R"), (), "conformity_none_needed", DRAWN)
    assert sorted(note.count for note in result.notes) == [1, 1]


def test_sector_mismatch_weighs_fields():
    left = catalogue("L", ("EX 2", Degree.IDENTICAL, 1))
    result = from_catalogues(REFERENCES, left, left, (), "conformity_none_needed", {**DRAWN, "index_alpha": ONE})
    weights = pd.DataFrame({"ics": ["25", "35", "35"], "sector": ["G1", "G1", "G2"], "weight": [1.0, 3.0, 1.0]})
    mismatch = sector_mismatch(result, weights, ["G1", "G2", "G3"])
    np.testing.assert_allclose(mismatch[:, 0], [1 - (0.25 * 0.5 + 0.75), 0.0, 0.25])


def test_protocols_are_a_geometric_mean():
    domains = [Domain(name, 0, 0.5, 1, "assumed", "s", Status.ASSUMED) for name in "ab"]
    drawn = {"protocol:a": np.array([0.9, 0.0]), "protocol:b": np.array([0.4, 1.0])}
    np.testing.assert_allclose(protocol_index(domains, drawn), [0.6, 0.0])
