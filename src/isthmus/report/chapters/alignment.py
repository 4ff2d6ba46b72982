"""Where the plans meet: a matrix of themes and relations with both passages behind each count, the gaps, the error rates."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from isthmus.report.blocks import Block, Cell, Chapter, Columns, Figure, Folded, Grid, Paragraph, Points
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import heatmap
from isthmus.report.embed import records
from isthmus.report.locale import Translator
from isthmus.report.wording import bounded, theme_name
from isthmus.study.station import Facts, Findings

RELATIONS = ("same", "complement", "conflict", "related")
BANDS = ("confident", "check", "weak")
TONES = {"complement": "gain", "conflict": "loss"}
SHOWN_GAPS = 8
ECONOMIC = {"complementary": "complement", "competing": "conflict", "neutral": "neutral", "uncertain": "uncertain"}
"""Words of this chapter for the relations found by the model."""


def chapter(findings: Findings, text: Translator) -> Chapter | None:
    """Write the chapter; None when the plans were not aligned.

    The section ``alignment`` has the facts partners, left, right, left_targets, right_targets, accepted, relations, bands,
    gaps, models, measured and review, and the tables links, unmatched, matrix and stale_verdicts.
    """
    if "alignment" not in findings:
        return None
    facts, tables = findings["alignment"].facts, findings["alignment"].tables
    links = tables["links"]
    names = _names(facts, text)
    blocks: list[Block | None] = [
        Paragraph(text("alignment.how", models=text.list(list(facts["models"])))),
        _matrix(tables["matrix"], text),
        *_passages(links, names, text),
        economics(findings, text),
        _bands(facts, text),
        *_errors(facts, text),
        *_gaps(tables["unmatched"], facts, names, text),
        *_stale(tables["stale_verdicts"], text),
    ]
    return Chapter(
        name="alignment",
        short=text("alignment.short"),
        title=_title(facts, text),
        lead=_lead(facts, names, text),
        blocks=[block for block in blocks if block is not None],
    )


def _names(facts: Facts, text: Translator) -> dict[str, str]:
    """Return the partners' names by side."""
    codes = zip(("left", "right"), facts["partners"], strict=True)
    return {side: text.named(facts["names"].get(code, {}), code) for side, code in codes}


def _title(facts: Facts, text: Translator) -> str:
    if not facts["accepted"]:
        return text("alignment.title_none")
    counts = {name: int(facts["relations"].get(name, 0)) for name in RELATIONS}
    weak, (gaps_a, gaps_b) = int(facts["bands"].get("weak", 0)), facts["gaps"]
    return text("alignment.title", n=int(facts["accepted"]), weak=weak, **counts, gaps_a=gaps_a, gaps_b=gaps_b)


def _lead(facts: Facts, names: Mapping[str, str], text: Translator) -> str:
    """Say what was compared: how many statements, and how many targets they hold."""
    targets = {f"{side}_targets": text("plans.targets", n=int(facts[f"{side}_targets"])) for side in ("left", "right")}
    return text(
        "alignment.lead", left=facts["left"], right=facts["right"], a=names["left"], b=names["right"], **targets
    )


def _matrix(matrix: pd.DataFrame, text: Translator) -> Figure | None:
    if matrix.empty or not matrix["links"].sum():
        return None
    filled = matrix[matrix["links"] > 0]
    sums = filled.groupby("theme")["links"].sum().sort_values(ascending=False, kind="stable")
    order, most = sums.index, [str(theme) for theme in sums.index[sums == sums.max()]]
    cells = [
        {
            "x": text.of("alignment.relation", relation),
            "y": theme_name(theme, text),
            "value": int(_count(matrix, theme, relation)) or None,
            "opens": _cell_name(theme, relation),
        }
        for theme in order
        for relation in RELATIONS
    ]
    frame = pd.DataFrame(cells).astype({"value": float})
    drawing = heatmap(frame, Scale(digits=0, signed=False), diverging=False)
    total = matrix.groupby("relation")["links"].sum()
    leading = max(RELATIONS, key=lambda name: int(total.get(name, 0)))
    heads = {"x": "relation", "y": "theme", "value": "links"}
    twin = frame[list(heads)].rename(columns={name: text.of("alignment.column", key) for name, key in heads.items()})
    return Figure(
        name="alignment-matrix",
        title=text(
            "alignment.matrix",
            themes=text.list([theme_name(theme, text) for theme in most]),
            relation=text.of("alignment.relation", leading),
        ),
        alt=text("alignment.matrix_alt"),
        option=drawing.option,
        twin=twin.dropna(),
        source=text("alignment.matrix_source"),
        height=drawing.height,
    )


def _cell_name(theme: str, relation: str) -> str:
    """Return the identifier of the folded passages behind a cell of the matrix."""
    return "-".join(["alignment", relation, *theme.split()])


def _count(matrix: pd.DataFrame, theme: str, relation: str) -> int:
    return int(matrix.loc[(matrix["theme"] == theme) & (matrix["relation"] == relation), "links"].sum())


