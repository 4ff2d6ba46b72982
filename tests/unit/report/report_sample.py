"""Invented findings that exercise every part of the page; no number in here means anything."""

import numpy as np
import pandas as pd

from isthmus.report.blocks import Cell, Chapter, Columns, Figure, Folded, Grid, Paragraph, Part, Picker, Tabs
from isthmus.report.chart_frame import Drawing, Mark, Scale
from isthmus.report.charts import heatmap, intervals, ladder, lines, stacked, waterfall
from isthmus.report.charts_place import route_map
from isthmus.report.charts_plan import Axis, gantt, plane
from isthmus.study.ensemble import FailedRow, LinearErrorRow
from isthmus.study.evidence import EstimateRow, EvidenceSection, LedgerRow, RepairRow, RetrodictionRow, SolverFacts
from isthmus.study.levers import LeverRow, LeversSection, SupportRow, WeightRow
from isthmus.study.section import Table, table
from isthmus.study.station import Findings
from isthmus.study.trade import RemovalRow, ThirdRow, TradeRow, TradeSection
from isthmus.study.value import (
    CostRow,
    EffectRow,
    PathRow,
    SectorRow,
    SettingValueRow,
    ValueRow,
    ValueSection,
    ValueWayRow,
)
from isthmus.study.weights import AssumptionRow, EvidenceWeightRow, RankingRow

NAMES = {
    "AAA": {"en": "Aland", "ru": "Аландия", "zh": "甲国"},
    "BBB": {"en": "Beria", "ru": "Берия", "zh": "乙国"},
}


def effects() -> pd.DataFrame:
    central = {
        "AAA": (1.92, 0.011, 0.0004, 1.93, 0.043, 1.97),
        "BBB": (1.1, 0.213, -0.003, 1.31, 0.584, 1.89),
        "third": (None, 0.02, 0.001, 0.021, -0.003, 0.018),
    }
    parts = ("own", "spillover", "interaction", "both", "coordination", "aligned")
    rows = []
    for code, values in central.items():
        for part, value in zip(parts, values, strict=True):
            if value is not None:
                width = 0.45 * abs(value) + (0.004 if part == "interaction" else 0)
                rows += [
                    (code, part, y, value * f - width, value * f, value * f + width)
                    for y, f in ((2030, 1), (2036, 1.5))
                ]
    for i, value in enumerate(np.linspace(0.05, -0.04, 22)):
        rows.append((f"T{i:02d}", "coordination", 2030, value - 0.01, value, value + 0.012))
    frame = pd.DataFrame(rows, columns=["economy", "component", "year", "low", "central", "high"])
    return frame.assign(median=frame["central"])


SHARES = {"AAA": (0.02, 0.043, 0.07), "BBB": (0.32, 0.584, 0.85), "third": (-0.004, -0.003, 0.001)}
"""Low, median and high of the net value of alignment."""

UNKNOWN = {"AAA": 18.0, "BBB": 0.0}
"""Part of the gain before cost whose cost is unknown, percent."""


def worths() -> list[ValueRow]:
    """Return the value of alignment, gross and net, measures of one plan, own plans, and single third economies."""
    rows = []
    for code, (low, middle, high) in SHARES.items():
        for net, more in ((True, 0.0), (False, 0.01)):
            numbers = (low + more, middle + more, high + more, middle + more)
            rows.append(ValueRow(code, "all", "total", "both", net, 2030, *numbers, UNKNOWN.get(code) if net else None))
        for support in ("one", "none", "joint"):
            rows.append(ValueRow(code, "all", "total", support, True, 2030, 0.0, 0.001, 0.002, 0.001, 52.0))
    for code in ("AAA", "BBB"):
        rows += [
            ValueRow(code, "all", "own", "all", net, 2030, v - 0.4, v, v + 0.5, v, 7.0 if net else None)
            for net, v in ((False, 1.1), (True, 0.1))
        ]
    for i, v in enumerate(np.linspace(0.05, -0.04, 22)):
        rows.append(ValueRow(f"T{i:02d}", "all", "total", "both", True, 2030, v - 0.01, v, v + 0.012, v, None))
    return rows


