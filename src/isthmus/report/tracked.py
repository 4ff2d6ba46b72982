"""The tracked targets as the chapter speaks of them: names, values with units, rules and changes in one language."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from isthmus.report.embed import records
from isthmus.report.locale import NO_BREAK, Translator, decimals
from isthmus.study.station import Section
from isthmus.tracking.pace import VERDICTS

NO_BREAK_HYPHEN = "\u2011"

Row = Mapping[str, Any]

UNJUDGED = ("no_data", "not_comparable")

_BARE = {"index", "rank", "ratio"}


class Tracked:
    """Facts and tables of the section ``tracking`` in one language."""

    def __init__(self, section: Section, text: Translator) -> None:
        self.facts = section.facts
        self.partners: tuple[str, str] = (section.facts["partners"][0], section.facts["partners"][1])
        self.scoreboard = section.tables["tracking_scoreboard"]
        self.closed: pd.DataFrame | None = section.tables.get("tracking_gap_closed")
        self._status = section.tables["tracking_status"]
        self._text = text
        self._gap = text("common.percent", value="").removesuffix("%").replace(" ", NO_BREAK)

    def name(self, partner: str) -> str:
        """Return the name of a partner."""
        return self._text.named(self.facts["names"].get(partner, {}), partner)

    def count(self, partner: str, verdict: str) -> int:
        """Return how many targets of a partner have a verdict."""
        return int(self.facts["verdicts"][partner][verdict])

    def judged(self, partner: str) -> int:
        """Return how many targets of a partner could be judged."""
        return sum(self.count(partner, v) for v in VERDICTS if v not in UNJUDGED)

    def on_course(self, partner: str) -> int:
        """Return how many targets of a partner are achieved or on track."""
        return self.count(partner, "achieved") + self.count(partner, "on_track")

    def unjudged(self) -> int:
        """Return how many targets of both could not be judged."""
        return sum(self.count(p, v) for p in self.partners for v in UNJUDGED)

    def rows(self, partner: str, *, judged: bool) -> list[Row]:
        """Return the status rows of a partner, those with or those without a verdict on their course."""
        own = self._status[self._status["partner"] == partner]
        return [row for row in records(own) if (row["verdict"] not in UNJUDGED) == judged]

    def status_of(self, target: str) -> Row:
        """Return the status row of one target."""
        return next(row for row in records(self._status) if row["target"] == target)

    def reasons(self) -> list[str]:
        """Return the reasons for which targets were not judged, most frequent first."""
        part = self._status[self._status["verdict"].isin(UNJUDGED)]
        return [str(code) for code in part["rule_code"].value_counts().index]

    def indicator(self, row: Row) -> str:
        """Return the indicator in the language, with the target's year where it is not the usual one."""
        own = str(row.get(f"indicator_{self._text.language}") or "") or str(row["indicator"])
        usual = self._status["year"].mode()
        unusual = not usual.empty and not _missing(row["year"]) and row["year"] != usual.iloc[0]
        return self._text("tracking.dated", indicator=own, year=int(row["year"])) if unusual else own

    def label(self, by: str, name: str) -> str:
        """Return an objective or theme in the language, or as the study writes it."""
        if not self._text.has(f"tracking.{by}.{name}"):
            return name
        return self._text.of("tracking.objective", name) if by == "objective" else self._text.of("tracking.theme", name)

    def owner(self, table: pd.DataFrame, name: str) -> str:
        """Return the partners an objective belongs to."""
        owners = list(dict.fromkeys(table.loc[table["name"] == name, "partner"]))
        return self._text.list([self.name(str(partner)) for partner in owners])

    def tag(self, row: Row) -> str:
        """Return the tag of observations that were not verified."""
        weak = str(row["status"]) in ("unverified", "assumed")
        return self._text.of("common.status", str(row["status"])) if weak else ""

    def value(self, value: float, row: Row) -> str:
        """Write a value with the target's unit; large numbers in the language's own magnitudes."""
        if _missing(value):
            return "–"
        number, magnitude = self._scaled(float(value))
        unit = self._unit(str(row["unit"]), row)
        digits = self._digits(number, row)
        parts = [self._text.number(number, digits, signed=str(row["kind"]).startswith("change"))]
        tail = [part for part in (magnitude, unit) if part]
        return self._gap.join([*parts, *tail])

    def goal(self, row: Row) -> str:
        """Write the target's value with the sign of its operator."""
        if _missing(row["value"]):
            return self._text("tracking.as_other")
        signs = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈"}
        sign = "" if str(row["kind"]).startswith("change") else signs.get(str(row["operator"]), "")
        body = self.value(row["value"], row)
        return f"{sign}{NO_BREAK}{body}" if sign else body

    def rule(self, row: Row) -> str:
        """Write the rule of the verdict with the two paces."""
        paces = {name: self._pace(row[f"{name}_pace"], row) for name in ("observed", "required")}
        latest = str(int(row["latest_year"]))
        span = latest if _missing(row["start_year"]) else f"{int(row['start_year'])}–{latest}"
        return self._text.of(
            "tracking.rule",
            str(row["rule_code"]),
            span=span,
            at=int(row["latest_year"]),
            year=int(row["year"]),
            **paces,
        )

    def change(self, row: Row) -> str:
        """Write when and by which value the verdict can change."""
        if not row["next_change"]:
            return self._text.of("tracking.next", str(row["next_basis"]))
        when = self._text.of(
            "tracking.next", str(row["next_basis"]), date=str(row["next_change"]).replace("-", NO_BREAK_HYPHEN)
        )
        if _missing(row["next_needed"]) or row["verdict"] in ("achieved", "on_track") or row["form"] != "level":
            return when
        unit = {**row, "unit": row["unit"] if row["kind"] in ("level", "rank") else "", "kind": "level"}
        needed = self.value(row["next_needed"], unit) if row["kind"] in ("level", "rank") else ""
        return when + "; " + self._text("tracking.needed", value=needed, year=int(row["next_year"])) if needed else when

    def ladder(self, partner: str) -> pd.DataFrame:
        """Return the share of the way each target has come and is projected to come, in percent.

        Columns row, target, chance, required (even pace by now), now, low, central, high. Targets that are met, were past
        their value from the start, or have no projection, are left out.
        """
        s = self._status
        drawn = (
            (s["form"] == "level") & (s["verdict"] != "achieved") & s["projected"].notna() & s["start_value"].notna()
        )
        s = s[(s["partner"] == partner) & drawn]
        way = s["value"] - s["start_value"]
        s, way = s[way * s["better"] > 0], way[way * s["better"] > 0]

        def share(name: str) -> "pd.Series[float]":
            return 100 * (s[name] - s["start_value"]) / way

        ends = pd.DataFrame({"low": share("low"), "high": share("high")})
        years = (s["latest_year"] - s["start_year"]) / (s["year"] - s["start_year"])
        return pd.DataFrame(
            {
                "row": self._distinct(records(s)),
                "target": s["target"],
                "chance": s["chance"],
                "required": 100 * years.astype(float),
                "now": share("now"),
                "low": ends.min(axis=1),
                "central": share("projected"),
                "high": ends.max(axis=1),
            }
        ).reset_index(drop=True)

    def ladder_twin(self, steps: pd.DataFrame) -> pd.DataFrame:
        """Return the ladder as a table in the targets' own units."""
        rows = []
        for target in steps["target"]:
            r = self.status_of(target)
            cells = [self.value(r[name], r) for name in ("start_value", "now", "value", "projected", "low", "high")]
            rows.append([self.indicator(r), *cells])
        heads = ("target", "baseline", "now", "goal", "projected", "low", "high")
        return pd.DataFrame(rows, columns=[self._text.of("tracking.column", head) for head in heads])

    def _distinct(self, rows: Sequence[Row]) -> list[str]:
        """Return the indicators of rows; two targets of one indicator are told apart by their values."""
        names = [self.indicator(row) for row in rows]
        return [
            name if names.count(name) == 1 else f"{name}: {self.goal(row)}"
            for name, row in zip(names, rows, strict=True)
        ]

    def _pace(self, pace: float, row: Row) -> str:
        """Write a pace per year."""
        if _missing(pace):
            return "–"
        if row["pace_unit"] == "fraction/yr":
            return self._text("tracking.a_year", value=self._text.percent(100 * pace, 2, signed=True))
        if row["pace_unit"] == "pp/yr":
            return self._text("tracking.points_a_year", value=self._text.number(pace, 2, signed=True))
        number, magnitude = self._scaled(float(pace))
        body = self._text.number(number, decimals(number), signed=True)
        return self._text("tracking.a_year", value=f"{body}{NO_BREAK}{magnitude}" if magnitude else body)

    def _unit(self, unit: str, row: Row) -> str:
        """Return a unit in the language, or as the plan writes it; a ratio needs none, a multiple has its sign."""
        if row["kind"] == "multiple":
            return "×"
        if unit in _BARE:
            return ""
        slug = re.sub(r"[^a-z0-9]+", "_", unit.lower().replace("%", "pct").replace("µ", "u")).strip("_")
        return self._text.of("tracking.unit", slug) if self._text.has(f"tracking.unit.{slug}") else unit

    def _scaled(self, value: float) -> tuple[float, str]:
        """Return a number and the magnitude word it is counted in."""
        for part in self._text("tracking.magnitudes").split():
            least, power, word = part.split(":")
            if abs(value) >= 10.0 ** int(least):
                return value / 10.0 ** int(power), word
        return value, ""

    def _digits(self, number: float, row: Row) -> int:
        most = 0 if row["kind"] == "rank" else min(decimals(number), 2) if abs(number) >= 1 else 2
        return next((digits for digits in range(most) if abs(round(number, digits) - number) < 1e-9), most)


def _missing(value: object) -> bool:
    """Say whether a cell holds nothing."""
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))
