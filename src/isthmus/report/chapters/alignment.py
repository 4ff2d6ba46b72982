"""Where the plans meet: a matrix of themes and relations with both passages behind each count, the gaps, the error rates.

Two partners make one pair and are told as such; of more partners every pair has its matrix behind a list.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from isthmus.report.blocks import (
    Annex,
    Block,
    Cell,
    Chapter,
    Columns,
    Figure,
    Grid,
    Paragraph,
    Part,
    Picker,
)
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import heatmap
from isthmus.report.judged import economics
from isthmus.report.link_tables import anchor, cell_name, fold_name, pair_name, passages_of_cells, passages_of_pairs
from isthmus.report.locale import Translator
from isthmus.report.passages import place
from isthmus.report.talks import talks, talks_title, to_talk_about
from isthmus.report.trust import how_far
from isthmus.report.wording import theme_name
from isthmus.study.alignment import AlignmentSection
from isthmus.study.alignment_rows import AlignedPairRow, GapRow, LinkRow, MatrixRow, StaleRow
from isthmus.study.plans import PlansSection
from isthmus.study.section import Table
from isthmus.study.station import Findings

RELATIONS = ("same", "complement", "conflict", "related")
SHOWN_GAPS = 8


def chapter(section: AlignmentSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter; relations read from the text stand beside those found by economics, where there are any."""
    section = _digests_named(section, findings, text)
    names = {code: text.named(section.economy_names.get(code, {}), code) for code in section.partners}
    pairs = section.alignment_pairs.rows
    several = len(pairs) > 1
    found, counted, lead = to_talk_about(section), _title(section, several, text), _lead(section, names, several, text)
    blocks: list[Block | None] = [
        *talks(section, findings, text),
        *(
            _pairs(section, names, text)
            if several
            else [_matrix(section, section.matrix.rows, pairs[0], several, text)]
        ),
        Annex(
            [
                Paragraph(text("alignment.how", models=text.list(section.models))),
                *how_far(section, text),
                *(passages_of_pairs if several else passages_of_cells)(section, findings, names, text),
            ]
        ),
        economics(section, findings, text),
        Annex((_gaps_of_partners if several else _gaps)(section, names, text)),
        *_silent(section, names, text),
        *_stale(section.stale_verdicts.rows, text),
    ]
    return Chapter(
        name="alignment",
        short=text("alignment.short"),
        title=talks_title(found, text) if found else counted,
        lead=text("alignment.lead_counted", counted=counted, lead=lead) if found else lead,
        blocks=[block for block in blocks if block is not None],
    )


def _digests_named(section: AlignmentSection, findings: Findings, text: Translator) -> AlignmentSection:
    """Return the section with a digest called one wherever a passage of it is shown."""
    plans = findings.get(PlansSection)
    named = {d.file: text("alignment.digest", file=d.file) for d in plans.documents if d.digest} if plans else {}
    links = section.links.frame.replace({"left_file": named, "right_file": named})
    gaps = section.unmatched.frame.replace({"file": named})
    return replace(section, links=Table(LinkRow, links), unmatched=Table(GapRow, gaps))


def _title(section: AlignmentSection, several: bool, text: Translator) -> str:
    """Count every accepted link, as the chart does, and say how many share one aim, or first that most are weak."""
    counts = Counter[str]()
    for row in section.matrix.rows:
        counts[row.relation] += row.links
    if not counts.total():
        return text("alignment.title_none_of_several" if several else "alignment.title_none")
    told = {name: counts[name] for name in RELATIONS}
    weak = section.bands.get("weak", 0)
    if 2 * weak > counts.total():
        return text("alignment.title_weak", n=counts.total(), weak=weak, **told)
    tier = "object" if not section.accepted else "both" if section.accepted < counts.total() else "aim"
    return text(
        "alignment.title_of_several" if several else "alignment.title",
        n=counts.total(),
        partners=len(section.partners) - len(section.silent),
        tiers=text.of("alignment.tiers", tier, close=section.accepted, weak=weak),
        **told,
    )