def trade() -> TradeSection:
    pairs = [("AAA", "BBB", 9000.0), ("BBB", "AAA", 4000.0)]
    return TradeSection(
        partners=("AAA", "BBB"),
        economy_names=NAMES,
        sector_names={f"S{i:02d}": {"en": f"Sector {i}", "ru": f"Отрасль {i}", "zh": f"部门{i}"} for i in range(4)},
        deadline=2030,
        trade_year="2024",
        table_year=2022,
        price_year=2024,
        income_musd={"AAA": 18_000_000.0, "BBB": 2_000_000.0, "third": 80_000_000.0},
        trade=table(
            TradeRow, [TradeRow(a, b, f"S{i:02d}", v / (i + 1), 12.0, 7.0) for a, b, v in pairs for i in range(4)]
        ),
        removal=table(RemovalRow, removal()),
        third_economies=table(
            ThirdRow,
            [
                third_row(f"T{i:02d}", v, 10 * v, "diversion" if v < 0 else "prices_up")
                for i, v in enumerate(np.linspace(0.05, -0.04, 22))
            ],
        ),
    )


def third_row(economy: str, pct: float, musd: float, reason: str = "diversion") -> ThirdRow:
    """Return a third economy with ranges half as wide as its numbers on either side."""
    told = {
        "real_income_pct": pct,
        "real_income_musd": musd,
        "terms_of_trade_pct": 0.4 * pct,
        "exports_to_partners_musd": 300 * pct,
        "exports_elsewhere_musd": -200 * pct,
        "imports_from_partners_musd": 100 * pct,
    }
    width = {"": 0.0, "_low": -0.5, "_high": 0.5}
    values = {f"{name}{end}": value + by * abs(value) for name, value in told.items() for end, by in width.items()}
    return ThirdRow(economy=economy, support="both", sector="S01", reason=reason, **values)


def removal() -> list[RemovalRow]:
    """Return what measures remove: two causes of the border and an agreed volume beside it."""
    parts = {"all": 0.03, "time": 0.02, "freight": 0.01, "volume": 0.004}
    return [
        RemovalRow("AAA-BBB", direction, cause, support, 0.5 * f * v, f * v, 2 * f * v, f * v)
        for direction, f in (("AAA>BBB", 1.0), ("BBB>AAA", 0.5), ("both", 0.8))
        for support in ("both", "all")
        for cause, v in parts.items()
    ]


def assumptions() -> list[AssumptionRow]:
    """Return numbers that move the result: the rank among partners is not that in money."""
    told = {
        "degree.gate.AAA": ("degree", 0.002, 0.05),
        "wedge_time_goods": ("wedge", 0.02, 0.01),
        "gate_removed": ("removed", 0.001, 0.02),
        "parameter_3": ("model", 0.0005, 0.03),
        "cost.gate.BBB.4": ("cost", 0.0004, 0.002),
        "theta": ("elasticity", 0.0001, 0.0001),
    }
    others = {"theta": 0.0003, "gate_removed": -0.0002, "parameter_3": 0.0001, "cost.gate.BBB.4": 0.0}
    rows = [
        AssumptionRow(name, code, rank, "assumed", kind, 0.01, 0.01 + swing[k], swing[k])
        for k, code in enumerate(("AAA", "BBB"))
        for rank, (name, (kind, *swing)) in enumerate(told.items(), 1)
    ]
    return rows + [
        AssumptionRow(name, "third", rank, "assumed", told[name][0], -0.0001, -0.0001 + moved, abs(moved))
        for rank, (name, moved) in enumerate(others.items(), 1)
    ]