def _passages(links: pd.DataFrame, names: Mapping[str, str], text: Translator) -> list[Block]:
    """Return one folded table for every cell of the matrix, with both passages of each link; the best link comes first."""
    accepted = links[links["accepted"]]
    if accepted.empty:
        return []
    themes = [a or b for a, b in zip(accepted["left_theme"], accepted["right_theme"], strict=True)]
    accepted = accepted.assign(theme=themes)
    blocks: list[Block] = [Paragraph(text("alignment.passages"), "muted")]
    best_first = accepted.sort_values("score", ascending=False, kind="stable")
    for (theme, relation), part in best_first.groupby(["theme", "relation"], sort=False):
        summary = text(
            "alignment.cell", n=len(part), relation=text.of("alignment.relation", str(relation)),
            theme=theme_name(str(theme), text),
        )  # fmt: skip
        grid = _link_grid(part, str(relation), names, text)
        blocks.append(Folded(summary, [grid], _cell_name(str(theme), str(relation))))
    return blocks


def _link_grid(part: pd.DataFrame, relation: str, names: Mapping[str, str], text: Translator) -> Grid:
    rows: list[list[str | Cell]] = []
    for row in records(part):
        band = text.of("alignment.band", str(row["band"]))
        rows.append(
            [
                _quotation(row, "left", text),
                _quotation(row, "right", text),
                Cell(reason(row, text), tone=TONES.get(relation, ""), tag=_reviewed(row, text)),
                Cell(text.number(float(row["score"]), 2), tag="" if row["band"] == "confident" else band),
            ]
        )
    return Grid(
        title=text.of("alignment.relation_means", relation),
        columns=[names["left"], names["right"], text("alignment.column.reason"), text("alignment.column.score")],
        rows=rows,
        numeric=(3,),
        csv="links",
    )


def _quotation(row: Mapping[str, Any], side: str, text: Translator) -> Cell:
    """Return a passage in its language with file and page."""
    return Cell(str(row[f"{side}_text"]), lang=str(row[f"{side}_lang"]), tag=_place(row, f"{side}_", text))


def _place(row: Mapping[str, Any], prefix: str, text: Translator) -> str:
    file, page = str(row[f"{prefix}file"] or ""), str(row[f"{prefix}page"] or "")
    if file and page:
        return text("alignment.place", file=file, page=page)
    return file


def reason(row: Mapping[str, Any], text: Translator) -> str:
    """Say why a link has its relation, with the two numbers that decided it and the analyst's note."""
    said = text.of(
        "alignment.reason", str(row["rule"]), left=_number(row, "left", text), right=_number(row, "right", text)
    )
    return f"{said} — {row['note']}" if row["note"] else said


def _number(row: Mapping[str, Any], side: str, text: Translator) -> str:
    """Write the number of a side that decided the relation with its year, or the detail as the table has it."""
    value = float(row[f"{side}_value"])
    if math.isnan(value):
        return str(row[f"{side}_detail"])
    unit, operator, direction = (str(row[f"{side}_{name}"]) for name in ("unit", "operator", "direction"))
    theme, lang = str(row[f"{side}_theme"]), str(row[f"{side}_lang"])
    number = bounded(value, unit, operator, direction, text, theme=theme, lang=lang)
    year = str(row[f"{side}_year"] or "")
    return text("alignment.dated", number=number, year=year) if year else number


def _reviewed(row: Mapping[str, Any], text: Translator) -> str:
    return text.of("alignment.verdict", str(row["verdict"])) if row["verdict"] else ""


def economics(findings: Findings, text: Translator) -> Grid | Paragraph:
    """Set the relation read from the text against the one found by economics, where both speak of a pair of targets."""
    pairs = findings["outcomes"].tables.get("pairs") if "outcomes" in findings else None
    found = [] if pairs is None else _joined(findings, pairs)
    if not found:
        return Paragraph(text("alignment.no_economics"), "muted")
    linked = [row for row in found if row["text"]]
    return Grid(
        title=text(
            "alignment.economics", n=len(found), linked=len(linked),
            agree=sum(row["text"] == row["economic"] for row in linked),
        ),
        columns=[text.of("alignment.column", name) for name in ("pulling", "pulled", "relation", "economic", "effect")],
        rows=[
            [
                _target_name(row["target"], findings, text),
                _target_name(row["owned"], findings, text),
                text.of("alignment.relation", row["text"]) if row["text"] else text("alignment.not_linked"),
                Cell(text.of("alignment.relation", row["economic"]), tone="" if row["text"] == row["economic"] else "mark"),
                text.number(row["effect"], 2),
            ]
            for row in found
        ],
        numeric=(4,),
        source=text("alignment.economics_source"),
        csv="pairs",
        fold=SHOWN_GAPS,
    )  # fmt: skip


