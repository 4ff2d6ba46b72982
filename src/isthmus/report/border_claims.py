"""Overheads under their definitions, and what becomes of a stated claim: a sentence, and every reading."""

from collections.abc import Mapping
from dataclasses import dataclass

from isthmus.report.blocks import Block, Grid, Paragraph
from isthmus.report.locale import Translator
from isthmus.study.border import BorderSection, ClaimFacts, ClaimReading

BOTH = "both"
IN_VALUE = "ad_valorem_equivalent"
"""The definition that always has a number: in percent of the value at the exporter's border."""


def claim_sentence(claim: ClaimFacts, text: Translator) -> str:
    """Answer a claim in one sentence: the reading under which it holds, in all and within the reach of policy."""
    best = claim.best
    return text.of(
        "border.claim",
        _outcome(best),
        claim=text.percent_range(100 * claim.low, 100 * claim.high, 0),
        all=_reading(best["all"], text),
        all_share=text.percent(100 * best["all"].within, 0),
        policy=_reading(best["policy"], text),
        policy_share=text.percent(100 * best["policy"].within, 0),
        policy_range=ends(best["policy"].low, best["policy"].high, text),
    )


@dataclass(frozen=True)
class Overhead:
    """Low, central, high and median of an overhead that is defined."""

    low: float
    central: float
    high: float
    median: float


def overhead(section: BorderSection, definition: str, reach: str, direction: str) -> Overhead | None:
    """Return the overhead of goods under one definition, None where it is not defined."""
    wanted = definition, reach, direction, "goods"
    row = next(r for r in section.overhead.rows if (r.definition, r.reach, r.direction, r.sector) == wanted)
    if row.low is None or row.central is None or row.high is None or row.median is None:
        return None
    return Overhead(row.low, row.central, row.high, row.median)


def value_overhead(section: BorderSection, reach: str, direction: str) -> Overhead:
    """Return the overhead of goods in percent of their value, which is always defined."""
    found = overhead(section, IN_VALUE, reach, direction)
    assert found is not None
    return found


def claim_paragraphs(section: BorderSection, text: Translator) -> list[Block]:
    """Answer every claim, each with its source."""
    pairs = [(claim_sentence(c, text), text("border.claim_source", source=c.source)) for c in section.claims]
    return [Paragraph(line, "muted" if i else "plain") for pair in pairs for i, line in enumerate(pair)]


def reading_table(section: BorderSection, text: Translator) -> Grid | None:
    """List every reading of the claims for goods, both directions, under both time bases."""
    rows = [
        [
            text.of("border.definition", r.definition),
            text.of("border.base", r.time_base),
            text.of("border.reach", r.reach),
            "–" if r.central is None else text.percent(100 * r.central, 1),
            ends(r.low, r.high, text),
            text.percent(100 * r.within, 0),
            text.of("border.verdict", r.verdict),
        ]
        for r in section.claim_tests.rows
        if (r.sector, r.direction) == ("goods", BOTH) and r.reach in ("all", "policy")
    ]
    columns = ("definition", "base", "reach", "central", "range", "within", "verdict")
    if not rows:
        return None
    headings = [text.of("border.column", c) for c in columns]
    return Grid(
        text("border.readings"),
        headings,
        rows,
        numeric=(3, 4, 5),
        source=text("border.readings_source"),
        csv="claim_tests",
    )


def _outcome(best: Mapping[str, ClaimReading]) -> str:
    """Return how a claim fares: within policy's reach, only in all, or under no reading."""
    every, policy = best["all"].verdict, best["policy"].verdict
    if policy == "holds":
        return "policy"
    if every == "holds":
        return "all_possible" if policy == "possible" else "all_only"
    if every == policy == "possible":
        return "possible"
    return {"all": "possible_all", "policy": "possible_policy"}.get(_possible(best), "nowhere")


def _possible(best: Mapping[str, ClaimReading]) -> str:
    return next((reach for reach in ("all", "policy") if best[reach].verdict == "possible"), "")


def _reading(row: ClaimReading, text: Translator) -> str:
    definition = text.of("border.definition", row.definition)
    return text("border.reading", definition=definition, base=text.of("border.base", row.time_base))


def ends(low: float, high: float, text: Translator) -> str:
    """Return two fractions as a range in percent."""
    return text.percent_range(100 * low, 100 * high, 0)
