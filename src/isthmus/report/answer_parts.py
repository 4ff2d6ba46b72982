"""The parts of the brief: cards with money, the bridge from border to income, the first measures, and what to know of them."""

from collections.abc import Sequence

from isthmus.levers.support import BOTH
from isthmus.report.blocks import Card, Cards, Grid, Points
from isthmus.report.border_claims import claim_verdict
from isthmus.report.border_names import BorderNames
from isthmus.report.effects import THIRD, ToldEffect
from isthmus.report.locale import Translator, decimals
from isthmus.report.palette import sided
from isthmus.report.sureness import sureness, titles
from isthmus.report.worth import LEAST_SHARE_PCT, MeasureWorth, Worth
from isthmus.study.border import BorderSection
from isthmus.study.border_pairs import largest_first, of_pair
from isthmus.study.levers import LeversSection
from isthmus.study.station import Findings
from isthmus.study.trade import TradeSection

FIRST = 3
SHOWN_CLAIMS = 3
"""Claims that the brief answers where there are several pairs; the chapter on the border answers all."""


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
            label=text.of("answer.label", _label(worth, code), year=worth.deadline),
            role=roles[code],
            interval=(effect.low, effect.central, effect.high),
            interval_label=effect.ends(text),
            rows=_third_rows(worth, trade, text) if code == THIRD else _partner_rows(worth, code, text),
            note=_note(worth, code, effect, text),
        )
        for code, effect in found.items()
    ]
    return Cards(made, scale=(low - room, high + room))


def _label(worth: Worth, code: str) -> str:
    """Return the key of what a card's figure is: of partners net of cost or of what is known of it, of others as it is."""
    if code == THIRD:
        return "third"
    return "net" if worth.unknown_cost(code) < LEAST_SHARE_PCT else "known"


def _note(worth: Worth, code: str, effect: ToldEffect, text: Translator) -> str:
    """Say that zero lies within the range, where a plan alone is another at central values, and what has no known cost."""
    if code == THIRD:
        return text("answer.zero_inside") if effect.has_zero else ""
    unknown = worth.unknown_cost(code)
    told = [text("answer.zero_inside")] if effect.has_zero else []
    told += [*_own_at_central(worth, code, text), *_others_at_central(worth, code, text)]
    own_unknown = worth.unknown_cost(code, "own", "all")
    if own_unknown >= LEAST_SHARE_PCT:
        told.append(text("answer.own_unknown", share=text.percent(own_unknown, 0)))
    if unknown >= LEAST_SHARE_PCT:
        told.append(text("answer.unknown_cost", share=text.percent(unknown, 0)))
    return text("common.space").join(told)


def _own_at_central(worth: Worth, code: str, text: Translator) -> list[str]:
    """Say where an own plan alone gives nothing, or the opposite, at central values, and what it costs there."""
    gross, net, cost = worth.own(code, net=False), worth.own(code, net=True), worth.own_cost(code)
    if gross is not None and gross.central > 0 and worth.own_central(code, net=False) == 0:
        return [text("answer.own_floor")]
    central = worth.own_central(code, net=True)
    if net is None or central is None or cost is None or central * net.central >= 0:
        return []
    at_central, median = (text.percent(value, decimals(*cost)) for value in cost)
    told = ToldEffect(net.low, central, net.high).middle(text)
    return [text("answer.own_turns", net=told, central=at_central, median=median)]


def _others_at_central(worth: Worth, code: str, text: Translator) -> list[str]:
    """Say what the plans of others bring at central values where that has the opposite sign."""
    effect, central = worth.others_plans(code), worth.others_plans_central(code)
    if effect is None or central * effect.central >= 0:
        return []
    return [text("answer.other_turns", central=ToldEffect(effect.low, central, effect.high).middle(text))]


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
    return [*rows, *_own_rows(worth, code, text), *_others_row(worth, code, "other_plan", text)]


def _others_row(worth: Worth, code: str, key: str, text: Translator) -> list[tuple[str, ...]]:
    """Show what the plans of others alone bring an economy."""
    effect = worth.others_plans(code)
    return [effect.row(text, text.of("answer.row", key))] if effect is not None else []