def weights() -> list[EvidenceWeightRow]:
    shares = {
        "AAA": (10.0, 20.0, 0.0, 70.0, 0.0),
        "BBB": (10.0, 20.0, 0.0, 70.0, 0.0),
        "third": (3.0, 5.0, 0.0, 92.0, 0.0),
    }
    return [
        EvidenceWeightRow(code, "alignment", role, grade, share)
        for code, listed in shares.items()
        for role in ("cost_at_stake", "strength", "additional", "degree", "weakest")
        for grade, share in zip(("measured", "estimated", "expert", "assumed", "none"), listed, strict=True)
    ]


def supported() -> LeversSection:
    """Return four joint measures: stated in both plans, in one of them and implied in the other, implied in both, of one plan."""
    carried = {
        "gate": ("states", "states"),
        "papers": ("states", "implies"),
        "road": ("implies",) * 2,
        "seed": ("states", ""),
    }
    said = {"AAA": ("a1;a2", ""), "BBB": ("b1", "b1")}
    rows = [
        SupportRow(
            lever, side, "both" if all(strengths) else "one", strength, *(said[side] if strength else ("", "")), "", "",
            0.3, 0.6, 0.9, True,
        )
        for lever, strengths in carried.items()
        for side, strength in zip(("AAA", "BBB"), strengths, strict=True)
    ]  # fmt: skip
    return LeversSection(
        partners=("AAA", "BBB"),
        economy_names=NAMES,
        deadline=2030,
        draws=200,
        described=(),
        target_names={},
        levers=table(LeverRow),
        lever_weights=table(WeightRow),
        measure_support=table(SupportRow, rows),
    )


def ranking() -> list[RankingRow]:
    return [
        RankingRow(lever, code, "both", 0.5 * v, v, 1.5 * v, v, 0.002 * (lever != "gate"), lever != "gate", "assumed")
        for lever, size in (("gate", 0.02), ("papers", 0.05), ("road", 0.01), ("seed", 0.001))
        for code, v in (("AAA", size / 10), ("BBB", size))
    ]


def sectors() -> pd.DataFrame:
    rows = []
    for code, factor in (("AAA", 0.4), ("BBB", 1.0)):
        for i, value in enumerate(np.linspace(6, -3, 20)):
            v = factor * value
            low, high = v - 0.3 * abs(v) - 0.1, v + 0.3 * abs(v) + 0.1
            rows.append((code, f"S{i:02d}", low, v, high, v, 5.0))
    names = ["economy", "sector", "low", "median", "high", "central", "value_added_share_pct"]
    return pd.DataFrame(rows, columns=names)


def value() -> ValueSection:
    words = {
        "en": ("Food", "Wood and paper", "Machinery and equipment not elsewhere classified", "Vehicles"),
        "ru": (
            "Пищевые продукты",
            "Древесина и бумага",
            "Машины и оборудование, не включённые в другие группировки",
            "Автомобили",
        ),
        "zh": ("食品", "木材和纸", "未列明的机械和设备制造", "汽车"),
    }
    sector_names = {f"S{i:02d}": {lang: f"{names[i % 4]} {i}" for lang, names in words.items()} for i in range(20)}
    thirds = {f"T{i:02d}": {"en": f"Third {i}", "ru": f"Третья {i}", "zh": f"第三国{i}"} for i in range(22)}
    return ValueSection(
        partners=("AAA", "BBB"),
        economy_names=NAMES | thirds,
        sector_names=sector_names,
        deadline=2030,
        review=2036,
        trade_year="2024",
        table_year=2022,
        price_year=2024,
        draws=200,
        parameters=64,
        support={"gate": "both"},
        support_left_out=0,
        chance_correlation=0.03,
        residuals={"price": 2e-13, "expenditure": 4e-12, "labour": 3e-11},
        solves=1206,
        value=table(ValueRow, worths()),
        value_by_direction=table(
            ValueWayRow,
            [
                ValueWayRow(code, way, 0.4 * v, v, 1.6 * v, v)
                for code, v in (("AAA", 0.02), ("BBB", 0.3))
                for way in ("AAA>BBB", "BBB>AAA")
            ],
        ),
        effects=Table(EffectRow, effects()),
        settings=table(SettingValueRow),
        costs=table(
            CostRow,
            [CostRow(code, "total", "both", 2030, 0.001, 0.01, 0.02, 0.01, share) for code, share in UNKNOWN.items()],
        ),
        sectors=Table(SectorRow, sectors()),
        aligning_sectors=table(SectorRow),
        ranking=table(RankingRow, ranking()),
        evidence_weights=table(EvidenceWeightRow, weights()),
        assumptions=table(AssumptionRow, assumptions()),
        linear_error=table(LinearErrorRow),
        path=table(PathRow),
        failed_draws=table(FailedRow),
    )


