# ruff: noqa: E501 (patterns stay on one line)
"""Parts of a document that report what was reached instead of setting aims: reviews of the past and their paragraphs."""

import re
from collections.abc import Iterable, Iterator, Sequence

from isthmus.plans.dates import REPORTED_TO
from isthmus.plans.document import Block
from isthmus.plans.grammar import grammar_of
from isthmus.plans.headings import heading_level
from isthmus.plans.language import detect
from isthmus.plans.quantities import read
from isthmus.plans.text import normalise, probe

_REVIEW = re.compile(
    r"回顾|主要成就|发展成就|成就与|取得的?(?:成就|成效|成绩|进展)|发展现状|现状(?:与|及|分析)|现状$|发展基础(?!设施|研究|教育)|实施情况|完成情况"
    r"|итог\w+ (?:развити|реализаци|выполнени|исполнени|работ|деятельност|социально)|современн\w+ состояни|текущ\w+ состояни"
    r"|анализ (?:текущ|современн|состояни|социально|сложившейся)|оценка (?:текущ|достигнут|исходн)|достигнутые результаты|характеристика (?:текущ|состояни|сфер)"
    r"|\b(?:review of (?:the )?(?:past|previous|last|implementation|progress|\d{4})|achievements|progress (?:to date|so far|under|made)|situation analysis|current (?:situation|state|status)|where we (?:are|stand)|looking back)\b",
    re.IGNORECASE,
)
_OPENS_REPORT = re.compile(
    r"五年来|过去五年|过去一年|一年来|“?十[二三四]五”?(?:以来|时期[，是][^。]{0,40}(?:不平凡|五年)|规划[^。]{0,12}(?:顺利|圆满|胜利)完成)"
    r"|(?:顺利|圆满|胜利)完成。$|^(?:за (?:последние|прошедшие|истекшие|минувшие)|в прошедшем|по итогам 20(?:1\d|2[0-5]) )"
    r"|^(?:over|during|in) the (?:past|last|previous) (?:\w+ )?(?:years?|decade|plan)",
    re.IGNORECASE,
)
_NAMES_A_PLAN = re.compile(
    r"规划|计划|纲要|方案|стратеги|программ|\bплан|\b(?:plan|programme|program|strategy|roadmap)\b", re.IGNORECASE
)
_TITLE_BLOCKS, _LONGEST_TITLE, _PLAN_YEARS = 6, 200, 5
_AIMS_AGAIN = re.compile(
    r"到20[2-9]\d年|力争|下一步|未来五年|今后五年|(?:к|до) 20(?:2[6-9]|[3-9]\d)|планиру|предсто|будет|будут|необходимо"
    r"|\bby 20(?:2[6-9]|[3-9]\d)|\bwill\b|\bshall\b|\bmust\b|\bshould\b",
    re.IGNORECASE,
)


def reported_to(blocks: Sequence[Block]) -> int:
    """Return the year up to which a figure without a word of the future is a report.

    A document whose title gives its plan a period that has ended (2016 to 2020) reports up to the year before it.
    """
    for block in blocks[:_TITLE_BLOCKS]:
        text = block.text.strip()
        if block.kind == "table" or len(text) > _LONGEST_TITLE or not _NAMES_A_PLAN.search(text):
            continue
        reading = read(probe(normalise(text)), grammar_of(detect(text) or "en"), reported_to=0)
        years = [y for y in reading.years if y.role in ("target", "period")]
        if len({y.year for y in years}) == 1 and years[0].year <= REPORTED_TO:
            return (years[0].first or years[0].year - _PLAN_YEARS + 1) - 1
        if years:
            break
    return REPORTED_TO


def with_reports(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block with whether it stands in a part that reports: under a heading such as a review of the past years.

    Such a part ends with the next heading of its level or a higher one.
    """
    inside: int | None = None
    for block in blocks:
        if (level := heading_level(block)) is not None:
            if inside is not None and level <= inside:
                inside = None
            if inside is None and _REVIEW.search(block.text):
                inside = level
        yield block, inside is not None


def is_report(sentence: str) -> bool:
    """Say whether a sentence of a reporting part is a report itself: it names no aim."""
    return not _AIMS_AGAIN.search(sentence)


def reports_from(sentences: Sequence[str]) -> int:
    """Return the position from which the sentences of a paragraph report (over the past five years, ...), else their number."""
    return next((i for i, sentence in enumerate(sentences) if _OPENS_REPORT.search(sentence)), len(sentences))
