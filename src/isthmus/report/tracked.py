"""The tracked targets as the chapter speaks of them: names, values with units, rules and changes in one language."""

import math
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from isthmus.report.locale import NO_BREAK, Translator, decimals
from isthmus.report.wording import MANY, in_tonnes, slug_of, theme_name
from isthmus.study.tracking import ScoreRow, StatusRow, TrackingSection
from isthmus.tracking.pace import VERDICTS

NO_BREAK_HYPHEN = "\u2011"

UNJUDGED = ("no_data", "not_comparable")

_BARE = {"index", "rank", "ratio"}


class ToldTracking:
    """Facts and tables of the section ``tracking`` in one language."""

    def __init__(self, section: TrackingSection, text: Translator) -> None:
        self.section, self.partners, self.text = section, section.partners, text
        self._status = section.tracking_status.rows
        self._gap = text("common.percent", value="").removesuffix("%").replace(" ", NO_BREAK)
        years = Counter(row.year for row in self._status if row.year is not None)
        self._usual = min((year for year in years if years[year] == max(years.values())), default=None)

    def name(self, partner: str) -> str:
        """Return the name of a partner."""
        return self.text.named(self.section.economy_names.get(partner, {}), partner)

    def count(self, partner: str, verdict: str) -> int:
        """Return how many targets of a partner have a verdict."""
        return self.section.verdicts[partner][verdict]

    def judged(self, partner: str) -> int:
        """Return how many targets of a partner could be judged."""
        return sum(self.count(partner, v) for v in VERDICTS if v not in UNJUDGED)

    def on_course(self, partner: str) -> int:
        """Return how many targets of a partner are achieved or on track."""
        return self.count(partner, "achieved") + self.count(partner, "on_track")

    def unjudged(self) -> int:
        """Return how many targets of both could not be judged."""
        return sum(self.count(p, v) for p in self.partners for v in UNJUDGED)

    def rows(self, partner: str, *, judged: bool) -> list[StatusRow]:
        """Return the status rows of a partner, those with or those without a verdict on their course."""
        return [row for row in self._status if row.partner == partner and (row.verdict not in UNJUDGED) == judged]

    def status_of(self, target: str) -> StatusRow:
        """Return the status row of one target."""
        return next(row for row in self._status if row.target == target)

    def reasons(self) -> list[str]:
        """Return the reasons for which targets were not judged, most frequent first."""
        return [code for code, _ in Counter(r.rule_code for r in self._status if r.verdict in UNJUDGED).most_common()]

    def indicator(self, row: StatusRow) -> str:
        """Return the indicator in the language, with the target's year where it is not the usual one."""
        own = {"ru": row.indicator_ru, "zh": row.indicator_zh}.get(self.text.language, "") or row.indicator
        if row.year is None or row.year == self._usual:
            return own
        return self.text("tracking.dated", indicator=own, year=row.year)

    def label(self, by: str, name: str) -> str:
        """Return an objective or theme in the language, or as the study writes it."""
        if by == "theme":
            return theme_name(name, self.text)
        return self.text.of("tracking.objective", name) if self.text.has(f"tracking.objective.{name}") else name

    def owner(self, table: Sequence[ScoreRow], name: str) -> str:
        """Return the partners an objective belongs to."""
        owners = dict.fromkeys(row.partner for row in table if row.name == name)
        return self.text.list([self.name(partner) for partner in owners])

    def tag(self, row: StatusRow) -> str:
        """Return the tag of observations that were not verified."""
        weak = row.status in ("unverified", "assumed")
        return self.text.of("common.status", row.status) if weak else ""

    def value(self, value: float | None, row: StatusRow, unit: str | None = None, kind: str = "") -> str:
        """Write a value with the target's unit, unless others are given; large numbers in the language's own magnitudes."""
        if value is None:
            return "–"
        kind = kind or row.kind
        value, unit = in_tonnes(value, row.unit if unit is None else unit)
        number, magnitude = self._scaled(value)
        digits = self._digits(number, kind)
        word = self._unit(unit, kind, MANY if magnitude else self.text.counted(number, digits))
        parts = [self.text.number(number, digits, signed=kind.startswith("change"))]
        return self._gap.join([*parts, *(part for part in (magnitude, word) if part)])

    def goal(self, row: StatusRow) -> str:
        """Write the target's value with the sign of its operator."""
        if row.value is None:
            return self.text("tracking.as_other")
        signs = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈"}
        sign = "" if row.kind.startswith("change") else signs.get(row.operator, "")
        body = self.value(row.value, row)
        return f"{sign}{NO_BREAK}{body}" if sign else body

    def rule(self, row: StatusRow) -> str:
        """Write the rule of the verdict with the two paces."""
        span = str(row.latest_year) if row.start_year is None else f"{row.start_year}–{row.latest_year}"
        return self.text.of(
            "tracking.rule",
            row.rule_code,
            span=span,
            at=row.latest_year,
            year=row.year,
            observed=self._pace(row.observed_pace, row),
            required=self._pace(row.required_pace, row),
        )

    def change(self, row: StatusRow) -> str:
        """Write when and by which value the verdict can change."""
        if not row.next_change:
            return self.text.of("tracking.next", row.next_basis)
        date = row.next_change.replace("-", NO_BREAK_HYPHEN)
        when = self.text.of("tracking.next", row.next_basis, date=date)
        settled = row.verdict in ("achieved", "on_track") or row.form != "level" or row.kind not in ("level", "rank")
        if row.next_needed is None or settled:
            return when
        needed = self.value(row.next_needed, row, kind="level")
        return when + "; " + self.text("tracking.needed", value=needed, year=row.next_year)

    def ladder(self, partner: str) -> pd.DataFrame:
        """Return the share of the way each target has come and is projected to come, in percent.

        Columns row, target, chance, required (even pace by now), now, low, central, high. Targets that are met, were past
        their value from the start, or have no projection, are left out.
        """
        drawn = [row for row in self._status if row.partner == partner and _has_way(row)]
        return pd.DataFrame(
            [_step(row, name) for row, name in zip(drawn, self._distinct(drawn), strict=True)],
            columns=["row", "target", "chance", "required", "now", "low", "central", "high"],
        )

    def ladder_twin(self, steps: pd.DataFrame) -> pd.DataFrame:
        """Return the ladder as a table in the targets' own units."""
        rows = []
        for target in steps["target"]:
            r = self.status_of(target)
            numbers = (r.start_value, r.now, r.value, r.projected, r.low, r.high)
            cells = [self.value(number, r) for number in numbers]
            rows.append([self.indicator(r), *cells])
        heads = ("target", "baseline", "now", "goal", "projected", "low", "high")
        return pd.DataFrame(rows, columns=[self.text.of("tracking.column", head) for head in heads])

    def _distinct(self, rows: Sequence[StatusRow]) -> list[str]:
        """Return the indicators of rows; two targets of one indicator are told apart by their values."""
        names = [self.indicator(row) for row in rows]
        return [
            name if names.count(name) == 1 else f"{name}: {self.goal(row)}"
            for name, row in zip(names, rows, strict=True)
        ]

    def _pace(self, pace: float | None, row: StatusRow) -> str:
        """Write a pace per year."""
        if pace is None:
            return "–"
        if row.pace_unit == "fraction/yr":
            return self.text("tracking.a_year", value=self.text.percent(100 * pace, 2, signed=True))
        if row.pace_unit == "pp/yr":
            return self.text("tracking.points_a_year", value=self.text.number(pace, 2, signed=True))
        number, magnitude = self._scaled(pace)
        body = self.text.number(number, decimals(number), signed=True)
        return self.text("tracking.a_year", value=f"{body}{NO_BREAK}{magnitude}" if magnitude else body)

    def _unit(self, unit: str, kind: str, n: Decimal) -> str:
        """Return a unit in its form behind `n`, or as the plan writes it; a ratio needs none, a multiple has its sign."""
        if kind == "multiple":
            return "×"
        if unit in _BARE:
            return ""
        slug = slug_of(unit)
        return self.text.of("tracking.unit", slug, n=n) if self.text.has(f"tracking.unit.{slug}") else unit

    def _scaled(self, value: float) -> tuple[float, str]:
        """Return a number and the magnitude word it is counted in."""
        for part in self.text("tracking.magnitudes").split():
            least, power, word = part.split(":")
            if abs(value) >= 10.0 ** int(least):
                return value / 10.0 ** int(power), word
        return value, ""

    def _digits(self, number: float, kind: str) -> int:
        most = 0 if kind == "rank" else min(decimals(number), 2) if abs(number) >= 1 else 2
        return next((digits for digits in range(most) if abs(round(number, digits) - number) < 1e-9), most)


def _has_way(row: StatusRow) -> bool:
    """Say whether a target has a way to go that can be drawn."""
    if row.form != "level" or row.verdict == "achieved" or row.projected is None:
        return False
    return row.start_value is not None and row.value is not None and (row.value - row.start_value) * row.better > 0


def _step(row: StatusRow, name: str) -> tuple[Any, ...]:
    """Return a row of the ladder: shares of the way in percent."""
    assert row.start_value is not None
    assert row.value is not None
    start, way = row.start_value, row.value - row.start_value

    def share(value: float | None) -> float:
        return math.nan if value is None else 100 * (value - start) / way

    years = math.nan
    if row.latest_year is not None and row.start_year is not None and row.year is not None:
        years = 100 * (row.latest_year - row.start_year) / (row.year - row.start_year)
    ends = share(row.low), share(row.high)
    chance = math.nan if row.chance is None else row.chance
    return name, row.target, chance, years, share(row.now), min(ends), share(row.projected), max(ends)