def evidence() -> EvidenceSection:
    ledger = [
        LedgerRow(
            name=f"parameter_{i}",
            description=f"Share of the lever that would not have happened anyway, case {i}",
            unit="fraction",
            value=0.25 + i / 100,
            low=0.05,
            high=0.6,
            source="Invented (2020), Journal of Examples",
            status=("assumed", "quoted", "verified", "unverified")[i % 4],
            valid_from=None,
            page="p. 3",
            address="",
            note="",
            grade=("assumed", "estimated", "expert", "assumed")[i % 4],
        )
        for i in range(24)
    ]
    repairs = [
        RepairRow("flows_2022.csv", "absent rows read as zero", 1204, 0.0, ""),
        RepairRow("final demand", "negative residual set to zero", 3, 12.5, "million USD"),
    ]
    return EvidenceSection(
        study="example",
        titles={"en": "Aland and Beria", "ru": "Аландия и Берия", "zh": "甲国与乙国"},
        partners=("AAA", "BBB"),
        economy_names=NAMES,
        start=2026,
        deadline=2030,
        world="example-world",
        world_year=2022,
        world_source="invented",
        digests={"world": "3f9a" * 16, "ledger": "77ab" * 16},
        digest="c0de" * 16,
        not_applied=("tracking",),
        solver=SolverFacts(1e-10, {"price": 2e-13, "expenditure": 4e-12, "labour": 3e-11}, 1206, 0, 0.03),
        ledger=table(LedgerRow, ledger),
        repairs=table(RepairRow, repairs),
        descriptions={},
        estimate_words={"other.simulated": {"ru": "Пошлин нет"}},
        estimates=table(EstimateRow),
        trial_titles={
            "old-pact": {"en": "Aland and Beria, 1999", "ru": "Аландия и Берия, 1999", "zh": "甲国与乙国，1999年"}
        },
        retrodiction=table(RetrodictionRow, PAST),
    )


PAST = [
    RetrodictionRow("old-pact", "entering", "agreement", 1998, 2002, 12, 35.5, -5.1, -0.1, -0.17, 0.36, 0.16),
    RetrodictionRow("entering", "entering", "", None, None, 12, 35.5, -5.1, -0.1, -0.17, 0.36, 0.16),
    RetrodictionRow("all", "", "", None, None, 12, 35.5, -5.1, -0.1, -0.17, 0.36, 0.16),
]


def findings() -> Findings:
    return Findings({"value": value(), "trade": trade(), "evidence": evidence()}, ("tracking",))


