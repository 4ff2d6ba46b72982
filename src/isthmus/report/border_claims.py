"""What becomes of a stated claim, what policy could reach, who receives a part: the sentences and tables around a claim."""

from collections.abc import Mapping

from isthmus.border.basis import ReachCount
from isthmus.border.bridge import EVERY_CAUSE
from isthmus.border.overhead import AT_HAND, HOLDS, POSSIBLE
from isthmus.border.wedge import Component
from isthmus.report.blocks import Block, Grid, Paragraph
from isthmus.report.border_names import BOTH, BorderNames
from isthmus.report.locale import Translator
from isthmus.report.wording import with_prices
from isthmus.study.border import BorderSection, ClaimFacts

COUNTED = ("all", "policy", "fragmentation")
"""Reaches that the sentence always speaks of: the whole border, the reach of any policy, and that without tariffs."""

NARROWEST_FIRST = {"at_hand": "at_hand", "fragmentation": "fragmentation", "policy": "policy", "all": "border"}
"""Key of the sentence by the narrowest reach of which a reading holds."""


def claim_sentence(claim: ClaimFacts, text: Translator) -> str:
    """Answer a claim in one sentence from the whole grid: in how many of its readings it holds, by reach."""
    grid = {row.reach: row for row in claim.grid}
    counted = {reach: _count(row, text) for reach, row in grid.items()}
    counts = text("border.counts", all=counted["all"], policy=counted["policy"], fragmentation=counted["fragmentation"])
    if AT_HAND in grid:
        counts = text("border.counts_at_hand", counts=counts, at_hand=counted[AT_HAND])
    return text.of(
        "border.claim",
        _outcome(grid),
        claim=text.percent_range(100 * claim.low, 100 * claim.high, 0),
        counts=counts,
    )


def claim_verdict(claim: ClaimFacts, text: Translator) -> str:
    """Answer a claim in one short sentence: in how many readings it holds for the whole border, and for what policy reaches."""
    grid = {row.reach: row for row in claim.grid}
    return text.of(
        "border.claim_verdict",
        _outcome(grid),
        source=text.named(claim.sources, claim.source),
        claim=text.percent_range(100 * claim.low, 100 * claim.high, 0),
        n=grid["all"].readings,
        possible=grid["all"].possible,
        half=text.percent(100 * HOLDS, 0),
        least=text.percent(100 * POSSIBLE, 0),
        **{reach: row.holds for reach, row in grid.items()},
    )


def _outcome(grid: Mapping[str, ReachCount]) -> str:
    """Return the narrowest reach of which some reading holds, else whether any reading is possible."""
    told = {reach: grid[reach] for reach in NARROWEST_FIRST if reach in grid}
    holding = [NARROWEST_FIRST[reach] for reach, row in told.items() if row.holds]
    return next(iter(holding), "possible" if any(row.possible for row in told.values()) else "nowhere")


def _count(row: ReachCount, text: Translator) -> str:
    if row.possible:
        return text("border.count_possible", holds=row.holds, n=row.readings, possible=row.possible)
    return text("border.count", holds=row.holds, n=row.readings)


def ends(low: float, high: float, text: Translator) -> str:
    """Return two fractions as a range in percent."""
    return text.percent_range(100 * low, 100 * high, 0)


def claims(section: BorderSection, text: Translator) -> list[Block]:
    """Answer every claim in a sentence and say who states it."""
    stated = [text("border.claim_source", source=text.named(claim.sources, claim.source)) for claim in section.claims]
    pairs = zip((claim_sentence(claim, text) for claim in section.claims), stated, strict=True)
    return [Paragraph(line, "muted" if i else "plain") for pair in pairs for i, line in enumerate(pair)]


def bridge(section: BorderSection, wide: BorderNames, text: Translator) -> Grid:
    """List the steps from the whole border to what measures work on, in each direction; parts are points of the whole."""
    rows: list[list[str]] = []
    for label in section.directions:
        steps = {r.step: r for r in section.bridge.rows if r.direction == label and r.component == EVERY_CAUSE}
        named = {name: text.number(100 * r.central, 1) for name, r in steps.items()}
        rows += [
            [wide.direction(label), text.of("border.step", name), named[name], ends(r.low, r.high, text)]
            for name, r in steps.items()
        ]
    headings = [text.of("border.column", c) for c in ("direction", "step", "points", "range")]
    return Grid(
        text("border.bridge_title"),
        headings,
        rows,
        numeric=(2, 3),
        source=text("border.bridge_source", year=section.year),
        csv="bridge",
        fold=len(rows) // len(section.directions),
    )


def reading_table(section: BorderSection, wide: BorderNames, text: Translator) -> Grid | None:
    """List every reading of the claims for goods."""
    rows = [
        [
            wide.direction(r.direction),
            text.of("border.definition", r.definition),
            text.of("border.base", r.time_base),
            text.of("border.reach", r.reach),
            "–" if r.central is None else text.percent(100 * r.central, 1),
            ends(r.low, r.high, text),
            text.percent(100 * r.within, 0),
            text.of("border.verdict", r.verdict),
        ]
        for r in section.claim_tests.rows
        if r.sector == "goods"
    ]
    columns = ("direction", "definition", "base", "reach", "central", "range", "within", "verdict")
    if not rows:
        return None
    headings = [text.of("border.column", c) for c in columns]
    return Grid(
        text("border.readings"),
        headings,
        rows,
        numeric=(4, 5, 6),
        source=text("border.readings_source"),
        csv="claim_tests",
        fold=9,
        filters=(0, 3, 7),
    )


def rents(section: BorderSection, wide: BorderNames, text: Translator) -> Grid:
    """List who receives what part of the cost."""
    received = [r for r in section.rents.rows if r.direction == BOTH]
    rows = [
        [
            wide.part(r.component, r.part),
            text.of("border.recipient", r.recipient),
            text.number(text.tabled(r.musd), 0),
            text.percent_range(100 * r.low, 100 * r.high, 1),
        ]
        for r in received
    ]
    amount = sum(r.musd for r in received if r.component != Component.TARIFF)
    headings = [text.of("border.column", c) for c in ("component", "recipient", "musd", "value_range")]
    return Grid(
        text("border.rents", amount=text.million_usd(amount, signed=False)),
        headings,
        rows,
        numeric=(2, 3),
        source=with_prices(text("border.rents_source", year=section.year), section.price_year, text),
        csv="rents",
    )


def strict(section: BorderSection, text: Translator) -> Paragraph:
    """Say how far the pair stands behind the frontier on the newest trade, the strict sense of fragmentation."""
    if not section.excess_newer.rows:
        return Paragraph(text("border.no_frontier"), "muted")
    first, last = section.excess_newer.rows[0], section.excess_newer.rows[-1]
    recorded = max((row.year for row in section.excess_total.rows), default=section.year)
    told = text(
        "border.strict_more" if last.value >= 0 else "border.strict_less",
        year=section.year if last is not first else recorded,
        value=text.percent(100 * abs(last.value), 0),
        range=text.percent_range(100 * last.low, 100 * last.high, 0, signed=True),
        coverage=text.percent(100 * last.coverage, 0),
    )
    if last is not first:
        told = f"{told} {text('border.strict_table', year=recorded, value=text.percent(100 * first.value, 0, signed=True))}"
    placed = [
        text(
            "border.strict_claim_inside" if claim.strict_inside else "border.strict_claim_outside",
            claim=text.percent_range(100 * claim.low, 100 * claim.high, 0),
        )
        for claim in section.claims
        if claim.strict_inside is not None
    ]
    return Paragraph(text("common.space").join([told, *placed]))
