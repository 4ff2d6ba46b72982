"""From border to income: the whole border, what any policy and the measures could reach, what they remove, what that gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from isthmus.border.bridge import EVERY_CAUSE
from isthmus.levers.support import BOTH
from isthmus.report.blocks import Columns, Figure, Grid, Part, Picker, renamed
from isthmus.report.border_names import BUNDLES, BorderNames
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals, stacked
from isthmus.report.effects import ToldEffect
from isthmus.report.locale import Translator
from isthmus.report.palette import sided
from isthmus.report.worth import Worth
from isthmus.study.border import BorderSection
from isthmus.study.border_pairs import largest_first, of_pair
from isthmus.study.removal import BOTH_WAYS, VOLUME
from isthmus.study.trade import TradeSection
from isthmus.study.value import ValueWayRow

TAKEN_OFF: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "all": {},
    "policy": {"natural": ("natural", EVERY_CAUSE), "third_party": ("third_party", EVERY_CAUSE)},
    "at_hand": {"tariff": ("policy", "tariff")},
    "stated": {},
    "removed": {},
}
"""Every step, and by name what is taken off before it: a step of the border, or one cause of the step before."""

REST = {"at_hand": "not_worked_on", "stated": "one_plan", "removed": "left"}
"""Name of what else is taken off before a step."""

SHOWN_PAIRS = 3
"""Pairs that the brief draws where there are several."""

REACHED = ("all", "policy", "at_hand", "stated")
"""Steps of the border itself, from the whole to what measures of all plans work on."""

BRIEF = ("all", "tariff", "fragmentation", "at_hand", "stated", "removed")
"""Steps that the brief draws: there the reach of policy stands in its two parts, duties and all else."""

DIGITS = 1
"""Decimals of points."""


@dataclass(frozen=True)
class Steps:
    """The steps of one direction in points of ad valorem equivalent, in percent: by step and cause, and agreed volumes."""

    values: Mapping[tuple[str, str], ToldEffect]
    volume: ToldEffect | None

    def whole(self, step: str) -> ToldEffect:
        """Return a step as a whole."""
        return self.values[step, EVERY_CAUSE]

    def part(self, step: str, cause: str) -> float:
        """Return the middle of one cause of a step, 0 where it adds nothing."""
        return self.values[step, cause].central if (step, cause) in self.values else 0.0


def steps_of(border: BorderSection, trade: TradeSection, direction: str, pair: str = "") -> Steps:
    """Return the steps of one direction of a pair, the first one unless named; the last is what measures of all plans remove."""
    pair = pair or border.pairs[0].pair
    found = {
        (row.step, row.component): ToldEffect(100 * row.low, 100 * row.central, 100 * row.high)
        for row in border.bridge.rows
        if (row.pair, row.direction) == (pair, direction)
    }
    volume = None
    for cut in trade.removal.rows:
        if (cut.pair, cut.direction, cut.support) == (pair, direction, BOTH):
            effect = ToldEffect(100 * cut.low, 100 * cut.median, 100 * cut.high)
            if cut.component == VOLUME:
                volume = effect
            else:
                found["removed", cut.component] = effect
    return Steps(found, volume)


def brief(border: BorderSection, trade: TradeSection, worth: Worth, text: Translator) -> Figure:
    """Draw the way from the whole border to what measures of all plans remove, with the gain in the title.

    Of two partners both directions are drawn, of more every pair, the three that trade most.
    """
    wide = BorderNames(border.economy_names, text)
    if len(border.pairs) == 1:
        known = {wide.direction(label): steps_of(border, trade, label) for label in border.directions}
    else:
        largest = largest_first(border)[:SHOWN_PAIRS]
        known = {wide.pair(one.partners): steps_of(border, trade, BOTH_WAYS, one.pair) for one in largest}
    rows = [
        {"row": text.of("answer.step", step), "series": name, **_ends(steps.whole(step))}
        for step in BRIEF
        for name, steps in known.items()
        if (step, EVERY_CAUSE) in steps.values
    ]
    frame = pd.DataFrame(rows).round(DIGITS)
    drawing = intervals(frame, sided(list(known)), Scale("", DIGITS, signed=False))
    reach = [
        text("answer.reach_of", value=text.number(steps.whole("fragmentation").central, DIGITS), way=name)
        for name, steps in known.items()
    ]
    duties, removed = (
        text.list([text.number(steps.whole(step).central, DIGITS) for steps in known.values()])
        for step in ("tariff", "removed")
    )
    touched = any(steps.part("at_hand", "tariff") for steps in known.values())
    return Figure(
        name="answer-bridge",
        title=text("answer.bridge", reach=text.list(reach), removed=removed),
        alt=text("answer.bridge_alt"),
        option=drawing.option,
        twin=frame.rename(columns={c: text.of("answer.column", c) for c in frame.columns}),
        source=text(
            "answer.bridge_source",
            year=worth.trade_label(text),
            draws=str(border.draws),
            duties=text.of("answer.duties", "touched" if touched else "untouched", points=duties),
        ),
        height=drawing.height,
    )


def chapter_blocks(
    border: BorderSection, trade: TradeSection, worth: Worth, ways: Sequence[ValueWayRow], text: Translator
) -> tuple[Columns | Picker | None, Grid | None]:
    """Return one chart for each direction, on one axis, and the table of both; of several pairs, each behind a list."""
    wide = BorderNames(border.economy_names, text)
    if len(border.pairs) == 1:
        return _of_one(border, trade, worth, ways, wide, text)
    parts = []
    for pair in largest_first(border):
        blocks = _of_one(of_pair(border, pair), trade, worth, ways, wide, text)
        parts.append(Part(wide.pair(pair.partners), [renamed(b, pair.pair) for b in blocks if b is not None]))
    return Picker("value-bridge-pair", text("value.bridge_pairs"), text.of("border.column", "pair"), parts), None


def _of_one(
    border: BorderSection,
    trade: TradeSection,
    worth: Worth,
    ways: Sequence[ValueWayRow],
    wide: BorderNames,
    text: Translator,
) -> tuple[Columns | None, Grid]:
    """Return one chart for each direction of one pair, on one axis, and its table."""
    known = {d: steps_of(border, trade, d) for d in border.directions}
    most = max(steps.whole("all").central for steps in known.values())
    charts = [
        _chart(steps, d, side, most, wide, worth, text)
        for (d, steps), side in zip(known.items(), "ab", strict=True)
        if any(map(_drawn, steps.values))
    ]
    return Columns(charts) if charts else None, _table(border, trade, worth, ways, wide, text)


def _drawn(part: tuple[str, str]) -> bool:
    """Say whether a step and its cause have a bar; a study without joint measures may have none."""
    step, cause = part
    return step in (*REACHED, "removed") and cause in BUNDLES


def _chart(
    steps: Steps, direction: str, side: str, most: float, wide: BorderNames, worth: Worth, text: Translator
) -> Figure:
    """Draw the steps of one direction, each bar by bundles of causes that add up to it."""
    rows = [
        {
            "row": text.of("answer.step", step),
            "series": text.of("border.bundle", BUNDLES[cause]),
            "value": effect.central,
        }
        for (step, cause), effect in steps.values.items()
        if _drawn((step, cause))
    ]
    frame = pd.DataFrame(rows).groupby(["row", "series"], sort=False)[["value"]].sum().reset_index()
    drawing = stacked(frame, Scale("", 1, signed=False), ends=(0.0, most))
    values = {step: text.number(steps.whole(step).central, 1) for step in ("all", "policy", "removed")}
    return Figure(
        name=f"value-bridge-{side}",
        title=text("value.bridge_chart", direction=wide.direction(direction), **values),
        alt=text("value.bridge_alt", direction=wide.direction(direction)),
        option=drawing.option,
        twin=frame.rename(
            columns={
                "row": text.of("value.column", "step"),
                "series": text.of("value.column", "cause"),
                "value": text.of("value.column", "points"),
            }
        ),
        source=text("value.bridge_chart_source", year=worth.trade_label(text)),
        height=drawing.height,
    )


def _table(
    border: BorderSection,
    trade: TradeSection,
    worth: Worth,
    ways: Sequence[ValueWayRow],
    wide: BorderNames,
    text: Translator,
) -> Grid:
    """Set the steps of each direction and of both beside each other, what separates them, and the income that follows."""
    labels = [*border.directions, BOTH_WAYS]
    known = [steps_of(border, trade, label) for label in labels]
    rows = [
        [
            name,
            *(text.number(points[k], 1, signed=signed) if points[k] is not None else "–" for k in range(len(labels))),
        ]
        for name, signed, *points in _falling(known, text)
    ]
    rows.append([text("value.bridge_range"), *(_range(steps.whole("removed"), text) for steps in known)])
    if any(steps.volume is not None for steps in known):
        rows.append(
            [text("value.volume"), *("–" if s.volume is None else text.number(s.volume.central, 1) for s in known)]
        )
    told = {(row.economy, row.direction): ToldEffect(row.low, row.median, row.high) for row in ways}
    for partner in worth.partners if len(worth.partners) == 2 else ():
        gross, name = worth.alignment(partner, net=False), worth.name(partner)
        cells = [*(told.get((partner, label)) for label in border.directions), gross]
        rows.append([text("value.bridge_gross", name=name), *("–" if c is None else c.both(text) for c in cells)])
        net = worth.with_unknown(partner, worth.alignment(partner, net=True).both(text), "total", "both")
        rows.append([text("value.bridge_net", name=name), *("" for _ in border.directions), net])
    return Grid(
        text("value.bridge_title"),
        [text.of("value.column", "step"), *map(wide.direction, labels)],
        rows,
        numeric=tuple(range(1, len(labels) + 1)),
        source=text("value.bridge_source", year=worth.deadline, trade=worth.trade_label(text)),
        csv="removal",
    )


def _falling(known: Sequence[Steps], text: Translator) -> Iterator[tuple[Any, ...]]:
    """Yield name, whether a sign is shown, and the points of every column: each step, and what is taken off before it.

    What is taken off is the difference of the steps beside it, so that every column adds up.
    """
    for step, parts in TAKEN_OFF.items():
        for name, (one, cause) in parts.items():
            lost = [-s.part(one, cause) + s.part(step, cause) * (cause != EVERY_CAUSE) for s in known]
            yield text.of("value.left", name), True, *lost
        rest = REST.get(step)
        if rest is not None:
            before = list(TAKEN_OFF)[list(TAKEN_OFF).index(step) - 1]
            named = [sum(s.part(one, cause) - s.part(step, cause) for one, cause in parts.values()) for s in known]
            yield (
                text.of("value.left", rest),
                True,
                *(
                    -(s.part(before, EVERY_CAUSE) - s.part(step, EVERY_CAUSE) - n)
                    for s, n in zip(known, named, strict=True)
                ),
            )
        yield text.of("answer.step", step), False, *(s.part(step, EVERY_CAUSE) for s in known)


def _ends(effect: ToldEffect) -> dict[str, float]:
    return {"low": effect.low, "central": effect.central, "high": effect.high}


def _range(effect: ToldEffect, text: Translator) -> str:
    return text.range(effect.low, effect.high, 1)
