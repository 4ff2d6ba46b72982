"""Where the plans meet: a matrix of themes and relations with both passages behind each count, the gaps, the error rates."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from isthmus.report.blocks import Block, Cell, Chapter, Columns, Figure, Folded, Grid, Paragraph, Points
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import heatmap
from isthmus.report.locale import Translator
from isthmus.report.talks import talks
from isthmus.report.wording import bounded, theme_name
from isthmus.study.alignment import AlignmentSection, LinkRow, StaleRow
from isthmus.study.outcomes import OutcomesSection
from isthmus.study.plans import PlansSection
from isthmus.study.station import Findings

RELATIONS = ("same", "complement", "conflict", "related")
BANDS = ("confident", "check", "weak")
TONES = {"complement": "gain", "conflict": "loss"}
SHOWN_GAPS = 8
ECONOMIC = {"complementary": "complement", "competing": "conflict", "neutral": "neutral", "uncertain": "uncertain"}
"""Words of this chapter for the relations found by the model."""


def chapter(section: AlignmentSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter; relations read from the text stand beside those found by economics, where there are any."""
    names = _names(section, text)
    blocks: list[Block | None] = [
        Paragraph(text("alignment.how", models=text.list(section.models))),
        _matrix(section, text),
        *talks(section, findings, text),
        *_passages(section.links.rows, names, text),
        economics(section, findings, text),
        _bands(section, text),
        *_errors(section, text),
        *_gaps(section, names, text),
        *_stale(section.stale_verdicts.rows, text),
    ]
    return Chapter(
        name="alignment",
        short=text("alignment.short"),
        title=_title(section, text),
        lead=_lead(section, names, text),
        blocks=[block for block in blocks if block is not None],
    )


def _names(section: AlignmentSection, text: Translator) -> dict[str, str]:
    """Return the partners' names by side."""
    codes = zip(("left", "right"), section.partners, strict=False)
    return {side: text.named(section.economy_names.get(code, {}), code) for side, code in codes}


def _title(section: AlignmentSection, text: Translator) -> str:
    """Count every accepted link, as the chart does, and say how many of them share one aim."""
    counts = Counter[str]()
    for row in section.matrix.rows:
        counts[row.relation] += row.links
    if not counts.total():
        return text("alignment.title_none")
    told = {name: counts[name] for name in RELATIONS}
    return text(
        "alignment.title",
        n=counts.total(),
        close=section.accepted,
        weak=section.bands.get("weak", 0),
        **told,
    )


def _lead(section: AlignmentSection, names: Mapping[str, str], text: Translator) -> str:
    """Say what was compared: how many statements, and how many targets they hold."""
    held = {"left_targets": section.left_targets, "right_targets": section.right_targets}
    targets = {name: text("plans.targets", n=count) for name, count in held.items()}
    return text("alignment.lead", left=section.left, right=section.right, a=names["left"], b=names["right"], **targets)


def _matrix(section: AlignmentSection, text: Translator) -> Figure | None:
    """Draw the number of pairs by theme and relation, of both tiers; a click opens the passages of one subject."""
    opened = {
        (r.left_theme or r.right_theme, r.relation) for r in section.links.rows if r.accepted and r.tier == "subject"
    }
    links, by_theme, by_relation = dict[tuple[str, str], int](), Counter[str](), Counter[str]()
    for row in section.matrix.rows:
        links[row.theme, row.relation] = row.links
        by_theme[row.theme] += row.links
        by_relation[row.relation] += row.links
    order = [theme for theme, count in by_theme.most_common() if count]
    if not order:
        return None
    most = [theme for theme in order if by_theme[theme] == by_theme[order[0]]]
    cells = [
        {
            "x": text.of("alignment.relation", relation),
            "y": theme_name(theme, text),
            "value": links.get((theme, relation)) or None,
            "opens": _cell_name(theme, relation) if (theme, relation) in opened else "",
        }
        for theme in order
        for relation in RELATIONS
    ]
    frame = pd.DataFrame(cells).astype({"value": float})
    drawing = heatmap(frame, Scale(digits=0, signed=False), diverging=False)
    leading = max(RELATIONS, key=lambda name: by_relation[name])
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


def _passages(links: Sequence[LinkRow], names: Mapping[str, str], text: Translator) -> list[Block]:
    """Return one folded table for every cell of the matrix, with both passages of each link; the best link comes first."""
    cells: dict[tuple[str, str], list[LinkRow]] = {}
    for row in sorted((row for row in links if row.accepted and row.tier == "subject"), key=lambda row: -row.score):
        cells.setdefault((row.left_theme or row.right_theme, row.relation), []).append(row)
    if not cells:
        return []
    blocks: list[Block] = [Paragraph(text("alignment.passages"), "muted")]
    for (theme, relation), part in cells.items():
        summary = text(
            "alignment.cell",
            n=len(part),
            relation=text.of("alignment.relation", relation),
            theme=theme_name(theme, text),
        )
        blocks.append(Folded(summary, [_link_grid(part, relation, names, text)], _cell_name(theme, relation)))
    return blocks


