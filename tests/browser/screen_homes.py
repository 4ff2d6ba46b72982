"""Where every number of the first screen comes from: the cell of a table of the run that it is, element by element."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

UNITS = {"billion": 1e3, "млрд": 1e3, "亿": 1e2, "million": 1.0, "млн": 1.0, "万": 1e-2}
"""Words for amounts of money, in million USD."""
NUMBER = re.compile(
    r"(?P<sign>[+−])?(?P<digits>\d(?:[\d.,\u00a0\u202f]*\d)?)[ \u00a0]*(?P<unit>billion|млрд|亿|million|млн|万)?"
)
QUOTED = re.compile("“[^”]*”|«[^»]*»")
THIRD = "third"
BRIEF = ("all", "tariff", "fragmentation", "at_hand", "stated", "removed")


@dataclass(frozen=True)
class Home:
    """A cell of a table, or a fact of the findings, and its value; money in million USD."""

    cell: str
    value: float
    money: bool = False


@dataclass(frozen=True)
class Shown:
    """A number of a text with half a unit of its last digit, and the unit of money behind it, 0 where there is none."""

    value: float
    half: float
    unit: float


def shown(words: str, language: str) -> list[Shown]:
    """Return the numbers of a text; what is quoted, names of measures, numbers and sources, has none of its own."""
    found = []
    for match in NUMBER.finditer(QUOTED.sub(" ", words)):
        digits = re.sub("[\u00a0\u202f]", "", match["digits"])
        digits = digits.replace(",", ".") if language == "ru" else digits.replace(",", "")
        places = len(digits.partition(".")[2])
        value = float(digits) * (-1 if match["sign"] == "−" else 1)
        found.append(Shown(value, 0.501 * 10.0**-places, UNITS.get(match["unit"] or "", 0.0)))
    return found


def astray(words: str, homes: Sequence[Home], language: str, *, unit: float = 0.0, ordered: bool = True) -> list[str]:
    """Return what is wrong with the numbers of a text: without a home, not what its cell says, or missing.

    Each number must be its cell rounded to the digits that it is written with. A number of money has the unit written behind
    it or behind the next one that has one (a range names its unit once), else that of the amount before it, else `unit`.
    """
    numbers, left = shown(words, language), list(homes)
    if len(numbers) != len(left):
        return [f"{len(numbers)} numbers for {len(left)} cells in {words!r}: {[n.value for n in numbers]} {left}"]
    wrong = []
    for place, number in enumerate(numbers):
        after = next((n.unit for n in numbers[place:] if n.unit), 0.0)
        before = next((n.unit for n in reversed(numbers[:place]) if n.unit), 0.0)
        sizes = {size for size in (number.unit or after, before, unit) if size} or {1.0}
        known = left[:1] if ordered else left
        home = next((one for one in known if _is(number, one, sizes if one.money else {1.0})), None)
        if home is None:
            wrong.append(f"{number.value:g} in {words!r} is no {[f'{one.cell} = {one.value:.6g}' for one in known]}")
            left = left[1:] if ordered else left
        else:
            left.remove(home)
    return wrong


def _is(number: Shown, home: Home, sizes: set[float]) -> bool:
    return any(abs(number.value * size - home.value) <= number.half * size * (1 + 1e-9) for size in sizes)


class Tables:
    """The tables of a run as a reader opens them, without the code that wrote them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "tables"
        self.facts = json.loads((folder / "findings.json").read_text("utf-8"))["sections"]
        self.partners: list[str] = self.facts["value"]["partners"]
        self.deadline: int = self.facts["value"]["deadline"]
        self._read: dict[str, pd.DataFrame] = {}

    def read(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            self._read[name] = pd.read_csv(self.folder / f"{name}.csv", keep_default_na=False)
        return self._read[name]

    def only(self, name: str, **keys: object) -> pd.DataFrame:
        frame = self.read(name)
        for column, wanted in keys.items():
            frame = frame[frame[column] == wanted]
        return frame

    def cell(self, name: str, column: str, *, times: float = 1.0, money: bool = False, **keys: object) -> Home:
        (value,) = self.only(name, **keys)[column]
        return Home(f"{name}.csv {keys} {column}", times * float(value), money)

    def cells(self, name: str, columns: str, *, times: float = 1.0, money: bool = False, **keys: object) -> list[Home]:
        return [self.cell(name, column, times=times, money=money, **keys) for column in columns.split()]

    def fact(self, section: str, name: str) -> Home:
        return Home(f"findings.json {section}.{name}", float(self.facts[section][name]))

    def count(self, name: str, number: int) -> Home:
        return Home(f"{name}.csv rows", float(number))

    def value(self, economy: str, component: str, support: str, net: bool, columns: str, **more: object) -> list[Home]:
        keys = {"economy": economy, "channel": "all", "component": component, "support": support, "net": net}
        return self.cells("value", columns, year=self.deadline, **keys, **more)  # type: ignore[arg-type]

    def third(self) -> pd.DataFrame:
        rows = self.only("value", channel="all", component="total", support="both", net=True, year=self.deadline)
        return rows[~rows["economy"].isin([*self.partners, THIRD])].set_index("economy")


THREE = "median low high"


def headline(t: Tables) -> list[Home]:
    """Return the homes of the title: percent and money of each partner, money only where zero is not within."""
    homes = [t.fact("value", "deadline")]
    for partner in t.partners:
        median, low, high = net(t, partner)
        inside = low.value <= 0 <= high.value
        homes += [median] if inside else [median, *money(t, partner)[:1]]
    return homes


def net(t: Tables, economy: str) -> list[Home]:
    return t.value(economy, "total", "both", True, THREE)


def money(t: Tables, economy: str) -> list[Home]:
    times = float(t.facts["trade"]["income_musd"][economy]) / 100
    return t.value(economy, "total", "both", True, THREE, times=times, money=True)


def lead(t: Tables) -> list[Home]:
    """Return the homes of the lead: draws, years, and measures and statements by how plans carry them."""
    rows = t.only("measure_support", support="both")
    kinds = rows.groupby("lever")["strength"].agg(lambda x: "+".join(sorted(set(x))))
    homes = [Home("5th and 95th percentile (columns low and high)", x) for x in (5.0, 95.0)]
    homes += [t.fact("value", name) for name in ("draws", "trade_year", "price_year", "table_year")]
    homes += [t.count("measure_support", len(kinds))]
    homes += [t.count("measure_support", int((kinds == k).sum())) for k in ("states", "implies+states", "implies")]
    for _, mine in rows.groupby("partner"):
        for column in ("naming", "statements", "secondary", "statements", "documents"):
            homes.append(t.count("measure_support", len({x for x in ";".join(mine[column]).split(";") if x})))
    return homes


def card(t: Tables, economy: str) -> Iterator[tuple[str, list[Home]]]:
    """Yield selector within a card, and homes: its value, range, rows in order, and note."""
    median, low, high = net(t, economy)
    yield ".value", [median, t.fact("value", "deadline")]
    yield ".ends", [low, high]
    rows = [money(t, economy)]
    note = []
    if economy == THIRD:
        rows += _others(t)
    else:
        rows += [t.value(economy, "total", "both", False, THREE), t.value(economy, "total", "joint", True, THREE)]
        own = {net: t.value(economy, "own", "all", net, f"{THREE} central") for net in (False, True)}
        rows += [own[False][:3], own[True][:3], t.value(economy, "spillover", "all", True, THREE)]
        if own[False][3].value == 0 < own[False][0].value:
            note += [own[False][3]]
        elif own[True][3].value * own[True][0].value < 0:
            keys = {"component": "own", "support": "all", "year": t.deadline}
            note += [own[True][3], *t.cells("costs", "central median", economy=economy, **keys)]  # type: ignore[arg-type]
        others = t.value(economy, "spillover", "all", True, "central median")
        if others[0].value * others[1].value < 0:
            note += others[:1]
        unknown = t.value(economy, "own", "all", True, "unknown_cost_pct")
        if unknown[0].value >= 0.5:
            note += [*unknown, Home("costs.csv counts what is unknown as nothing", 0.0)]
    yield "dl", [home for row in rows for home in row]
    yield ".note", note


def _others(t: Tables) -> list[list[Home]]:
    each = t.third()
    gain, lose = int((each["low"] > 0).sum()), int((each["high"] < 0).sum())
    rows = [[t.count("value", n) for n in (len(each), gain, lose, len(each) - gain - lose)]]
    rows += [t.value(THIRD, "spillover", "all", True, THREE)]
    losing = each[each["high"] < 0]
    if len(losing):
        known = t.only("third_economies", support="both")
        known = known[known["economy"].isin(losing.index)]
        most = known.loc[known["real_income_musd"].idxmin(), "economy"]
        size = losing["median"].idxmin()
        columns = "real_income_musd real_income_musd_low real_income_musd_high"
        rows += [t.cells("third_economies", columns, support="both", economy=most, money=True)]
        rows += [net(t, str(size))]
    return rows


def projects(t: Tables) -> tuple[list[Home], list[list[list[Home]]], list[Home]]:
    """Return the homes of the title, of the cells of every row, and of the source line of the first projects."""
    every = t.read("programme")
    chosen = every[every["net_pv"] != ""].assign(by=lambda x: x["net_pv"].astype(float)).nlargest(3, "by")
    rows = []
    for place, name in enumerate(chosen["project"], start=1):
        cells = [
            [Home("place in the order of programme.csv net_pv", float(place))],
            t.cells("programme", "net_pv net_low_pv net_high_pv", project=name, money=True),
        ]
        for partner in t.partners:
            columns = "median_pv low_pv high_pv"
            cells.append(t.cells("programme_projects", columns, project=name, economy=partner, money=True))
        cells += [
            [t.cell("programme", "cost_pv", project=name, money=True)],
            [t.cell("programme", "start", project=name)],
        ]
        rows.append(cells)
    title = [t.count("programme", len(chosen)), t.count("programme", int((every["start"] != "").sum()))]
    source = [t.fact("programme", name) for name in ("start", "start", "horizon", "price_year")]
    source += [Home("findings.json programme.discount_rate", 100 * float(t.facts["programme"]["discount_rate"]))]
    source += [Home("5th and 95th percentile (columns low and high)", x) for x in (5.0, 95.0)]
    lost = {"economy": THIRD, "money": True}
    source += [t.cell("programme_projects", "median_pv", project=name, **lost) for name in chosen["project"]]  # type: ignore[arg-type]
    of_both = every.loc[every["net_pv"] != "", "net_pv"].astype(float)
    source += [t.count("programme", int((of_both < 0).sum())), t.count("programme", len(of_both))]
    return title, rows, source


def step(t: Tables, name: str, direction: str) -> list[Home]:
    """Return low, middle and high of a step of the bridge in one direction, in percent."""
    if name == "removed":
        keys = {"component": "all", "support": "both"}
        return t.cells("removal", "low median high", times=100, direction=direction, **keys)  # type: ignore[arg-type]
    return t.cells("bridge", "low central high", times=100, step=name, component="all", direction=direction)


def bridge(t: Tables) -> tuple[list[Home], list[Home], list[list[Home]]]:
    """Return the homes of the bridge's title and source line, and of the rows of its table: low, middle, high."""
    ways = t.facts["border"]["directions"]
    title = [step(t, name, way)[1] for name in ("fragmentation", "removed") for way in ways]
    source = [Home("5th and 95th percentile (columns low and high)", x) for x in (5.0, 95.0)]
    source += [t.fact("value", "trade_year"), t.fact("border", "draws")]
    source += [step(t, "tariff", way)[1] for way in ways]
    return title, source, [step(t, name, way) for name in BRIEF for way in ways]


def claim(t: Tables) -> list[Home]:
    """Return the homes of the verdict on the claim: what it states, its rule, and in how many readings it holds."""
    (stated,) = t.facts["border"]["claims"]
    grid = t.only("claim_tests", sector="goods")
    for word, least in (("holds", 0.5), ("possible", 0.05)):
        assert (grid.loc[grid["verdict"] == word, "within"] >= least).all(), "the rule that the screen tells"
        assert (grid.loc[grid["verdict"] == "unlikely", "within"] < 0.05).all()
    holds = {reach: int((part["verdict"] == "holds").sum()) for reach, part in grid.groupby("reach")}
    whole = grid[grid["reach"] == "all"]
    possible = int((whole["verdict"] == "possible").sum())
    narrowest = next((r for r in ("at_hand", "fragmentation", "policy", "all") if holds[r]), "")
    said = {
        "at_hand": ["all", "at_hand"],
        "fragmentation": ["all", "policy", "fragmentation"],
        "policy": ["all", "policy"],
    }
    counts = [holds[reach] for reach in said.get(narrowest, ["all"] if narrowest else [])]
    homes = [Home("findings.json border.claims", 100 * stated[end]) for end in ("low", "high")]
    homes += [Home("claim_tests.csv within, verdict", 50.0)]
    homes += [t.count("claim_tests", n) for n in (len(whole), *counts)]
    if narrowest in ("all", ""):
        homes += [t.count("claim_tests", possible), Home("claim_tests.csv within, verdict", 5.0)]
    return homes


def sureness(t: Tables) -> list[Home]:
    """Return the homes of what the answer rests on: shares by partner, and how far two numbers move the partners' incomes."""
    degrees = {g: [_share(t, p, "degree", g) for p in t.partners] for g in ("assumed", "expert")}
    grade = (
        "assumed"
        if any(x.value for x in degrees["assumed"]) or not any(x.value for x in degrees["expert"])
        else "expert"
    )
    homes = [_share(t, p, "weakest", of) for of in ("assumed", "expert") for p in t.partners] + degrees[grade]
    income = t.facts["trade"]["income_musd"]
    central = [t.value(p, "total", "both", True, "central", times=float(income[p]) / 100)[0] for p in t.partners]
    homes += [Home("value.csv central x income", sum(home.value for home in central), True)]
    rows = t.read("assumptions")
    rows = rows[rows["economy"].isin(t.partners)].assign(
        moves=lambda x: x["swing_pct"] * x["economy"].map(income).astype(float) / 100
    )
    swings = rows.groupby("parameter")["moves"].sum().nlargest(2)
    return homes + [Home(f"assumptions.csv {name} swing_pct x income", float(x), True) for name, x in swings.items()]


def _share(t: Tables, partner: str, role: str, grade: str) -> Home:
    return t.cell("evidence_weights", "share_pct", economy=partner, result="alignment", role=role, grade=grade)
