"""One card a target: both chances come from one projection, and the reason says why they differ."""

import dataclasses
from types import SimpleNamespace

import pytest

from isthmus.study.cards import ALIKE, CardRow, TrackedTarget, card_rows

BASE = TrackedTarget(
    target="t", partner="AAA", verdict="on_track", aim=10.0, unit="%", year=2030, latest=8.0, latest_year=2025,
    projected=9.5, chance=0.4,
)  # fmt: skip


def outcomes(chance, basis="projection", carried=()):
    row = SimpleNamespace(outcome="o", world="aligned", median_pct=1.5, chance=chance, basis=basis)
    other = SimpleNamespace(outcome="o", world="both", median_pct=9.0, chance=0.0, basis=basis)
    return SimpleNamespace(
        aims=[SimpleNamespace(id="o", target="t")],
        outcomes=SimpleNamespace(rows=[row, other]),
        carried_by_levers=carried,
    )


def card(tracked=BASE, found=None) -> CardRow:
    (row,) = card_rows([tracked], found)
    return row


def test_a_card_has_the_trend_and_the_levers_of_all_plans():
    row = card(found=outcomes(0.6))
    assert (row.chance_trend, row.chance_levers, row.effect_pct, row.why) == (0.4, 0.6, 1.5, "levers")
    assert (row.aim, row.latest, row.latest_year, row.projected) == (10.0, 8.0, 2025, 9.5)


@pytest.mark.parametrize(
    ("found", "tracked", "why"),
    [
        (outcomes(0.4 + ALIKE / 2), BASE, "same"),
        (outcomes(0.6, carried=("t",)), BASE, "beyond_trend"),
        (outcomes(0.6, basis="assumed"), dataclasses.replace(BASE, chance=None), "assumed_growth"),
        (outcomes(None), BASE, "no_number"),
        (None, BASE, "no_measure"),
        (None, dataclasses.replace(BASE, chance=None, verdict="no_data"), "unjudged"),
    ],
)
def test_the_reason_is_said(found, tracked, why):
    assert card(tracked, found).why == why
