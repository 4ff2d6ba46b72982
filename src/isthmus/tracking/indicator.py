"""What was observed about a target: points with their provenance, gathered into one comparable series."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.plan import Kind, Target

REFERENCE = ":reference"
"""Ending of the indicator under which the other side of a relative target is observed, as in ``income:reference``."""

PERCENT = "%"
PERCENT_A_YEAR = "%/yr"


@dataclass(frozen=True)
class Observation:
    """One published value.

    Attributes
    ----------
    indicator
        Id of a target or its indicator text; several joined by ``;``.
    year, value, unit
        The value in `unit`, for the year or the year's end.
    breaks
        Whether the series is redefined with this year: nothing earlier is comparable.
    comparable
        False where the series is known to measure something else than the target.
    partner
        Economy that is observed; needed only where two plans use the same indicator text.
    source, producer, title, address, date, licence, processing, status
        Provenance; `date` (YYYY-MM-DD, YYYY-MM or YYYY) is when the value was published.
    row
        Where it stands in its file, for messages.
    """

    indicator: str
    year: int
    value: float
    unit: str
    source: str = ""
    breaks: bool = False
    comparable: bool = True
    partner: str = ""
    producer: str = ""
    title: str = ""
    address: str = ""
    date: str = ""
    licence: str = ""
    processing: str = ""
    status: Status = Status.UNVERIFIED
    row: str = ""


@dataclass(frozen=True)
class Unused:
    """An observation that was set aside, and why."""

    observation: Observation
    target: str
    reason: str


@dataclass(frozen=True)
class Series:
    """Observations of one target by year.

    Attributes
    ----------
    years, values
        Points in order of year, in `unit`.
    breaks
        Where a new definition begins.
    unit
        The one unit of all values.
    points
        The observations behind them, in the same order.
    other_measure, other_unit
        Whether points were set aside because they measure something else, or in a unit the target cannot use.
    """

    years: np.ndarray
    values: np.ndarray
    breaks: np.ndarray
    unit: str
    points: tuple[Observation, ...] = field(default=())
    other_measure: bool = False
    other_unit: str = ""


def gather(
    targets: Sequence[Target], observations: Sequence[Observation], as_of: np.datetime64
) -> tuple[Mapping[str, Series], Mapping[str, Series], tuple[Unused, ...]]:
    """Sort observations to the targets they speak of.

    Parameters
    ----------
    targets, observations
        As read.
    as_of
        Nothing that was published or happened later is used.

    Returns
    -------
    The series of each target by id, the reference series of relative targets by id, and what was set aside.

    Raises
    ------
    BadInputError
        If two values of one year contradict each other, units are mixed in a way the target cannot settle, or an
        indicator text fits targets of different partners.
    """
    names = _names(targets)
    found: dict[str, list[Observation]] = defaultdict(list)
    reference: dict[str, list[Observation]] = defaultdict(list)
    unused: list[Unused] = []
    for point in observations:
        late = _late(point, as_of)
        matched = False
        for label in point.indicator.split(";"):
            name = _plain(label)
            kept = reference if name.endswith(REFERENCE) else found
            for target in _fitting(names.get(name.removesuffix(REFERENCE), []), point):
                matched = True
                if late:
                    unused.append(Unused(point, target.id, late))
                else:
                    kept[target.id].append(point)
        if not matched:
            unused.append(Unused(point, "", "no target has this id or indicator"))
    by_id = {target.id: target for target in targets}
    series = {name: _series(by_id[name], points, unused) for name, points in found.items()}
    others = {name: _series(replace(by_id[name], unit=""), points, unused) for name, points in reference.items()}
    return series, others, tuple(unused)


def unit_key(unit: str) -> str:
    """Return the unit in one spelling, so that ``Percent`` and ``%`` are the same unit."""
    key = re.sub(r"\s+", " ", unit.strip().casefold())
    if key in {"%", "percent", "per cent", "percentage", "pct", "процент", "процентов"}:
        return PERCENT
    if key in {"%/yr", "%/year", "% per year", "percent per year", "% a year", "% yearly", "% y/y", "% в год", "%/год"}:
        return PERCENT_A_YEAR
    if key in {"rank", "place", "place in the world", "место", "位", "名"}:
        return "rank"
    return "pp" if key in {"pp", "p.p.", "percentage points", "points", "п.п.", "п. п."} else key


def release_lag(series: Series) -> int | None:
    """Return the shortest known delay in days from the end of a value's year to its publication; None without full dates.

    The shortest, since a later copy of a value says little about when it first came out.
    """
    lags = [
        int((np.datetime64(p.date) - _year_end(p.year)).astype(int))
        for p in series.points
        if len(p.date) == len("2026-01-31")
    ]
    positive = [lag for lag in lags if 0 < lag <= 3 * 366]
    return min(positive) if positive else None


def _names(targets: Sequence[Target]) -> dict[str, list[Target]]:
    names: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        for name in {_plain(target.id), _plain(target.indicator)} - {""}:
            names[name].append(target)
    return names


def _plain(label: str) -> str:
    return re.sub(r"\s+", " ", label.strip().casefold())


def _fitting(candidates: list[Target], point: Observation) -> list[Target]:
    """Return the targets a point belongs to; an indicator text must not fit two partners at once."""
    if point.partner:
        return [target for target in candidates if target.partner in ("", point.partner)]
    partners = sorted({target.partner for target in candidates})
    if len(partners) > 1:
        raise BadInputError(
            point.row or point.indicator,
            f"indicator {point.indicator!r} fits targets of {', '.join(partners)}",
            allowed="an indicator of one partner",
            remedy="name the target's id, or add a column partner",
        )
    return candidates


def _late(point: Observation, as_of: np.datetime64) -> str:
    """Return why a point was not known at `as_of`, or an empty text."""
    if point.date:
        try:
            published = np.datetime64(point.date, "D")
        except ValueError as error:
            raise BadInputError(
                f"{point.row or point.indicator}, column date",
                f"found {point.date!r}",
                allowed="YYYY-MM-DD, YYYY-MM, YYYY or empty",
                remedy="correct the cell",
            ) from error
        if published > as_of:
            return "published after the as-of date"
    elif _year_end(point.year) > as_of:
        return "its year had not ended at the as-of date"
    return "its year lies after the as-of date" if point.year > _year(as_of) else ""


def _series(target: Target, points: list[Observation], unused: list[Unused]) -> Series:
    """Make one series of the points: one measure, one unit, one value a year."""
    same = [point for point in points if point.comparable]
    unused.extend(Unused(p, target.id, "measures something else than the target") for p in points if not p.comparable)
    fitting, other_unit = _one_unit(target, same, unused)
    _require_ranks(target, fitting)
    kept = _one_value_a_year(target, fitting, unused)
    return Series(
        years=np.array([p.year for p in kept], dtype=int),
        values=np.array([p.value for p in kept], dtype=float),
        breaks=np.array([p.breaks for p in kept], dtype=bool),
        unit=unit_key(kept[0].unit) if kept else "",
        points=tuple(kept),
        other_measure=len(same) < len(points),
        other_unit=other_unit,
    )


_SCALES = {
    "k": 1e3, "thousand": 1e3, "тыс.": 1e3, "million": 1e6, "mn": 1e6, "млн": 1e6,
    "bn": 1e9, "billion": 1e9, "млрд": 1e9, "trn": 1e12, "trillion": 1e12, "трлн": 1e12,
    "万亿": 1e12, "亿": 1e8, "万": 1e4,
}  # fmt: skip


def _scaled(unit: str) -> tuple[float, str]:
    """Split a unit into the factor its first word stands for and the rest."""
    first, _, rest = re.sub(r"^(万亿|亿|万)\s*", r"\1 ", unit_key(unit)).partition(" ")
    return (_SCALES[first], rest) if first in _SCALES and rest else (1.0, unit_key(unit))


def _wanted_unit(target: Target) -> str:
    """Return the unit a target's observations must have, or "" where any single unit will do."""
    if target.kind in (Kind.LEVEL, Kind.CHANGE_ABS, Kind.CUMULATIVE):
        return target.unit
    if target.kind is Kind.RANK:
        return "rank"
    return PERCENT if target.kind is Kind.CHANGE_PP else ""


