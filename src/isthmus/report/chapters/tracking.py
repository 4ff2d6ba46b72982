"""Are both plans on course: verdicts by partner, objective and theme, the ladder of targets, chances, what would change them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from isthmus.report.blocks import Block, Cell, Chapter, Figure, Grid, Paragraph, Part, Tabs
from isthmus.report.chart_frame import Drawing, Scale
from isthmus.report.charts import ladder, stacked
from isthmus.report.locale import Translator, decimals
from isthmus.report.palette import sides
from isthmus.report.tracked import ToldTracking
from isthmus.study.cards import CardRow
from isthmus.study.station import Findings
from isthmus.study.tracking import ScoreRow, TrackingSection
from isthmus.tracking.pace import VERDICTS

COLOURS = dict(zip(VERDICTS, ("gain", "a", "warn", "b", "loss", "third", "muted"), strict=True))
CUT = (-150.0, 250.0)
"""Share of the way, in percent, at which drawn ranges are cut; the table beside the chart has them in full."""

SHOWN, CARDS = 8, 5


def chapter(section: TrackingSection, _: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    found = ToldTracking(section, text)
    blocks: list[Block | None] = [
        Paragraph(text("tracking.how")),
        _verdicts(found, text),
        _board(found, "objective", text),
        _board(found, "theme", text),
        _views(found, text),
        *(_targets(found, partner, text) for partner in found.partners),
        _closed(found, text),
        _unjudged(found, text),
        Paragraph(_provenance(found, text), tone="muted"),
    ]
    return Chapter(
        name="tracking",
        short=text("tracking.short"),
        title=_title(found, text),
        lead=text("tracking.lead", date=found.section.as_of),
        blocks=[block for block in blocks if block is not None],
    )


def _views(found: ToldTracking, text: Translator) -> Tabs | None:
    """Show the way to each target drawn, and the cards of both chances, behind tabs."""
    drawn = {
        partner: _ladder(found, partner, role, text)
        for partner, role in zip(found.partners, sides(len(found.partners)), strict=True)
    }
    cards = _cards(found, text)
    parts = [
        Part(text("tracking.tab_ladder", name=found.name(partner)), [figure])
        for partner, figure in drawn.items()
        if figure is not None
    ]
    parts += [Part(text("tracking.tab_cards"), [cards])] if cards is not None else []
    return Tabs("tracking-views", text("tracking.views"), parts) if parts else None


def _title(found: ToldTracking, text: Translator) -> str:
    """Say for both partners how many of the judged targets are on course."""
    parts = [
        text("tracking.title_part", name=found.name(p), good=found.on_course(p), judged=found.judged(p))
        for p in found.partners
    ]
    return text("tracking.title", first=parts[0], second=parts[1], parts=text("common.semicolon").join(parts))


def _verdicts(found: ToldTracking, text: Translator) -> Figure:
    """Draw the number of targets by verdict, partners one below the other."""
    rows = [
        {"row": found.name(p), "series": text.of("tracking.verdict", v), "value": found.count(p, v)}
        for p in found.partners
        for v in VERDICTS
    ]
    frame = pd.DataFrame(rows)
    colours = {text.of("tracking.verdict", v): COLOURS[v] for v in VERDICTS}
    drawing = stacked(frame, Scale("", 0, signed=False), colours=colours)
    twin = frame.rename(
        columns={
            "row": text("tracking.column.partner"),
            "series": text("tracking.column.verdict"),
            "value": text("tracking.column.targets"),
        }
    )
    without = [found.count(p, "no_data") + found.count(p, "not_comparable") for p in found.partners]
    return Figure(
        name="tracking-verdicts",
        title=text("tracking.verdicts_title", n=sum(without)),
        alt=text("tracking.verdicts_alt"),
        option=drawing.option,
        twin=twin,
        source=text("tracking.source", date=found.section.as_of),
        height=(drawing.height[0] + 60, drawing.height[1] + 130),
    )


def _board(found: ToldTracking, by: str, text: Translator) -> Grid | None:
    """List how many targets of each objective or theme are on course, both partners side by side where they share it."""
    table = [row for row in found.section.tracking_scoreboard.rows if row.by == by]
    if not table:
        return None
    names = list(dict.fromkeys(row.name for row in table))
    cells = {(row.partner, row.name): _score(row, text) for row in table}
    shared = by == "theme"
    rows: list[list[str | Cell]] = []
    for name in names:
        own = [cells.get((partner, name), "–") for partner in found.partners]
        label = found.label(by, name)
        rows.append([label, *own] if shared else [label, found.owner(table, name), max(own, key=len)])
    columns = (
        [text("tracking.column.theme"), *map(found.name, found.partners)]
        if shared
        else [text("tracking.column.objective"), text("tracking.column.partner"), text("tracking.column.on_course")]
    )
    return Grid(
        title=text.of("tracking.board", by),
        columns=columns,
        rows=rows,
        source=text("tracking.board_source"),
        csv="tracking_scoreboard",
        fold=0 if len(rows) <= 2 * SHOWN else SHOWN,
    )


def _score(row: ScoreRow, text: Translator) -> str:
    """Write the targets on course out of those judged, and how many there are in all."""
    judged = row.targets - row.no_data - row.not_comparable
    if not judged:
        return text("tracking.score_none", n=row.targets)
    return text("tracking.score", good=row.achieved + row.on_track, judged=judged, n=row.targets)


def _ladder(found: ToldTracking, partner: str, role: str, text: Translator) -> Figure | None:
    """Draw how far each target of a partner has come and where it is projected to stand when it is due."""
    steps = found.ladder(partner)
    if steps.empty:
        return None
    drawn = steps.assign(**{name: steps[name].clip(*CUT) for name in ("low", "central", "high", "now", "required")})
    words = {name: text.of("tracking.ladder", name) for name in ("done", "required", "target", "now")}
    drawing = ladder(drawn, words, Scale(text("common.percent", value=""), 0, signed=False), role)
    option = _with_now(drawing, drawn, words["now"])
    likely = int((steps["chance"] >= 0.5).sum())
    return Figure(
        name=f"tracking-ladder-{role}",
        title=text("tracking.ladder_title", name=found.name(partner), likely=likely, n=len(steps)),
        alt=text("tracking.ladder_alt", name=found.name(partner)),
        option=option,
        twin=found.ladder_twin(steps),
        source=text("tracking.ladder_source"),
        height=(drawing.height[0] + 16 * len(steps), drawing.height[1] + 30),
    )


def _with_now(drawing: Drawing, steps: pd.DataFrame, word: str) -> dict[str, Any]:
    """Add the present place of each target to the ladder."""
    rows = drawing.option["yAxis"]["data"]
    now = {
        "type": "scatter",
        "name": word,
        "symbol": "diamond",
        "symbolSize": 11,
        "itemStyle": {"color": "joint", "borderColor": "card", "borderWidth": 1},
        "data": [
            [now, rows.index(name)] for now, name in zip(steps["now"], steps["row"], strict=True) if pd.notna(now)
        ],
        "tooltip": {"valueFormatter": {"$format": "number", "digits": 0, "signed": False, "unit": "", "at": 0}},
        "z": 5,
    }
    legend = drawing.option["legend"]
    return drawing.option | {
        "series": [*drawing.option["series"], now],
        "legend": legend | {"data": [*legend["data"], {"name": word, "icon": "diamond"}]},
    }


def _targets(found: ToldTracking, partner: str, text: Translator) -> Grid | None:
    """List the judged targets of a partner with verdict, rule, chance and what would change the verdict."""
    rows: list[list[str | Cell]] = [
        [
            Cell(found.indicator(r), tag=found.tag(r)),
            text(
                "tracking.from_to",
                now=found.value(r.now, r),
                at=r.latest_year,
                goal=found.goal(r),
                year=r.year,
            ),
            Cell(text.of("tracking.verdict", r.verdict), title=r.rule, tone=_tone(r.verdict)),
            found.rule(r),
            _chance(r.chance, text),
            found.change(r),
        ]
        for r in found.rows(partner, judged=True)
    ]
    if not rows:
        return None
    heads = ("target", "course", "verdict", "rule", "chance", "change")
    return Grid(
        title=text("tracking.targets_title", name=found.name(partner), n=len(rows)),
        columns=[text.of("tracking.column", head) for head in heads],
        rows=rows,
        numeric=(4,),
        source=text("tracking.targets_source"),
        csv="tracking_status",
        fold=SHOWN,
    )


def _cards(found: ToldTracking, text: Translator) -> Grid | None:
    """Set both chances of every target beside each other, with the verdict and why they differ."""
    known = [c for c in found.section.target_cards.rows if not (c.chance_trend is None and c.chance_levers is None)]
    rows = [_card(found, card, text) for card in known]
    if not rows:
        return None
    both = [c for c in known if c.chance_trend is not None and c.chance_levers is not None]
    heads = ("target", "partner", "aim", "latest", "verdict", "chance_trend", "effect", "chance_levers", "why")
    return Grid(
        title=text("tracking.cards_title", n=len(rows), both=len(both)),
        columns=[text.of("tracking.column", head) for head in heads],
        rows=rows,
        numeric=(5, 6, 7),
        source=text("tracking.cards_source"),
        csv="target_cards",
        fold=CARDS,
        filters=(1, 4),
        opened=True,
    )


def _card(found: ToldTracking, card: CardRow, text: Translator) -> list[str | Cell]:
    status = found.status_of(card.target)
    now = "" if status.now is None else found.value(status.now, status)
    effect = "–" if card.effect_pct is None else text.percent(card.effect_pct, decimals(card.effect_pct), signed=True)
    return [
        Cell(found.indicator(status), tag=found.tag(status)),
        found.name(card.partner),
        text("tracking.aim", goal=found.goal(status), year=card.year),
        text("tracking.latest", value=now, at=card.latest_year) if now else "–",
        Cell(text.of("tracking.verdict", card.verdict), title=status.rule, tone=_tone(card.verdict)),
        _chance(card.chance_trend, text),
        effect,
        _drawn(card.chance_levers, text),
        text.of("tracking.why", card.why),
    ]


def _tone(verdict: str) -> str:
    return {"achieved": "gain", "on_track": "gain", "away": "loss"}.get(verdict, "")


def _chance(chance: float | None, text: Translator) -> str:
    """Write a chance, never as certain where it is not."""
    if chance is None:
        return "–"
    if chance in (0.0, 1.0):
        return text.percent(100 * chance, 0)
    return text.percent(min(max(100 * chance, 1), 99), 0)


def _drawn(chance: float | None, text: Translator) -> str:
    """Write a chance that draws gave: all or none of them is no certainty."""
    return "–" if chance is None else text.percent(min(max(100 * chance, 1), 99), 0)


def _closed(found: ToldTracking, text: Translator) -> Grid | None:
    """List which share of each gap the modelled levers close, where the model speaks of the indicator."""
    rows = []
    for row in sorted(found.section.tracking_gap_closed.rows, key=lambda row: row.median is None):
        who = [found.indicator(found.status_of(row.target)), found.name(row.partner)]
        if row.low is None or row.median is None or row.high is None:
            rows.append([*who, text("outcomes.by_lever"), "–"])
            continue
        low, middle, high = 100 * row.low, 100 * row.median, 100 * row.high
        digits = decimals(low, middle, high)
        share = text.percent(middle, digits, signed=True)
        rows.append([*who, share, text.percent_range(low, high, digits, signed=True)])
    if not rows:
        return None
    heads = ("target", "partner", "closed", "range")
    return Grid(
        title=text("tracking.closed_title", n=len(rows)),
        columns=[text.of("tracking.column", head) for head in heads],
        rows=rows,
        numeric=(2, 3),
        source=text("tracking.closed_source"),
        csv="tracking_gap_closed",
        fold=SHOWN,
    )


def _unjudged(found: ToldTracking, text: Translator) -> Grid | None:
    """List the targets without a verdict on their course by the reason."""
    rows: list[Sequence[str | Cell]] = []
    for reason in found.reasons():
        row: list[str | Cell] = [text.of("tracking.reason", reason)]
        for partner in found.partners:
            names = [found.indicator(r) for r in found.rows(partner, judged=False) if r.rule_code == reason]
            row.append(text.list(names) if names else "–")
        rows.append(row)
    if not rows:
        return None
    return Grid(
        title=text("tracking.unjudged_title", n=found.unjudged()),
        columns=[text("tracking.column.reason"), *map(found.name, found.partners)],
        rows=rows,
        csv="tracking_status",
    )


def _provenance(found: ToldTracking, text: Translator) -> str:
    section = found.section
    states = section.observation_status
    counts = [text.of("common.status", state) + " " + str(n) for state, n in sorted(states.items())]
    return text(
        "tracking.provenance",
        n=len(section.observations),
        targets=section.observed_targets,
        all=section.targets,
        states=text.list(counts),
        unused=len(section.tracking_unused),
    )