def gallery() -> Chapter:
    """Every kind of chart and table."""
    pct = Scale(" %", 1, signed=False)
    water = pd.DataFrame(
        [
            ("tariff", "other", 4.5, 3.5, 5.5),
            ("procedures", "reach", 2, 1, 4),
            ("time at the border", "reach", 2.5, 1, 5),
            ("gauge, reloading", "reach", 0.6, 0.2, 1),
            ("freight", "other", 6, 4, 8),
            ("standards", "reach", 4.5, 2, 7),
            ("payments", "reach", 2, 1, 4),
            ("language, data and information", "other", 4, 2, 7),
        ],
        columns=["row", "group", "central", "low", "high"],
    )
    step = waterfall(water, {"other": "third", "reach": "joint"}, pct, marks=[Mark(30, 40, "claim: 30 to 40 %")])
    heat = pd.DataFrame(
        [
            (x, y, (i - j) * 0.3 + 0.05)
            for i, x in enumerate(("same", "complement", "related", "conflict", "gap"))
            for j, y in enumerate(("energy", "machines", "transport", "science", "people"))
        ],
        columns=["x", "y", "value"],
    )
    matrix = heatmap(heat.assign(opens="g-behind"), Scale("", 1))
    stack = stacked(
        pd.DataFrame(
            [
                (r, s, v)
                for r, vs in {"Aland": (3, 1.5, -0.7), "Beria": (2, -0.4, 1)}.items()
                for s, v in zip(("energy", "machines", "transport"), vs, strict=True)
            ],
            columns=["row", "series", "value"],
        ),
        Scale(" %", 1),
    )
    path = pd.DataFrame(
        [
            (y, s, c * (y - 2025), 0.7 * c * (y - 2025), 1.4 * c * (y - 2025))
            for s, c in (("Aland", 0.4), ("Beria", 0.25))
            for y in range(2025, 2037)
        ],
        columns=["year", "series", "central", "low", "high"],
    )
    line = lines(path, {"Aland": "a", "Beria": "b"}, Scale(" %", 1))
    rungs = pd.DataFrame(
        [
            ("robots per 10,000 workers", 40, 30, 45, 60),
            ("spending on research, share of GDP", 40, -10, 5, 15),
            ("trade in own currencies", 60, 70, 80, 95),
        ],
        columns=["row", "required", "low", "central", "high"],
    )
    steps = ladder(
        rungs,
        {"done": "done so far", "required": "needed by now", "target": "target"},
        Scale(" %", 0, signed=False),
        "a",
    )
    spans = pd.DataFrame(
        [
            ("farming", "Aland", 0.0, 0.002, 0.004),
            ("farming", "Beria", 0.11, 0.4, 0.86),
            ("energy", "Aland", 0.005, 0.06, 0.24),
            ("energy", "Beria", -0.03, -0.01, 0.0),
        ],
        columns=["row", "series", "low", "central", "high"],
    )
    ranges = intervals(spans, {"Aland": "a", "Beria": "b"}, Scale(" %"))
    figures = [
        Figure(name, title, f"Chart of {title}", d.option, frame, "Percent of value. Source: invented.", d.height)
        for name, title, d, frame in (
            (
                "g-water",
                "Crossing the border adds 21 to 44 % to a machine; policy can reach about a third of it",
                step,
                water,
            ),
            ("g-heat", "Twelve targets meet, four collide", matrix, heat),
            ("g-stack", "Energy leads in both", stack, path),
            ("g-line", "Half of the effect has arrived by 2030", line, path),
            ("g-ranges", "Farming moves Beria most", ranges, spans),
            ("g-ladder", "One of three targets is on course", steps, rungs),
        )
    ]
    route, works, chosen, missed = placed(), planned(), reached(), short_of_targets()
    more = [
        Figure(name, title, f"Chart of {title}", d.option, frame, "Invented.", d.height)
        for name, title, d, frame in (
            ("g-map", "Most of it goes by two routes", *route),
            ("g-gantt", "Four works are done before the deadline", *works),
            ("g-plane", "What one side gains, the other need not lose", *chosen),
            ("g-missed", "All but one fall short", *missed),
        )
    ]
    grid = Grid(
        title="Targets side by side",
        columns=["A", "B", "Relation", "Value, %"],
        rows=[
            [
                Cell("研发经费年均增长7%以上", lang="zh"),
                Cell("не менее 2 % ВВП", lang="ru"),
                Cell("= same field, other measure", tone="gain"),
                "+0.3",
            ],
            [
                "more bilateral trade <b>x</b>",
                "imports down to 17 % of GDP",
                Cell("✕ conflict", tone="loss", tag="unverified"),
                "−0.2",
            ],
        ],
        numeric=(3,),
        source="Both plans.",
    )
    return Chapter(
        "border",
        "Border",
        "Every kind of chart, </script> included",
        "A lead & an ampersand",
        [
            Columns(figures[2:4]),
            *figures[:2],
            figures[4],
            Tabs("g-tabs", "Routes", [Part("Map", [more[0]]), Part("Table", [Paragraph("A table.")])]),
            *more[1:],
            Picker(
                "g-pick", "One by one", "Economy", [Part(n, [Paragraph(f"About {n}.")]) for n in ("Aland", "Beria")]
            ),
            grid,
            Folded("Behind a cell", [Paragraph("What lies behind a cell.")], "g-behind"),
            Paragraph("A warning.", "warning"),
        ],
    )


