"""The brief: what the joint measures of both plans are worth, net, to whom, what comes first, who loses, how sure it is."""

from isthmus.report import bridge
from isthmus.report.answer_parts import cards, first_measures, known, money_of
from isthmus.report.blocks import Block, Chapter, Columns, Points, Stack
from isthmus.report.locale import Translator
from isthmus.report.programme_tables import first_projects
from isthmus.report.support_words import support_told
from isthmus.report.worth import Worth
from isthmus.study.border import BorderSection
from isthmus.study.levers import LeversSection
from isthmus.study.programme_tables import ProgrammeSection
from isthmus.study.station import Findings
from isthmus.study.trade import TradeSection
from isthmus.study.value import ValueSection

LIMITS = ("forecast", "model", "desirable", "level")


def chapter(section: ValueSection, findings: Findings, text: Translator) -> Chapter:
    """Write the brief."""
    trade, border = findings.get(TradeSection), findings.get(BorderSection)
    worth = Worth(section, trade, text)
    picture = bridge.brief(border, trade, worth, text) if border is not None and trade is not None else None
    projects = first_projects(findings.get(ProgrammeSection), text)
    measures = projects or first_measures(worth, findings.get(LeversSection), text)
    limits = {"table": str(section.table_year or ""), "trade": worth.trade_label(text)}
    beside = Stack(
        [
            known(worth, findings, text),
            Points(
                text("answer.limits_title"), [text.of("answer.limit", one, **limits) for one in LIMITS], tone="muted"
            ),
        ]
    )
    blocks: list[Block] = [
        cards(worth, trade, text),
        *([measures] if measures is not None else []),
        Columns([picture, beside]) if picture is not None else beside,
    ]
    return Chapter(
        name="answer",
        short=text("answer.short"),
        title=_title(worth, text),
        lead=text(
            "answer.lead",
            draws=text("answer.draws", n=section.draws),
            trade=worth.trade_told(text),
            prices=str(section.price_year or ""),
            table=str(section.table_year or ""),
            support=support_told(findings.get(LeversSection), worth.degrees_told(), text),
        ),
        blocks=blocks,
    )


def _title(worth: Worth, text: Translator) -> str:
    """Write the headline; where no measure is asked for by all plans it says so."""
    if not any(effect.low or effect.high for effect in (worth.alignment(p, net=True) for p in worth.partners)):
        return text("answer.nothing", year=worth.deadline)
    parts = [_part(worth, p, text) for p in worth.partners]
    return text(
        "answer.headline" if worth.all_costs_known() else "answer.headline_known",
        year=worth.deadline,
        parts=text.list(parts),
    )


def _part(worth: Worth, code: str, text: Translator) -> str:
    """Write one partner's part of the headline: percent, money, and whether zero lies within the range."""
    effect, money = worth.alignment(code, net=True), worth.money(code)
    values = {"name": worth.name(code), "effect": worth.net_told(code)}
    values["money"] = money_of(worth, code, money, text) if money is not None else ""
    if effect.has_zero:
        return text("answer.part_zero", **values)
    return text("answer.part" if money is not None else "answer.part_percent", **values)