def _lead(section: AlignmentSection, names: Mapping[str, str], several: bool, text: Translator) -> str:
    """Say what was compared: how many statements, and how many targets they hold."""
    held: dict[str, tuple[int, int]] = {}
    for row in section.alignment_pairs.rows:
        held[row.left] = row.left_statements, row.left_targets
        held[row.right] = row.right_statements, row.right_targets
    targets = {code: text("plans.targets", n=count) for code, (_, count) in held.items()}
    if several:
        order = [code for code in section.partners if code in held]
        told = [text("alignment.side", n=held[c][0], name=names[c], targets=targets[c]) for c in order]
        return text("alignment.lead_of_several", sides=text.list(told))
    (row,) = section.alignment_pairs.rows
    sides = {"a": names[row.left], "b": names[row.right]}
    compared = text(
        "alignment.lead", left=row.left_statements, right=row.right_statements,
        left_targets=targets[row.left], right_targets=targets[row.right], **sides,
    )  # fmt: skip
    if not (row.left_spoken and row.right_spoken):
        return compared
    origin = "rows" if section.spoken_by_rows else "own"
    spoken = text.of("alignment.lead_spoken", origin, left=row.left_spoken, right=row.right_spoken, **sides)
    return text("common.space").join((compared, spoken))


def _pairs(section: AlignmentSection, names: Mapping[str, str], text: Translator) -> list[Block | None]:
    """Draw the number of links by pair and relation, and behind a list the matrix of each pair."""
    links = Counter[tuple[str, str]]()
    for row in section.matrix.rows:
        links[row.pair, row.relation] += row.links
    if not links.total():
        return []
    pairs = section.alignment_pairs.rows
    called = {pair.pair: pair_name(pair, names, text) for pair in pairs}
    cells = [
        {
            "x": text.of("alignment.relation_both", relation),
            "y": called[pair.pair],
            "value": links[pair.pair, relation] or None,
        }
        for pair in pairs
        for relation in RELATIONS
    ]
    frame = pd.DataFrame(cells).astype({"value": float})
    drawing = heatmap(frame, Scale(digits=0, signed=False), diverging=False)
    most = max(pairs, key=lambda pair: sum(links[pair.pair, relation] for relation in RELATIONS))
    leading = max(RELATIONS, key=lambda name: sum(links[pair.pair, name] for pair in pairs))
    heads = {"x": "relation", "y": "pair", "value": "links"}
    figure = Figure(
        name="alignment-pairs",
        title=text("alignment.pairs", pair=called[most.pair], relation=text.of("alignment.relation_both", leading)),
        alt=text("alignment.pairs_alt"),
        option=drawing.option,
        twin=frame.rename(columns={name: text.of("alignment.column", key) for name, key in heads.items()}).dropna(),
        source=_counted_in(section, "pairs_source", "", text),
        height=drawing.height,
    )
    drawn = [(pair, _matrix(section, _rows_of(section, pair), pair, True, text)) for pair in pairs]
    parts = [Part(called[pair.pair], [matrix]) for pair, matrix in drawn if matrix]
    label = text.of("alignment.column", "pair")
    return [figure, Picker("alignment-by-pair", text("alignment.by_pair"), label, parts)]


def _rows_of(section: AlignmentSection, pair: AlignedPairRow) -> list[MatrixRow]:
    return [row for row in section.matrix.rows if row.pair == pair.pair]


