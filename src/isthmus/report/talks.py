"""What two plans have to talk about: for each object and relation the best pair, with trade and the money of a measure."""

from collections.abc import Mapping, Sequence

from isthmus.report.blocks import Block, Cell, Grid, Paragraph
from isthmus.report.locale import Translator
from isthmus.report.wording import theme_name
from isthmus.study.alignment import AlignmentSection, ObjectRow
from isthmus.study.levers import LeversSection
from isthmus.study.station import Findings

TONES = {"complement": "gain", "conflict": "loss"}
SHOWN = 8
TALKS = ("same", "complement", "conflict")
"""Relations of an object that there is something to talk about, in the order in which they are shown."""


def talks(section: AlignmentSection, findings: Findings, text: Translator) -> list[Block]:
    """Show what to talk about: for each object and relation the best pair, with trade and the money of a measure."""
    if not section.objects.rows:
        return []
    items: dict[tuple[str, str], list[ObjectRow]] = {}
    for row in section.objects.rows:
        if row.relation in TALKS:
            items.setdefault((row.item or row.left_object, row.relation), []).append(row)
    for rows in items.values():
        rows.sort(key=lambda row: ("supplies" not in (row.left_role, row.right_role), -row.score))
    found = sorted(items.values(), key=lambda rows: (TALKS.index(rows[0].relation), -rows[0].score))
    counts = {relation: sum(rows[0].relation == relation for rows in found) for relation in TALKS}
    left, right = section.one_sided
    names = {code: text.named(section.economy_names.get(code, {}), code) for code in section.partners}
    first, second = section.partners[:2]
    grid = Grid(
        title=text("alignment.talks", n=len(found), **counts),
        columns=[
            text("alignment.column.theme"), text("alignment.column.kind"), names[first], names[second],
            text("alignment.column.reason"), text("alignment.column.more"), text("alignment.column.money"),
        ],
        rows=[_talk(rows, names, findings, text) for rows in found],
        numeric=(5,),
        source=text("alignment.talks_source"),
        csv="objects",
        fold=SHOWN,
        filters=(0, 1),
    )  # fmt: skip
    said = text(
        "alignment.one_sided", a=names[first], b=names[second], left=left, right=right,
        of_left=section.statements[0], of_right=section.statements[1],
    )  # fmt: skip
    return [grid, Paragraph(said), Paragraph(text("alignment.objects_measured"), "muted")]


def _talk(
    rows: Sequence[ObjectRow], names: Mapping[str, str], findings: Findings, text: Translator
) -> list[str | Cell]:
    """Return the row of one object and relation."""
    best = rows[0]
    sold = ""
    if best.sold_usd_m is not None and best.import_share_pct is not None:
        sold = text(
            "alignment.sold", seller=names[best.seller], buyer=names[best.buyer], year=best.trade_year or "",
            value=text.million_usd(best.sold_usd_m, signed=False), share=text.percent(best.import_share_pct, 0),
        )  # fmt: skip
    why = text.of("alignment.role_reason", best.rule)
    levers = dict.fromkeys(lever for row in rows for lever in row.levers.split(";") if lever)
    return [
        theme_name(best.theme, text),
        Cell(text.of("alignment.talk", best.relation), tone=TONES.get(best.relation, "")),
        _said_by(best.left_text, best.left_document, best.left_place, best.left_read, best.left_shared, text),
        _said_by(best.right_text, best.right_document, best.right_place, best.right_read, best.right_shared, text),
        f"{why} {sold}".strip(),
        str(len(rows) - 1),
        _money(list(levers), names, findings, text),
    ]


def _said_by(words: str, document: str, place: str, read: str, shared: bool, text: Translator) -> Cell:
    """Return a statement in our own words with its document, the place in it, and how it was read."""
    where = f"{document}, {place}" if place else document
    tags = [where, *([text("alignment.of_both")] if shared else []), text.of("alignment.read", read)]
    return Cell(words, lang="en", tag="; ".join(tags), tone="mark" if read == "unverified" else "")


def _money(levers: Sequence[str], names: Mapping[str, str], findings: Findings, text: Translator) -> str:
    """Say what the measures that hang on a pair are worth to each partner, in percent of real income."""
    section = findings.get(LeversSection)
    if section is None or not levers:
        return ""
    worth = {(row.lever, row.economy): row.central for row in section.lever_weights.rows}
    described = {lever.id: lever for lever in section.described}
    said = []
    for lever in levers:
        effects = [
            f"{name} {text.percent(worth[lever, code], 3, signed=True)}"
            for code, name in names.items()
            if (lever, code) in worth
        ]
        if lever in described and effects:
            said.append(f"{text.named(described[lever].titles, lever)}: {text.list(effects)}")
    return "; ".join(said)
