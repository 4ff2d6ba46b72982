"""The first screen: what aligning the two plans is worth to each partner and to third countries, and what is not claimed."""

from isthmus.report.blocks import Card, Cards, Chapter, Points
from isthmus.report.effects import THIRD, Effect, Effects
from isthmus.report.locale import Translator
from isthmus.study.station import Findings
from isthmus.study.value import ValueSection

ROWS = ("own", "spillover", "interaction", "aligned")
LIMITS = ("forecast", "model", "ranges", "desirable", "level")


def chapter(section: ValueSection, _: Findings, text: Translator) -> Chapter:
    """Write the answer."""
    effects = Effects(section, text)
    parts = [_part(effects, code, text) for code in effects.partners]
    lead = text(
        "answer.lead",
        draws=text("answer.draws", n=section.draws),
        parameters=text("answer.parameters", n=section.parameters),
    )
    return Chapter(
        name="answer",
        short=text("answer.short"),
        title=text("answer.headline", year=effects.deadline, first=parts[0], second=parts[1]),
        lead=lead,
        blocks=(
            _cards(effects, text),
            Points(text("answer.limits_title"), [text.of("answer.limit", name) for name in LIMITS], tone="muted"),
        ),
    )


def _part(effects: Effects, code: str, text: Translator) -> str:
    """Write one partner's part of the headline, saying so where zero lies within the range."""
    worth = effects(code, "coordination")
    if worth is None:
        return text("answer.part_unknown", name=effects.name(code))
    values = {"name": effects.name(code), "range": worth.ends(text)}
    return text("answer.part_zero", **values) if worth.has_zero else text("answer.part", **values)


def _cards(effects: Effects, text: Translator) -> Cards:
    a, b = effects.partners
    worths = {code: effects(code, "coordination") for code in (a, b, THIRD)}
    known = [w for w in worths.values() if w is not None]
    low, high = min(0.0, *(w.low for w in known), 0.0), max(0.0, *(w.high for w in known), 0.0)
    room = 0.04 * (high - low) or 1.0
    cards = [
        _card(effects, code, "a" if code == a else "b" if code == b else "third", worth, text)
        for code, worth in worths.items()
        if worth is not None
    ]
    return Cards(cards, scale=(low - room, high + room))


def _card(effects: Effects, code: str, role: str, worth: Effect, text: Translator) -> Card:
    rows = _third_rows(effects, text) if code == THIRD else _partner_rows(effects, code, text)
    return Card(
        heading=effects.name(code),
        value=worth.middle(text),
        label=text("answer.label", year=effects.deadline),
        role=role,  # type: ignore[arg-type]
        interval=(worth.low, worth.central, worth.high),
        interval_label=worth.ends(text),
        rows=rows,
        note=text("answer.zero_inside") if worth.has_zero else "",
    )


def _partner_rows(effects: Effects, code: str, text: Translator) -> list[tuple[str, ...]]:
    found = ((name, effects(code, name)) for name in ROWS)
    return [effect.row(text, text.of("answer.row", name)) for name, effect in found if effect is not None]


def _third_rows(effects: Effects, text: Translator) -> list[tuple[str, ...]]:
    """Count third countries whose whole range is on one side of zero; name the largest gain and loss."""
    each = effects.third_countries("coordination")
    rows: list[tuple[str, ...]] = []
    total = effects(THIRD, "aligned")
    if total is not None:
        rows.append(total.row(text, text.of("answer.row", "aligned")))
    if not each:
        return rows
    signs = [effect.sign() for effect in each.values()]
    rows += [
        (text.of("answer.count", "gain"), text("answer.economies", n=signs.count(1))),
        (text.of("answer.count", "lose"), text("answer.economies", n=signs.count(-1))),
        (text.of("answer.count", "unclear"), text("answer.economies", n=signs.count(0))),
    ]
    for key, code in (("best", next(iter(each))), ("worst", list(each)[-1])):
        term, central, ends = each[code].row(text, text.of("answer.extreme", key))
        rows.append((term, f"{effects.name(code)} {central}", ends))
    return rows