def _matrix(
    section: AlignmentSection, rows: Sequence[MatrixRow], pair: AlignedPairRow, several: bool, text: Translator
) -> Figure | None:
    """Draw a pair's number of links by theme and relation, of both tiers; a click opens the passages."""
    links, by_theme, by_relation = dict[tuple[str, str], int](), Counter[str](), Counter[str]()
    for row in rows:
        links[row.theme, row.relation] = row.links
        by_theme[row.theme] += row.links
        by_relation[row.relation] += row.links
    order = [theme for theme, count in by_theme.most_common() if count]
    if not order:
        return None
    most = [theme for theme in order if by_theme[theme] == by_theme[order[0]]]
    cells = [
        {
            "x": text.of("alignment.relation_both", relation),
            "y": theme_name(theme, text),
            "value": links.get((theme, relation)) or None,
            "opens": (fold_name(pair) if several else cell_name(theme, relation))
            if links.get((theme, relation))
            else "",
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
        name=anchor("alignment-matrix", pair.pair) if several else "alignment-matrix",
        title=text(
            "alignment.matrix",
            themes=text.list([theme_name(theme, text) for theme in most]),
            relation=text.of("alignment.relation_both", leading),
        ),
        alt=text("alignment.matrix_alt"),
        option=drawing.option,
        twin=twin.dropna(),
        source=_counted_in(section, "matrix_source", pair.pair, text),
        height=drawing.height,
    )


def _counted_in(section: AlignmentSection, source: str, pair: str, text: Translator) -> str:
    """Say what a chart counts, and how many pairs about one object it leaves out, of one pair of partners or of all."""
    idle = sum(row.relation == "related" and pair in ("", row.pair) for row in section.objects.rows)
    left_out = [text("alignment.left_out", n=idle)] if idle else []
    return text("common.space").join([text.of("alignment", source), *left_out])


def _gaps(section: AlignmentSection, names: Mapping[str, str], text: Translator) -> list[Block]:
    """Show what each plan wants and the other does not answer, side by side."""
    (pair,) = section.alignment_pairs.rows
    grids = []
    for side, name, other, count in (
        ("left", names[pair.left], names[pair.right], pair.left_gaps),
        ("right", names[pair.right], names[pair.left], pair.right_gaps),
    ):
        open_rows = [row for row in section.unmatched.rows if row.side == side and not row.answered_in_part]
        grids.append(
            Grid(
                title=text("alignment.gaps_of", n=count, name=name, other=other),
                columns=[text("alignment.column.statement"), text("alignment.column.theme")],
                rows=[[_statement(row, text), theme_name(row.theme, text)] for row in _by_text(open_rows).values()],
                csv="unmatched",
                fold=SHOWN_GAPS,
            )
        )
    return [Paragraph(text("alignment.gaps")), Columns(grids)]


def _by_text(rows: Sequence[GapRow]) -> dict[str, GapRow]:
    """Return the first row of each different statement."""
    found: dict[str, GapRow] = {}
    for row in rows:
        found.setdefault(row.text, row)
    return found


def _statement(row: GapRow, text: Translator) -> Cell:
    return Cell(row.text, lang=row.lang, tag=place(row.file, row.page, text))


def _gaps_of_partners(section: AlignmentSection, names: Mapping[str, str], text: Translator) -> list[Block]:
    """Show of each partner what at least one other plan does not answer, with who does and who does not."""
    blocks: list[Block] = [Paragraph(text("alignment.gaps_of_several"))]
    for code in section.partners:
        missed: dict[str, list[GapRow]] = {}
        for row in section.unmatched.rows:
            if row.partner == code and not row.answered_in_part:
                missed.setdefault(row.text, []).append(row)
        none = sum(not any(row.answered_by for row in same) for same in missed.values())
        heads = ("statement", "theme", "unanswered", "answered")
        grid = Grid(
            title=text("alignment.gaps_of_partner", n=len(missed), name=names[code], none=none),
            columns=[text.of("alignment.column", name) for name in heads],
            rows=[_missed(same, code, section.alignment_pairs.rows, names, text) for same in missed.values()],
            csv="unmatched",
            fold=SHOWN_GAPS,
            filters=(1, 2, 3),
        )
        blocks += [grid] if missed else []
    return blocks


def _missed(
    same: Sequence[GapRow], code: str, pairs: Sequence[AlignedPairRow], names: Mapping[str, str], text: Translator
) -> list[str | Cell]:
    """Return the row of a partner's statement that some plan does not answer."""
    other_of = {pair.pair: pair.right if pair.left == code else pair.left for pair in pairs}
    unanswered = dict.fromkeys(other_of[row.pair] for row in same)
    answered = dict.fromkeys(who for row in same for who in row.answered_by.split(";") if who)
    who = [text.list([names[one] for one in listed]) for listed in (unanswered, answered)]
    return [_statement(same[0], text), theme_name(same[0].theme, text), *who]


def _silent(section: AlignmentSection, names: Mapping[str, str], text: Translator) -> list[Block]:
    """Name the partners whose plans the study does not have."""
    if not section.silent:
        return []
    return [Paragraph(text("alignment.silent", names=text.list([names[code] for code in section.silent])), "warning")]


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
