"""The parts of the brief: cards with money, the bridge from border to income, the first measures, and what to know of them."""

from collections.abc import Sequence

from isthmus.report.blocks import Card, Cards, Grid, Points
from isthmus.report.border_claims import claim_verdict
from isthmus.report.border_names import BorderNames
from isthmus.report.effects import THIRD, ToldEffect
from isthmus.report.locale import Translator
from isthmus.report.palette import sided
from isthmus.report.sureness import sureness, titles
from isthmus.report.worth import LEAST_SHARE_PCT, MeasureWorth, Worth
from isthmus.study.border import BorderSection
from isthmus.study.border_pairs import largest_first, of_pair
from isthmus.study.levers import LeversSection
from isthmus.study.outcomes import OutcomesSection
from isthmus.study.station import Findings
from isthmus.study.trade import ThirdRow, TradeSection

FIRST, SURPRISES = 3, 3
SHOWN_CLAIMS = 3
"""Claims that the brief answers where there are several pairs; the chapter on the border answers all."""
LEAST_PCT = 0.0005
"""Losses smaller than this many percent are not named beside the largest."""


def cards(worth: Worth, trade: TradeSection | None, text: Translator) -> Cards:
    """Show what the measures of both plans are worth to each side and to all others, net, in percent and money."""
    found = {code: worth.alignment(code, net=True) for code in (*worth.partners, THIRD)}
    roles = sided([*worth.partners, THIRD], "third")
    low, high = min(0.0, *(e.low for e in found.values())), max(0.0, *(e.high for e in found.values()))
    room = 0.04 * (high - low) or 1.0
    made = [
        Card(
            heading=worth.name(code),
            value=worth.net_told(code),
            label=text(
                "answer.label" if worth.unknown_cost(code) < LEAST_SHARE_PCT else "answer.label_known",
                year=worth.deadline,
            ),
            role=roles[code],
            interval=(effect.low, effect.central, effect.high),
            interval_label=effect.ends(text),
            rows=_third_rows(worth, trade, text) if code == THIRD else _partner_rows(worth, code, text),
            note=_note(worth, code, effect, text),
        )
        for code, effect in found.items()
    ]
    return Cards(made, scale=(low - room, high + room))


def _note(worth: Worth, code: str, effect: ToldEffect, text: Translator) -> str:
    """Say that zero lies within the range, and how much of the gain comes from measures whose cost is not known."""
    unknown = worth.unknown_cost(code) if code != THIRD else 0.0
    told = [text("answer.zero_inside")] if effect.has_zero else []
    if unknown >= LEAST_SHARE_PCT:
        told.append(text("answer.unknown_cost", share=text.percent(unknown, 0)))
    return " ".join(told)


def _partner_rows(worth: Worth, code: str, text: Translator) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    money, more = worth.money(code), worth.more_digits(code)
    if money is not None:
        rows.append(_money_row(worth, code, money, text))
    for name, effect in (
        ("gross", worth.alignment(code, net=False)),
        ("all_measures", worth.every_measure(code)),
    ):
        if effect is not None:
            term = text.of("answer.row", name)
            told = worth.with_unknown(code, term, "total", "joint") if name == "all_measures" else term
            rows.append(effect.row(text, told, more if name == "gross" else 0))
    return rows


def money_of(worth: Worth, code: str, money: ToldEffect, text: Translator) -> str:
    """Write an amount a year in one unit for all partners, the same in headline and card."""
    return text.million_usd(money.central, like=worth.money_size(code))


def _money_row(worth: Worth, code: str, money: ToldEffect, text: Translator) -> tuple[str, ...]:
    inner = text.million_range(money.low, money.high, like=worth.money_size(code))
    return text.of("answer.row", "money"), money_of(worth, code, money, text), inner


def _third_rows(worth: Worth, trade: TradeSection | None, text: Translator) -> list[tuple[str, ...]]:
    """Count those whose whole range lies on one side of zero, and name the largest gain and loss among them."""
    each = worth.third_economies()
    money = worth.money(THIRD)
    rows: list[tuple[str, ...]] = []
    if money is not None:
        rows.append(_money_row(worth, THIRD, money, text))
    signs = [effect.sign() for effect in each.values()]
    counted = [
        text.of("answer.count", name, n=signs.count(sign)) for name, sign in (("gain", 1), ("lose", -1), ("unclear", 0))
    ]
    rows.append((text("answer.counted", n=len(signs)), text("common.comma").join(counted)))
    told = {sign: [code for code, effect in each.items() if effect.sign() == sign] for sign in (1, -1)}
    ends = [*(("best", code) for code in told[1][:1]), *(("worst", code) for code in told[-1][-1:])]
    for key, code in ends:
        term, central, inner = each[code].row(text, text.of("answer.extreme", key))
        rows.append((term, f"{worth.name(code)} {central}", inner))
    return rows