def placed() -> tuple[Drawing, pd.DataFrame]:
    """A map with places and arcs."""
    places = pd.DataFrame(
        [
            ("North Gate", 47.0, 55.5, "crossing"),
            ("East Port", 131.9, 43.1, "port"),
            ("Inland", 87.6, 43.8, "crossing"),
        ],
        columns=["name", "lon", "lat", "series"],
    )
    arcs = pd.DataFrame(
        [
            ("North Gate to Inland", "rail", 40.0, [(47.0, 55.5), (61.0, 54.0), (87.6, 43.8)]),
            ("Inland to East Port", "road", 4.0, [(87.6, 43.8), (131.9, 43.1)]),
        ],
        columns=["name", "series", "value", "path"],
    )
    colours = {"rail": "joint", "road": "warn", "crossing": "ink", "port": "a"}
    twin = arcs.drop(columns="path")
    return route_map(places, arcs, colours, Scale(" Mt", 1, signed=False)), twin


def planned() -> tuple[Drawing, pd.DataFrame]:
    """Works over years."""
    frame = pd.DataFrame(
        [
            ("Second track at the gate, with a new yard for reloading", "being built", 2026, 2028, ""),
            ("Second track at the gate, with a new yard for reloading", "in use", 2029, 2036, "+120"),
            ("Papers without paper", "being built", 2026, 2026, ""),
            ("Papers without paper", "in use", 2027, 2036, "+340"),
        ],
        columns=["row", "series", "start", "end", "words"],
    )
    return gantt(frame, {"being built": "joint", "in use": "gain"}, deadline=2030, label="2030"), frame


def short_of_targets() -> tuple[Drawing, pd.DataFrame]:
    """Many short ranges on one side of zero beside a long one across it."""
    frame = pd.DataFrame(
        [
            ("Share of what is made at home in all that is used of advanced goods and services", -35.4, -28.7, -21.4),
            ("Sales by way of corridors", -31.2, -23.0, -8.2),
            ("Purchases as a share of income", -19.1, -13.5, -7.8),
            ("Sales of food", -58.0, -7.6, 106.8),
        ],
        columns=["row", "low", "central", "high"],
    ).assign(series="Aland")
    return intervals(frame, {"Aland": "a"}, Scale(" %", 1)), frame


def reached() -> tuple[Drawing, pd.DataFrame]:
    """A frontier and points beside it."""
    rows = [("frontier", 0.2 * i, 1 - 0.03 * i * i, "", True, 0, 0, 0, 0) for i in range(6)]
    rows += [("chosen", 0.5, 0.6, "chosen", False, 0.3, 0.8, 0.4, 0.7), ("today", 0.1, 0.1, "", False, 0, 0.2, 0, 0.2)]
    names = ["series", "x", "y", "label", "joined", "x_low", "x_high", "y_low", "y_high"]
    frame = pd.DataFrame(rows, columns=names)
    part = frame.assign(x_low=frame["x_low"].where(frame["series"] != "frontier"))
    colours = {"frontier": "joint", "chosen": "gain", "today": "third"}
    axes = Axis(name="Aland, %", scale=Scale("", 2)), Axis(name="Beria, %", scale=Scale("", 2))
    return plane(part, colours, *axes), frame
