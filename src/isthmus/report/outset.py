"""The first screen of a study without levers: what is known already, what is missing, and how to add it."""

from collections.abc import Sequence

from isthmus.core.provenance import Status
from isthmus.report.blocks import Block, Chapter, Points
from isthmus.report.locale import Translator
from isthmus.study.evidence import EvidenceSection
from isthmus.study.plans import PlansSection
from isthmus.study.station import Findings

WITH_LEVERS = ("value", "horizon", "outcomes", "worlds", "relations")
"""Chapters that come with levers, so that they are not listed as missing on their own."""


def outset(findings: Findings, chapters: Sequence[Chapter], text: Translator) -> Chapter:
    """Write the first screen from the findings of the other chapters.

    Parameters
    ----------
    findings
        Sections by station.
    chapters
        All other chapters, in their order; the last one is the evidence, which is no finding.
    """
    evidence, plans = findings.get(EvidenceSection), findings.get(PlansSection)
    names = evidence.economy_names if evidence else {}
    partners = [text.named(names.get(code, {}), code) for code in (evidence.partners if evidence else ())]
    known = [
        text("outset.known", chapter=c.short, finding=c.title.rstrip(".")) for c in chapters if c.name != "evidence"
    ]
    skipped = evidence.not_applied if evidence else ()
    missing = [*_unread(plans, text), *(_missing(name, text) for name in skipped if name not in WITH_LEVERS)]
    blocks: list[Block] = [Points(text("outset.known_title"), known)] if known else []
    if missing:
        blocks.append(Points(text("outset.missing_title"), missing))
    return Chapter(
        name="answer",
        short=text("outset.short"),
        title=text("outset.title", names=text.list(partners)),
        lead=text("outset.lead"),
        blocks=blocks,
    )


def _unread(plans: PlansSection | None, text: Translator) -> list[str]:
    """Say whose plan has no target, and how many targets nobody has checked."""
    if plans is None:
        return []
    given = plans.listed if len(plans.targets) else plans.extracted
    without = [code for code in plans.partners if not given[code].all]
    said = [text("outset.no_target", name=text.named(plans.economy_names.get(code, {}), code)) for code in without]
    marked = sum(count.marked for count in plans.listed.values()) if len(plans.targets) else 0
    return [*said, *([text("outset.unchecked", n=marked, column="status", mark=Status.VERIFIED)] if marked else [])]


def _missing(station: str, text: Translator) -> str:
    """Say what a chapter that was left out needs."""
    if text.has(f"outset.needs.{station}"):
        return text.of("outset.needs", station)
    return text("outset.other", chapter=text.station(station))