def _one_unit(target: Target, points: list[Observation], unused: list[Unused]) -> tuple[list[Observation], str]:
    """Bring points to one unit; what cannot be brought there is set aside, or refused where nothing tells which is right."""
    wanted = _wanted_unit(target)
    if not wanted:
        units = {unit_key(point.unit): point for point in points}
        if len(units) > 1:
            (first, _), (second, point) = list(units.items())[:2]
            raise BadInputError(
                point.row or point.indicator,
                f"unit {second!r} beside {first!r} for target {target.id}",
                allowed="one unit an indicator",
                remedy="convert the values, or move one unit to an indicator of its own",
            )
        return points, ""
    factor, rest = _scaled(wanted)
    fitting, other = [], ""
    for point in points:
        own, own_rest = _scaled(point.unit)
        both = {unit_key(point.unit), unit_key(wanted)}
        if own_rest == rest or both in ({"pp", PERCENT}, {"", "rank"}):
            fitting.append(replace(point, value=point.value * own / factor, unit=wanted))
        else:
            other = point.unit
            unused.append(Unused(point, target.id, f"unit {point.unit!r} is not the target's {wanted!r}"))
    return fitting, other


def _require_ranks(target: Target, points: list[Observation]) -> None:
    if target.kind is not Kind.RANK:
        return
    wrong = next((point for point in points if point.value < 1), None)
    if wrong is not None:
        raise BadInputError(
            wrong.row or wrong.indicator,
            f"rank {wrong.value:g} for target {target.id}",
            allowed="1 or more",
            remedy="correct the value",
        )


def _one_value_a_year(target: Target, points: list[Observation], unused: list[Unused]) -> list[Observation]:
    """Keep the latest published value of each year; undated contradictions are refused."""
    kept: dict[int, Observation] = {}
    for point in sorted(points, key=lambda p: (p.year, p.date)):
        earlier = kept.get(point.year)
        if earlier is not None and not np.isclose(earlier.value, point.value, rtol=1e-9, atol=0):
            if not earlier.date or not point.date or earlier.date == point.date:
                raise BadInputError(
                    point.row or point.indicator,
                    f"value {point.value:g} for {point.year} beside {earlier.value:g} ({earlier.row or 'an earlier row'})",
                    allowed="one value a year, or several with different publication dates in column date",
                    remedy="remove one of them, or date both so that the later replaces the earlier",
                )
            unused.append(Unused(earlier, target.id, f"replaced by the value published {point.date}"))
        elif earlier is not None:
            unused.append(Unused(point, target.id, "repeats a value of the same year"))
            continue
        kept[point.year] = point
    return [kept[year] for year in sorted(kept)]


def _year_end(year: int) -> np.datetime64:
    return np.datetime64(f"{year:04d}-12-31", "D")


def _year(day: np.datetime64) -> int:
    return int(str(day)[:4])


def statuses(points: Iterable[Observation]) -> str:
    """Return the weakest status among points, or "" without points."""
    order = (Status.UNVERIFIED, Status.ASSUMED, Status.QUOTED, Status.VERIFIED)
    present = {point.status for point in points}
    return next((status.value for status in order if status in present), "")