def _link_grid(part: Sequence[LinkRow], relation: str, names: Mapping[str, str], text: Translator) -> Grid:
    rows: list[list[str | Cell]] = []
    for row in part:
        band = text.of("alignment.band", row.band)
        rows.append(
            [
                _quotation(row, "left", text),
                _quotation(row, "right", text),
                Cell(reason(row, text), tone=TONES.get(relation, ""), tag=_reviewed(row, text)),
                Cell(text.number(row.score, 2), tag="" if row.band == "confident" else band),
            ]
        )
    return Grid(
        title=text.of("alignment.relation_means", relation),
        columns=[names["left"], names["right"], text("alignment.column.reason"), text("alignment.column.score")],
        rows=rows,
        numeric=(3,),
        csv="links",
    )


def _quotation(row: LinkRow, side: str, text: Translator) -> Cell:
    """Return a passage in its language with file and page."""
    if side == "left":
        return Cell(row.left_text, lang=row.left_lang, tag=_place(row.left_file, row.left_page, text))
    return Cell(row.right_text, lang=row.right_lang, tag=_place(row.right_file, row.right_page, text))


def _place(file: str, page: str, text: Translator) -> str:
    return text("alignment.place", file=file, page=page) if file and page else file


def reason(row: LinkRow, text: Translator) -> str:
    """Say why a link has its relation, with the two numbers that decided it and the analyst's note."""
    left = _number(
        row.left_value, (row.left_unit, row.left_operator, row.left_direction, row.left_year), row.left_detail,
        (row.left_theme, row.left_lang), text,
    )  # fmt: skip
    right = _number(
        row.right_value, (row.right_unit, row.right_operator, row.right_direction, row.right_year), row.right_detail,
        (row.right_theme, row.right_lang), text,
    )  # fmt: skip
    said = text.of("alignment.reason", row.rule, left=left, right=right)
    return f"{said} — {row.note}" if row.note else said


def _number(
    value: float | None,
    terms: tuple[str, str, str, str],
    detail: str,
    statement: tuple[str, str],
    text: Translator,
) -> str:
    """Write the number that decided the relation with its year, or the detail as the table has it.

    `terms` are unit, operator, direction and year, `statement` theme and language of the passage.
    """
    if value is None:
        return detail
    unit, operator, direction, year = terms
    theme, lang = statement
    number = bounded(value, unit, operator, direction, text, theme=theme, lang=lang)
    return text("alignment.dated", number=number, year=year) if year else number


def _reviewed(row: LinkRow, text: Translator) -> str:
    return text.of("alignment.verdict", row.verdict) if row.verdict else ""


@dataclass(frozen=True)
class _Judged:
    """A pair of targets with the relation read from the text and the one found by economics."""

    target: str
    owned: str
    text: str
    economic: str
    effect: float


def economics(section: AlignmentSection, findings: Findings, text: Translator) -> Grid | Paragraph:
    """Set the relation read from the text against the one found by economics, where both speak of a pair of targets."""
    outcomes = findings.get(OutcomesSection)
    found = _joined(section, outcomes, findings.get(PlansSection)) if outcomes else []
    if outcomes is None or not found:
        return Paragraph(text("alignment.no_economics"), "muted")
    linked = [row for row in found if row.text]
    return Grid(
        title=text(
            "alignment.economics", n=len(found), linked=len(linked),
            agree=sum(row.text == row.economic for row in linked),
        ),
        columns=[text.of("alignment.column", name) for name in ("pulling", "pulled", "relation", "economic", "effect")],
        rows=[
            [
                _target_name(row.target, outcomes, text),
                _target_name(row.owned, outcomes, text),
                text.of("alignment.relation", row.text) if row.text else text("alignment.not_linked"),
                Cell(text.of("alignment.relation", row.economic), tone="" if row.text == row.economic else "mark"),
                text.number(row.effect, 2),
            ]
            for row in found
        ],
        numeric=(4,),
        source=text("alignment.economics_source"),
        csv="pairs",
        fold=SHOWN_GAPS,
    )  # fmt: skip