def _joined(findings: Findings, pairs: pd.DataFrame) -> list[dict[str, Any]]:
    """Join the relation of passages with that of targets: link, extracted target, curated target, pair of outcomes.

    Kept are pairs across the two plans that a link connects, and pairs that help or hinder each other without one. Links
    come first, then the largest effects.
    """
    facts = findings["outcomes"].facts
    owned = {outcome["id"]: outcome["target"] for outcome in facts.get("outcomes", []) if outcome.get("target")}
    said = _said(findings)
    written = _written(findings)
    rows = []
    for row in records(pairs[pairs["target_owner"] != pairs["outcome_owner"]]):
        target, other, economic = str(row["target"]), owned.get(row["outcome"], ""), str(row["relation"])
        told = said.get(frozenset((target, other)), "")
        if told or (economic in ("complementary", "competing") and {target, other} <= written):
            effect = float(row["effect_pct"])
            rows.append(
                {"target": target, "owned": other, "text": told, "economic": ECONOMIC[economic], "effect": effect}
            )
    return sorted(rows, key=lambda row: (not row["text"], -abs(row["effect"]), row["target"]))


def _said(findings: Findings) -> dict[frozenset[str], str]:
    """Return the relation of accepted links by their two curated targets."""
    links = findings["alignment"].tables["links"]
    curated = _curated(findings)
    return {
        frozenset((a, b)): str(row["relation"])
        for row in records(links[links["accepted"]])
        for a in curated.get(str(row["left"]), [str(row["left"])])
        for b in curated.get(str(row["right"]), [str(row["right"])])
    }


def _curated(findings: Findings) -> dict[str, list[str]]:
    """Return the curated targets of each target read from a document."""
    matches = findings["plans"].tables.get("extraction_match") if "plans" in findings else None
    found: dict[str, list[str]] = {}
    for row in [] if matches is None else records(matches[matches["extracted"].astype(bool)]):
        found.setdefault(str(row["extracted"]), []).append(str(row["target"]))
    return found


def _written(findings: Findings) -> set[str]:
    """Return the curated targets that the compared plans state: those found in documents, else all."""
    curated = _curated(findings)
    return {target for targets in curated.values() for target in targets} or set(findings["outcomes"].facts["targets"])


def _target_name(target: str, findings: Findings, text: Translator) -> str:
    return text.named(findings["outcomes"].facts.get("targets", {}).get(target, {}), target)


def _bands(facts: Facts, text: Translator) -> Points:
    items = [text.of("alignment.band_of", band, n=int(facts["bands"].get(band, 0))) for band in BANDS]
    return Points(text("alignment.bands"), items)


def _errors(facts: Facts, text: Translator) -> list[Block]:
    """Say how often the machine was right: on the reference statements, and on what the analyst decided."""
    blocks: list[Block] = []
    measured = facts["measured"]
    if measured:
        shares = {
            name: text.percent(100 * float(measured[name]), 0)
            for name in ("top1", "top3", "precision", "recall", "false_links")
        }
        blocks.append(Paragraph(text("alignment.measured", n=int(measured["pairs"]), **shares)))
        relation = {name: text.percent(100 * float(measured[name]), 0) for name in ("agreement", "agreement_numbers")}
        blocks.append(Paragraph(text("alignment.measured_relations", **relation)))
    else:
        blocks.append(Paragraph(text("alignment.not_measured"), "warning"))
    review = facts["review"]
    if review["proposed"]:
        blocks.append(Paragraph(text("alignment.reviewed", n=int(review["proposed"]), kept=int(review["kept"]),
                                     relation_kept=int(review["relation_kept"]))))  # fmt: skip
    elif not review["decided"]:
        blocks.append(Paragraph(text("alignment.not_reviewed"), "muted"))
    return blocks


def _gaps(unmatched: pd.DataFrame, facts: Facts, names: Mapping[str, str], text: Translator) -> list[Block]:
    """Show what each plan wants and the other does not answer, side by side."""
    grids = []
    for side, count in zip(("left", "right"), facts["gaps"], strict=True):
        part = unmatched[(unmatched["side"] == side) & ~unmatched["answered_in_part"].astype(bool)].drop_duplicates(
            "text"
        )
        other = names["right" if side == "left" else "left"]
        rows: list[list[str | Cell]] = [
            [
                Cell(str(row["text"]), lang=str(row["lang"]), tag=_place(row, "", text)),
                theme_name(str(row["theme"]), text),
            ]
            for row in records(part)
        ]
        grids.append(
            Grid(
                title=text("alignment.gaps_of", n=int(count), name=names[side], other=other),
                columns=[text("alignment.column.statement"), text("alignment.column.theme")],
                rows=rows,
                csv="unmatched",
                fold=SHOWN_GAPS,
            )
        )
    return [Paragraph(text("alignment.gaps")), Columns(grids)]


def _stale(stale: pd.DataFrame, text: Translator) -> list[Block]:
    if stale.empty:
        return []
    rows: Sequence[Sequence[str | Cell]] = [
        [str(row["left_text"] or row["left_digest"]), str(row["right_text"] or row["right_digest"]),
         text.of("alignment.verdict", str(row["decision"]))]
        for row in records(stale)
    ]  # fmt: skip
    columns = [text("alignment.column.first"), text("alignment.column.second"), text("alignment.column.verdict")]
    return [Grid(title=text("alignment.stale", n=len(rows)), columns=columns, rows=rows, csv="stale_verdicts", fold=6)]
