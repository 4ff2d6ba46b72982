"""What each side says it wants: targets of both sides by theme, and how well they were read from the documents."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from isthmus.report.blocks import Block, Cell, Chapter, Columns, Figure, Grid, Paragraph
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import stacked
from isthmus.report.embed import records
from isthmus.report.locale import NO_BREAK, Translator
from isthmus.report.wording import OPERATORS, amount, theme_name, unit_name
from isthmus.study.station import Findings, Section

FOLD = 12
CHANGES = ("change_pct", "change_pp", "change_abs", "growth")


def chapter(findings: Findings, text: Translator) -> Chapter | None:
    """Write the chapter; None when the study has no targets."""
    if "plans" not in findings:
        return None
    section = findings["plans"]
    facts = section.facts
    blocks: list[Block | None] = [
        _documents(facts, text),
        _figure(section, text),
        _match(facts, text),
        Columns([_side(section, partner, text) for partner in facts["partners"]]),
        _differences(section, text),
        _extras(section, text),
    ]
    counts = facts["curated"] if any(c["all"] for c in facts["curated"].values()) else facts["extracted"]
    first, second = facts["partners"]
    return Chapter(
        name="plans",
        short=text("plans.short"),
        title=text(
            "plans.title",
            a_name=_name(facts, first, text),
            b_name=_name(facts, second, text),
            a_count=text("plans.targets", n=counts[first]["all"]),
            b_count=text("plans.targets", n=counts[second]["all"]),
        ),
        lead=text(
            "plans.lead",
            a_name=_name(facts, first, text),
            b_name=_name(facts, second, text),
            a_numbered=counts[first]["numbered"],
            b_numbered=counts[second]["numbered"],
        ),
        blocks=[block for block in blocks if block is not None],
    )


def _name(facts: Mapping[str, Any], code: str, text: Translator) -> str:
    return text.named(facts["names"].get(code, {}), code)


def _documents(facts: Mapping[str, Any], text: Translator) -> Paragraph:
    """Say which documents were read, or that none were."""
    if not facts["documents"]:
        return Paragraph(text("plans.no_documents"), tone="warning")
    parts = [
        text(
            "plans.document",
            file=d["file"],
            name=_name(facts, d["partner"], text),
            count=text("plans.targets", n=d["targets"]),
        )
        for d in facts["documents"]
    ]
    written = text("plans.documents", parts=text.list(parts))
    reported = sum(d["reported"] for d in facts["documents"])
    return Paragraph(f"{written} {text('plans.reported', n=reported)}" if reported else written)


def _figure(section: Section, text: Translator) -> Figure | None:
    """Draw the number of targets by theme, both partners side by side."""
    facts, themes = section.facts, section.tables["themes"]
    origin = "curated" if any(c["all"] for c in facts["curated"].values()) else "extracted"
    rows = [
        {"row": theme_name(r["theme"], text), "series": _name(facts, r["partner"], text), "value": float(r["targets"])}
        for r in records(themes)
        if r["origin"] == origin
    ]
    frame = pd.DataFrame(rows, columns=["row", "series", "value"])
    order = frame.groupby("row")["value"].sum()
    frame = frame[frame["row"].map(order) > 0].sort_values("row", key=lambda names: -names.map(order), kind="stable")
    if frame.empty:
        return None
    partners = [_name(facts, code, text) for code in facts["partners"]]
    frame["series"] = pd.Categorical(frame["series"], partners, ordered=True)
    frame = frame.sort_values("series", kind="stable").astype({"series": str})
    frame = frame.sort_values("row", key=lambda names: -names.map(order), kind="stable")
    drawing = stacked(frame, Scale(digits=0, signed=False), colours=dict(zip(partners, ("a", "b"), strict=True)))
    wide = frame.pivot(index="row", columns="series", values="value").loc[list(dict.fromkeys(frame["row"])), partners]
    single = [row for row in wide.index if (wide.loc[row] == 0).any()]
    title = text("plans.figure_both")
    if single:
        named = text("common.semicolon").join(single)
        title = text("plans.figure_single", n=len(single), total=len(wide), themes=named)
    twin = wide.reset_index().rename(columns={"row": text("plans.column.theme")})
    return Figure(
        name="plans-themes",
        title=title,
        alt=text("plans.alt"),
        option=drawing.option,
        twin=twin,
        source=text.of("plans.source", origin),
        height=drawing.height,
    )


def _match(facts: Mapping[str, Any], text: Translator) -> Grid | None:
    """Show how many curated targets were found in the documents, as they are, differently, or not at all."""
    if "comparison" not in facts:
        return None
    each = facts["comparison"]
    total = {name: sum(counts[name] for counts in each.values()) for name in ("match", "differs", "missed", "extra")}
    curated = total["match"] + total["differs"] + total["missed"]
    outcomes = ("match", "differs", "missed", "extra")
    rows = [[_name(facts, code, text), *(str(each[code][name]) for name in outcomes)] for code in facts["partners"]]
    rows.append([text("plans.both"), *(str(total[name]) for name in outcomes)])
    return Grid(
        title=text(
            "plans.match_title", match=total["match"], curated=curated, differs=total["differs"], missed=total["missed"]
        ),
        columns=[text("plans.column.side"), *(text.of("plans.outcome", name) for name in outcomes)],
        rows=rows,
        numeric=(1, 2, 3, 4),
        source=text("plans.match_source"),
        csv="extraction_match",
    )


def _side(section: Section, partner: str, text: Translator) -> Grid:
    """List the targets of one side by theme, those that are not verified marked."""
    facts = section.facts
    name = "targets" if len(section.tables["targets"]) else "extracted_targets"
    own = [row for row in records(section.tables[name]) if row["partner"] == partner]
    own.sort(key=lambda row: theme_name(row["theme"], text))
    rows: list[Sequence[str | Cell]] = [
        [
            theme_name(row["theme"], text),
            _indicator(row, text),
            Cell(_aim(row, text), title=row["source"], tag=_tag(row, text)),
            _year(row),
        ]
        for row in own
    ]
    columns = [text.of("plans.column", c) for c in ("theme", "indicator", "aim", "year")]
    marked = facts["curated"][partner]["marked"] if name == "targets" else 0
    return Grid(
        title=text("plans.side_title", name=_name(facts, partner, text), count=text("plans.targets", n=len(own))),
        columns=columns,
        rows=rows,
        numeric=(3,),
        source=text("plans.side_source", n=marked),
        csv=name,
        fold=FOLD,
        filters=(0, 3),
    )


def _indicator(row: Mapping[str, Any], text: Translator) -> "str | Cell":
    """Return the indicator in the reader's language where there is one, else as quoted with its language."""
    own = {"ru": row["indicator_ru"], "zh": row["indicator_zh"], "en": row["indicator"]}[text.language]
    curated = bool(row["indicator_ru"] or row["indicator_zh"])
    if own and (curated or row["lang"] == text.language):
        return str(own)
    return Cell(row["indicator"], lang="en" if curated else row["lang"])