def _joined(section: AlignmentSection, outcomes: OutcomesSection, plans: PlansSection | None) -> list[_Judged]:
    """Join the relation of passages with that of targets: link, extracted target, curated target, pair of outcomes.

    Kept are pairs across the two plans that a link connects, and pairs that help or hinder each other without one. Links
    come first, then the largest effects.
    """
    owned = {outcome.id: outcome.target for outcome in outcomes.aims if outcome.target}
    curated = _curated(plans)
    said, written = _said(section, curated), _written(curated, outcomes)
    rows = []
    for row in (row for row in outcomes.pairs.rows if row.target_owner != row.outcome_owner):
        target, other = row.target, owned.get(row.outcome, "")
        told = said.get(frozenset((target, other)), "")
        if told or (row.relation in ("complementary", "competing") and {target, other} <= written):
            rows.append(_Judged(target, other, told, ECONOMIC[row.relation], row.effect_pct))
    return sorted(rows, key=lambda row: (not row.text, -abs(row.effect), row.target))


def _said(section: AlignmentSection, curated: Mapping[str, Sequence[str]]) -> dict[frozenset[str], str]:
    """Return the relation of accepted links by their two curated targets."""
    return {
        frozenset((a, b)): row.relation
        for row in section.links.rows
        if row.accepted
        for a in curated.get(row.left, [row.left])
        for b in curated.get(row.right, [row.right])
    }


def _curated(plans: PlansSection | None) -> dict[str, list[str]]:
    """Return the curated targets of each target read from a document."""
    found: dict[str, list[str]] = {}
    for row in plans.extraction_match.rows if plans else ():
        if row.extracted:
            found.setdefault(row.extracted, []).append(row.target)
    return found


def _written(curated: Mapping[str, Sequence[str]], outcomes: OutcomesSection) -> set[str]:
    """Return the curated targets that the compared plans state: those found in documents, else all."""
    return {target for targets in curated.values() for target in targets} or set(outcomes.target_names)


def _target_name(target: str, outcomes: OutcomesSection, text: Translator) -> str:
    return text.named(outcomes.target_names.get(target, {}), target)


def _bands(section: AlignmentSection, text: Translator) -> Points:
    items = [text.of("alignment.band_of", band, n=section.bands.get(band, 0)) for band in BANDS]
    return Points(text("alignment.bands"), items)


def _errors(section: AlignmentSection, text: Translator) -> list[Block]:
    """Say how often the machine was right: on the reference statements, and on what the analyst decided."""
    blocks: list[Block] = []
    measured = section.measured
    if measured:
        shares = {
            name: text.percent(100 * measured[name], 0)
            for name in ("top1", "top3", "precision", "recall", "false_links")
        }
        blocks.append(Paragraph(text("alignment.measured", n=int(measured["pairs"]), **shares)))
        relation = {name: text.percent(100 * measured[name], 0) for name in ("agreement", "agreement_numbers")}
        blocks.append(Paragraph(text("alignment.measured_relations", **relation)))
    else:
        blocks.append(Paragraph(text("alignment.not_measured"), "warning"))
    review = section.review
    if review.proposed:
        blocks.append(Paragraph(text("alignment.reviewed", n=review.proposed, kept=review.kept,
                                     relation_kept=review.relation_kept)))  # fmt: skip
    elif not review.decided:
        blocks.append(Paragraph(text("alignment.not_reviewed"), "muted"))
    return blocks


def _gaps(section: AlignmentSection, names: Mapping[str, str], text: Translator) -> list[Block]:
    """Show what each plan wants and the other does not answer, side by side."""
    grids = []
    for side, count in zip(("left", "right"), section.gaps, strict=True):
        open_rows = [row for row in section.unmatched.rows if row.side == side and not row.answered_in_part]
        part = {row.text: row for row in reversed(open_rows)}
        other = names["right" if side == "left" else "left"]
        rows: list[list[str | Cell]] = [
            [Cell(words, lang=part[words].lang, tag=_place(part[words].file, part[words].page, text)),
             theme_name(part[words].theme, text)]
            for words in dict.fromkeys(row.text for row in open_rows)
        ]  # fmt: skip
        grids.append(
            Grid(
                title=text("alignment.gaps_of", n=count, name=names[side], other=other),
                columns=[text("alignment.column.statement"), text("alignment.column.theme")],
                rows=rows,
                csv="unmatched",
                fold=SHOWN_GAPS,
            )
        )
    return [Paragraph(text("alignment.gaps")), Columns(grids)]


def _stale(stale: Sequence[StaleRow], text: Translator) -> list[Block]:
    if not stale:
        return []
    rows: Sequence[Sequence[str | Cell]] = [
        [
            row.left_text or row.left_digest,
            row.right_text or row.right_digest,
            text.of("alignment.verdict", row.decision),
        ]
        for row in stale
    ]
    columns = [text("alignment.column.first"), text("alignment.column.second"), text("alignment.column.verdict")]
    return [Grid(title=text("alignment.stale", n=len(rows)), columns=columns, rows=rows, csv="stale_verdicts", fold=6)]