def _own_rows(worth: Worth, code: str, text: Translator) -> list[tuple[str, ...]]:
    """Show what a partner's own plan alone brings it, before and after its cost."""
    found = ((key, worth.own(code, net=net)) for key, net in (("own_gross", False), ("own_net", True)))
    return [effect.row(text, text.of("answer.row", key)) for key, effect in found if effect is not None]


def money_of(worth: Worth, code: str, money: ToldEffect, text: Translator) -> str:
    """Write an amount a year in one unit for all partners, the same in headline and card."""
    return text.million_usd(money.central, like=worth.money_size(code))


def _money_row(worth: Worth, code: str, money: ToldEffect, text: Translator) -> tuple[str, ...]:
    inner = text.million_range(money.low, money.high, like=worth.money_size(code))
    return text.of("answer.row", "money"), money_of(worth, code, money, text), inner


def _third_rows(worth: Worth, trade: TradeSection | None, text: Translator) -> list[tuple[str, ...]]:
    """Count those whose whole range lies on one side of zero, and name the largest losses in money and for their size."""
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
    rows += _others_row(worth, THIRD, "other_plans", text)
    losing = [code for code, effect in each.items() if effect.sign() < 0]
    if not losing:
        return rows
    known = {row.economy: row for row in trade.third_economies.rows if row.support == BOTH} if trade else {}
    if known.keys() >= set(losing):
        worst = min(losing, key=lambda code: known[code].real_income_musd)
        low, middle, high = (getattr(known[worst], f"real_income_musd{end}") for end in ("_low", "", "_high"))
        ((told, inner),) = text.brief_parts([(low, middle, high)], signed=True)
        unit = text("common.money_brief")
        rows.append((text("answer.extreme.money", unit=unit), f"{worth.name(worst)} {told}", inner))
    term, central, inner = each[losing[-1]].row(text, text("answer.extreme.size"))
    rows.append((term, f"{worth.name(losing[-1])} {central}", inner))
    return rows


def first_measures(worth: Worth, levers: LeversSection | None, text: Translator) -> Grid | None:
    """List the joint measures of both plans that are worth most to the partners together, in money."""
    ranked = worth.ranked()[:FIRST]
    if not ranked:
        return None
    named = titles(levers, text)
    columns = [
        [f"{number}. {named.get(one.lever, one.lever)}" for number, one in enumerate(ranked, start=1)],
        *(text.brief_amounts([one.musd[p] for one in ranked], signed=True) for p in worth.partners),
        _costs(ranked, text),
        [text.of("answer.grade", one.grade) for one in ranked],
    ]
    heads = [
        text.of("answer.column", "measure"),
        *(text("answer.gain_of", name=worth.name(p)) for p in worth.partners),
        text.of("answer.column", "cost"),
        text.of("answer.column", "grade"),
    ]
    return Grid(
        text("answer.first_title", n=len(ranked), unit=text("common.money_brief")),
        heads,
        [list(row) for row in zip(*columns, strict=True)],
        numeric=tuple(range(1, len(worth.partners) + 2)),
        source=text("answer.first_source", year=worth.deadline),
        csv="ranking",
        opened=True,
    )


def _costs(ranked: Sequence[MeasureWorth], text: Translator) -> list[str]:
    """Write what measures cost both sides, or how much of it is not known."""
    told = []
    for one, amount in zip(ranked, text.brief_amounts([one.cost for one in ranked]), strict=True):
        least = text("answer.cost_least", amount=amount) if one.cost > 0 else text("answer.cost_unknown")
        told.append(amount if one.cost_known else least)
    return told


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


def known(worth: Worth, findings: Findings, text: Translator) -> Points:
    """Say what becomes of the claim, and how sure the answer is."""
    claims = verdicts(findings.get(BorderSection), text)
    quiet = [] if any(e.sign() < 0 for e in worth.third_economies().values()) else [text("answer.no_losers")]
    title = text("answer.know_title" if claims else "answer.sure_title")
    return Points(title, [*quiet, *claims, sureness(worth, findings, text)])