def first_measures(worth: Worth, levers: LeversSection | None, text: Translator) -> Grid | None:
    """List the joint measures of both plans that are worth most to the partners together, in money."""
    ranked = worth.ranked()
    if not ranked:
        return None
    named = titles(levers, text)
    rows = []
    for number, measure in enumerate(ranked[:FIRST], start=1):
        gains = [text.number(text.tabled(measure.musd[p]), 0, signed=True) for p in worth.partners]
        title = named.get(measure.lever, measure.lever)
        rows.append(
            [
                f"{number}. {title}",
                *gains,
                _cost(measure, text),
                text.of("answer.grade", measure.grade),
            ]
        )
    heads = [
        text.of("answer.column", "measure"),
        *(text("answer.gain_of", name=worth.name(p)) for p in worth.partners),
        text.of("answer.column", "cost"),
        text.of("answer.column", "grade"),
    ]
    return Grid(
        text("answer.first_title", n=len(rows)),
        heads,
        rows,
        numeric=tuple(range(1, len(worth.partners) + 2)),
        source=text("answer.first_source", year=worth.deadline),
        csv="ranking",
        opened=True,
    )


def _cost(measure: MeasureWorth, text: Translator) -> str:
    """Write what a measure costs both sides, or how much of it is not known."""
    told = text.number(text.tabled(measure.cost), 0)
    if measure.cost_known:
        return told
    return text("answer.cost_least", amount=told) if measure.cost > 0 else text("answer.cost_unknown")


def losers(worth: Worth, trade: TradeSection | None, text: Translator) -> str:
    """Say who loses most by the measures of both plans, and by which way."""
    each = {code: e for code, e in worth.third_economies().items() if e.sign() < 0}
    if not each:
        return text("answer.no_losers")
    reasons = {row.economy: row for row in trade.third_economies.rows if row.support == "both"} if trade else {}
    told = []
    for code in [c for c in reversed(each) if each[c].central <= -LEAST_PCT][:2] or [list(each)[-1]]:
        row = reasons.get(code)
        values = {"name": worth.name(code), "effect": each[code].both(text)}
        if row is None or trade is None:
            told.append(text("answer.loser", **values))
        else:
            why = _why(row, trade, text)
            told.append(text("answer.loser_money", money=_lost(row, text), why=why, **values).strip())
    return text("answer.losers", n=len(each), who=text.list(told))


def _lost(row: ThirdRow, text: Translator) -> str:
    """Write what a third economy loses in money, of the same draws as its percent."""
    return text.million_with_range(row.real_income_musd_low, row.real_income_musd, row.real_income_musd_high)


def _why(row: ThirdRow, trade: TradeSection, text: Translator) -> str:
    """Say by which way, with the change of its sales in the draws."""
    if not text.has(f"answer.why.{row.reason}"):
        return ""
    sector = text.named(trade.sector_names.get(row.sector, {}), row.sector)
    sales = row.exports_to_partners_musd_low, row.exports_to_partners_musd, row.exports_to_partners_musd_high
    return text.of("answer.why", row.reason, sector=sector, amount=text.million_with_range(*sales))


def verdicts(border: BorderSection | None, text: Translator) -> list[str]:
    """Say what becomes of each stated claim; of several pairs for a few, the pair that trades most first."""
    if border is None:
        return []
    if len(border.pairs) == 1:
        return [claim_verdict(claim, text) for claim in border.claims]
    wide = BorderNames(border.economy_names, text)
    told = [
        (wide.pair(pair.partners), claim) for pair in largest_first(border) for claim in of_pair(border, pair).claims
    ]
    return [text("border.of_pair", pair=name, told=claim_verdict(claim, text)) for name, claim in told[:SHOWN_CLAIMS]]


def surprises(worth: Worth, findings: Findings, text: Translator) -> list[str]:
    """Return findings that run against what one would expect, the strongest first."""
    found = []
    for code in worth.partners:
        gross, net = worth.own(code, net=False), worth.own(code, net=True)
        if gross is not None and net is not None and gross.central > 0 and net.central < 0.5 * gross.central:
            told = worth.with_unknown(code, net.both(text), "own", "all")
            values = {"name": worth.name(code), "gross": gross.both(text), "net": told}
            found.append(text("answer.own_plan_unclear" if net.has_zero else "answer.own_plan", **values))
    outcomes = findings.get(OutcomesSection)
    found += [
        text(
            "answer.imports",
            name=worth.name(fact.economy),
            percent=ToldEffect(fact.low, fact.percent, fact.high).both(text),
        )
        for fact in (outcomes.trade_and_imports if outcomes is not None else ())
        if fact.percent > 0
    ]
    one, both = (worth.total(worth.partners[-1], s) for s in ("one", "both"))
    if one is not None and both is not None and one.central > 0.25 * both.central > 0:
        last = worth.partners[-1]
        offered = worth.with_unknown(last, one.middle(text), "total", "one")
        known = worth.with_unknown(last, both.middle(text), "total", "both")
        values = {"name": worth.name(last), "one": offered, "both": known}
        found.append(text("answer.offers", **values))
    return found[:SURPRISES]


def notes(worth: Worth, findings: Findings, text: Translator) -> Sequence[Points]:
    """Return the short lists of the brief: who loses, the claim, how sure, and what surprises."""
    trade, border = findings.get(TradeSection), findings.get(BorderSection)
    known = [losers(worth, trade, text), *verdicts(border, text), sureness(worth, findings, text)]
    made = [Points(text("answer.know_title"), known)]
    unexpected = surprises(worth, findings, text)
    return [*made, Points(text("answer.surprise_title"), unexpected)] if unexpected else made
