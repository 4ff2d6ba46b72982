import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from isthmus.levers.components import ALL, COMPONENTS, JOINT, calibrated, components
from isthmus.levers.support import SUPPORTS
from isthmus.levers.worlds import AGREED, SINGLE, SINGLES, UNAGREED

PARTNERS = ("A", "B", "C")
LABELS = (*PARTNERS, "D", "third")
NAMES = [*(SINGLE + p for p in PARTNERS), SINGLES, *(k + s for k in (UNAGREED, AGREED) for s in SUPPORTS)]
VALUES = arrays(float, (len(NAMES), 2, len(LABELS)), elements=st.floats(-5, 5))


@given(VALUES)
def test_components_add_up_to_the_last_world_for_every_support(values):
    found = components(dict(zip(NAMES, values, strict=True)), LABELS, PARTNERS)
    parts = [found[name, ALL] for name in COMPONENTS[:-1]]
    assert np.nansum(parts, axis=0) == pytest.approx(found["total", ALL], abs=1e-12)
    assert found["total", ALL] == pytest.approx(values[-1])
    for component in ("joint_unagreed", "agreement"):
        assert sum(found[component, s] for s in SUPPORTS) == pytest.approx(found[component, ALL], abs=1e-12)
    assert found["total", JOINT] == pytest.approx(sum(found["total", s] for s in SUPPORTS), abs=1e-12)
    for support in (*SUPPORTS, JOINT):
        both = found["joint_unagreed", support] + found["agreement", support]
        assert found["total", support] == pytest.approx(both)


def test_own_effect_is_the_partner_alone_and_spillover_what_the_others_bring():
    worlds = {name: np.zeros(len(LABELS)) for name in NAMES}
    worlds[SINGLE + "A"] = np.array([1.0, 0.1, 0.2, 0.3, 0.4])
    worlds[SINGLE + "B"] = np.array([0.01, 2.0, 0.02, 0.03, 0.04])
    worlds[SINGLES] = np.array([1.5, 2.1, 0.22, 0.33, 0.44])
    found = components(worlds, LABELS, PARTNERS)
    assert found["own", ALL][:3] == pytest.approx([1.0, 2.0, 0.0])
    assert np.isnan(found["own", ALL][3:]).all()
    assert found["spillover", ALL] == pytest.approx([0.01, 0.1, 0.22, 0.33, 0.44])
    assert found["interaction", ALL] == pytest.approx([0.49, 0.0, 0.0, 0.0, 0.0])


def test_draws_are_moved_to_what_was_solved_exactly():
    drawn = np.array([[1.0, 2.0, 0.5], [2.0, 4.0, -0.5]])
    moved = calibrated(drawn, np.array([1.0, 1.0, 0.1]), np.array([1.1, 3.0, -0.1]))
    assert moved[:, 0] == pytest.approx([1.1, 2.2])  # one sign, close: in proportion
    assert moved[:, 1] == pytest.approx([4.0, 6.0])  # threefold: the difference
    assert moved[:, 2] == pytest.approx([0.3, -0.7])  # another sign: the difference
    same = np.array([0.3, 0.0, -2.0])
    assert calibrated(same[None], same, same)[0] == pytest.approx(same)


def test_draws_are_stretched_between_half_and_double_and_shifted_beyond():
    linear = np.array([1.0, 1.0, 1.0, 1.0, 0.0, 3.0, 0.8])
    exact = np.array([0.6, 1.9, 0.4, 2.5, 0.5, 0.0, 1.0])
    moved = calibrated(np.full((1, 7), 2.0), linear, exact)[0]
    assert moved == pytest.approx([2 * 0.6, 2 * 1.9, 2 - 0.6, 2 + 1.5, 2.5, -1.0, 2 / 0.8])
