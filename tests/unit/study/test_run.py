"""A run computes stations side by side, and finds the same in whatever order they end."""

import dataclasses
from types import SimpleNamespace
from typing import Annotated, Any

import pytest

from isthmus.core.errors import NotConvergedError
from isthmus.study.run import run
from isthmus.study.section import Help, Section
from isthmus.study.station import Findings, Station
from tests.unit.study.workshops import OneByOne


@dataclasses.dataclass(frozen=True, kw_only=True)
class Seen(Section):
    """What a station saw."""

    rate: Annotated[int, Help("rate of the study")]
    earlier: Annotated[tuple[str, ...], Help("stations whose sections it was given")]
    skipped: Annotated[tuple[str, ...], Help("stations that were skipped before it")]


def station(
    name: str, *, needs: tuple[str, ...] = (), refine: int = 0, applies: bool = True, weight: float = 1.0, kinds: Any
) -> Station[Any]:
    """Return a station that notes what it saw; with `refine` it sets the study's rate for those behind it."""

    def compute(study: Any, findings: Findings, _: Any) -> Seen:
        made: Seen = kinds[name](rate=study.rate, earlier=tuple(findings.sections), skipped=findings.skipped)
        return made

    return Station(
        name=name,
        section=kinds[name],
        reads=("rate",),
        applies=lambda _: applies,
        compute=compute,
        needs=tuple(kinds[need] for need in needs),
        refine=(lambda study, _: SimpleNamespace(rate=study.rate + refine)) if refine else None,
        weight=weight,
    )


def flow() -> tuple[Station[Any], ...]:
    """Return a flow: two that wait for nothing, one that refines, three behind it."""
    kinds = {
        name: type(name, (Seen,), {"__module__": __name__}) for name in ("early", "near", "turn", "odd", "wide", "last")
    }
    return (
        station("early", kinds=kinds),
        station("near", needs=("early",), kinds=kinds),
        station("turn", refine=10, kinds=kinds),
        station("odd", applies=False, kinds=kinds),
        station("wide", needs=("turn",), weight=5, kinds=kinds),
        station("last", needs=("near", "wide"), kinds=kinds),
    )


def ran(hands: int) -> tuple[OneByOne, Findings]:
    shop = OneByOne(hands)
    return shop, run(SimpleNamespace(rate=1), shop, flow())  # type: ignore[arg-type]


@pytest.mark.parametrize("hands", [1, 2, 3, 9])
def test_every_station_sees_what_stands_before_it_in_whatever_order_they_end(hands: int) -> None:
    shop, findings = ran(hands)
    assert list(findings.sections) == ["early", "near", "turn", "wide", "last"]
    assert findings.skipped == ("odd",)
    saw = {name: (s.rate, s.earlier, s.skipped) for name, s in findings.sections.items() if isinstance(s, Seen)}
    assert saw == {
        "early": (1, (), ()),
        "near": (1, ("early",), ()),
        "turn": (1, (), ()),
        "wide": (11, ("turn",), ("odd",)),
        "last": (11, ("near", "wide"), ("odd",)),
    }
    assert shop.most <= hands
    assert shop.left == 1


def test_what_most_work_hangs_on_begins_first() -> None:
    """`turn` comes third in the flow, but all that is behind it waits for it."""
    assert ran(1)[0].begun == ["turn", "wide", "early", "near", "last"]
    assert ran(2)[0].begun[:2] == ["turn", "early"]


def test_stations_that_wait_for_nothing_begin_beside_each_other() -> None:
    assert ran(2)[0].most == 2


@pytest.mark.parametrize("hands", [1, 3])
def test_what_is_at_work_is_given_up_when_a_station_fails(hands: int) -> None:
    def fail(*_: Any) -> Seen:
        raise NotConvergedError("residual 1", [])

    shop, (first, second, *others) = OneByOne(hands), flow()
    with pytest.raises(NotConvergedError, match="residual 1"):
        run(SimpleNamespace(rate=1), shop, (first, dataclasses.replace(second, compute=fail), *others))  # type: ignore[arg-type]
    assert shop.left == 1
    assert "last" not in shop.begun


def test_a_study_without_a_station_that_applies_has_no_findings() -> None:
    (first, *_) = flow()
    found = run(SimpleNamespace(rate=1), OneByOne(), [dataclasses.replace(first, applies=lambda _: False)])  # type: ignore[arg-type]
    assert found == Findings({}, ("early",))