def _tag(row: Mapping[str, Any], text: Translator) -> str:
    return "" if row["status"] == "verified" else text.of("common.status", str(row["status"]))


def _aim(row: Mapping[str, Any], text: Translator) -> str:
    """Write operator, value and unit, what kind of number it is, and from what a change is counted."""
    kind = str(row["kind"])
    if not _given(row["value"]):
        return text.of("plans.kind", kind)
    if kind == "rank":
        return text("plans.rank", n=text.number(row["value"], 0))
    value = ("×" if kind == "multiple" else "") + amount(row["value"], kind in CHANGES, text)
    unit = "" if kind == "multiple" else unit_name(str(row["unit"]), text, row["theme"])
    tied = unit.startswith("%") and text.language != "ru"
    parts = [OPERATORS.get(row["operator"], ""), value + (unit if tied else ""), "" if tied else unit]
    if text.has(f"plans.aim.{kind}"):
        parts.append(text.of("plans.aim", kind))
    aim = NO_BREAK.join(part for part in parts if part)
    return aim + _base(row, text)


def _dated_aim(row: Mapping[str, Any], text: Translator) -> str:
    """Write the aim with the year it is due, or that the text gives no year."""
    aim = _aim(row, text)
    return text("plans.due", aim=aim, year=_year(row)) if _given(row["year"]) else text("plans.undated", aim=aim)


def _base(row: Mapping[str, Any], text: Translator) -> str:
    """Say from what a target starts: the value of a level in its base year, the base year of a change."""
    if not _given(row["base_year"]):
        return ""
    year = int(row["base_year"])
    if row["kind"] in (*CHANGES, "multiple"):
        return text("plans.against", year=year)
    return (
        text("plans.start", value=amount(row["base_value"], False, text), year=year)
        if _given(row["base_value"])
        else ""
    )


def _given(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and math.isnan(value)) and not pd.isna(value)


def _year(row: Mapping[str, Any]) -> str:
    return str(int(row["year"])) if _given(row["year"]) else "–"


def _differences(section: Section, text: Translator) -> Grid | None:
    """List the curated targets that the documents give differently, or that were not found, beside what was read."""
    if "extraction_match" not in section.tables:
        return None
    wrong = [row for row in records(section.tables["extraction_match"]) if row["outcome"] != "match"]
    if not wrong:
        return None
    curated, extracted = (
        {row["id"]: row for row in records(section.tables[name])} for name in ("targets", "extracted_targets")
    )
    rows: list[Sequence[str | Cell]] = []
    for row in wrong:
        fact, found = curated[row["target"]], extracted.get(row["extracted"])
        fields = [text.of("plans.field", name) for name in str(row["differs"]).split(";") if name]
        what = text.list(fields) if fields else text.of("plans.outcome", "missed")
        rows.append(
            [
                _indicator(fact, text),
                what,
                Cell(_dated_aim(fact, text), title=fact["source"], tag=_tag(fact, text)),
                _dated_aim(found, text) if found else "–",
                Cell(row["passage"], lang=row["lang"]),
            ]
        )
    return Grid(
        title=text("plans.differences_title", n=len(wrong)),
        columns=[text.of("plans.column", c) for c in ("indicator", "differs", "curated", "read", "passage")],
        rows=rows,
        source=text("plans.differences_source"),
        csv="extraction_match",
        fold=FOLD,
    )


def _extras(section: Section, text: Translator) -> Grid | None:
    """List numbers found in the documents that no curated target has."""
    extras = records(section.tables["extraction_extra"]) if "extraction_extra" in section.tables else []
    if not extras:
        return None
    rows: list[Sequence[str | Cell]] = [
        [Cell(row["text"], lang=row["lang"]), _aim(row, text), _year(row)] for row in extras
    ]
    return Grid(
        title=text("plans.extras_title", n=len(extras)),
        columns=[text.of("plans.column", c) for c in ("passage", "aim", "year")],
        rows=rows,
        numeric=(2,),
        source=text("plans.extras_source"),
        csv="extraction_extra",
        fold=FOLD,
    )
