"""How targets are worded for readers: themes, amounts with scale words, units, bounds and directions."""

import math
import re
from decimal import Decimal

from isthmus.report.locale import NO_BREAK, Translator

MANY = Decimal(0)
"""What a word stands behind that names its unit alone: many of it."""
OPERATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈", "=": ""}
ARROWS = {"up": "↑", "down": "↓"}
_SCALES = {
    "zh": ((1e12, "trillion"), (1e8, "hundred_million"), (1e4, "ten_thousand")),
    "other": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")),
}
_PLAIN_UNITS = {"ratio": "", "index": "", "x": "", "% per year": "%"}
"""Units that are not written, or written shorter."""
_EVERYWHERE = ("%", "‰")
_MULTIPLES = {"bcm": (1e9, "m3"), "Mt": (1e6, "t")}
"""Units that hold a multiple which Chinese counts in its own words (万, 亿)."""
_FIRST_HAN, _LONG_UNIT = "\u2e80", 12
_TONNE = 1000.0
_HEAVY = 1e6
"""Kilograms from which a mass is told in tonnes."""
_PER = re.compile(r"(?:(?P<noun>.+) )?per (?P<many>\d[\d,]*)")


def theme_name(theme: str, text: Translator) -> str:
    """Return the name of a theme, the key itself where the language has none, "not classified" for none."""
    if not theme:
        return text("plans.other_theme")
    return text.of("plans.theme", theme) if text.has(f"plans.theme.{theme}") else theme


def amount(value: float, signed: bool, text: Translator) -> str:
    """Write a number with a word for its scale (1.4 trillion)."""
    for size, word in _scales(text):
        if abs(value) >= size:
            shown = value / size
            return text.number(shown, _digits(shown), signed=signed) + text.of("plans.scale", word)
    return text.number(value, _digits(value), signed=signed)


def counted(value: float, text: Translator) -> Decimal:
    """Return a number as `amount` writes it, for the form of its unit; behind a word for its scale that is the form of many."""
    smallest = min(size for size, _ in _scales(text))
    return MANY if abs(value) >= smallest else text.counted(value, _digits(value))


def _scales(text: Translator) -> tuple[tuple[float, str], ...]:
    return _SCALES.get(text.language, _SCALES["other"])


def unit_name(unit: str, text: Translator, theme: str = "", lang: str = "", n: Decimal = MANY) -> str:
    """Return a unit in the language, in the form that it has behind `n`; years of health are years of life.

    A noun that the language has no word for stays as it was written; where `lang`, the language it was written in, is
    given and is another one, it is left out.
    """
    unit = _PLAIN_UNITS.get(unit, unit)
    for name in (f"{unit} ({theme})", unit):
        if text.has(f"plans.unit.{name}"):
            return text.of("plans.unit", name, n=n)
    if per := _PER.fullmatch(unit):
        noun = unit_name(per["noun"] or "", text, theme, lang, n)
        many = amount(float(per["many"].replace(",", "")), False, text)
        return text("plans.per", noun=noun, n=many).strip()
    return unit if unit in _EVERYWHERE or lang in ("", text.language) else ""


def bounded(
    value: float, unit: str, operator: str, direction: str, text: Translator, *, theme: str = "", lang: str = ""
) -> str:
    """Write a number of a passage in `lang` with direction, bound and unit, which is worded as `unit_name` does it."""
    if text.language == "zh" and unit in _MULTIPLES:
        factor, unit = _MULTIPLES[unit]
        value *= factor
    value, unit = in_tonnes(value, unit)
    if unit == "rank":
        return text("plans.rank", n=text.number(value, 0))
    number = ("×" if unit == "x" else "") + amount(value, False, text)
    number = with_unit(number, unit_name(unit, text, theme, lang, counted(value, text)), text)
    signs = [ARROWS.get(direction, ""), OPERATORS.get(operator, "")]
    return NO_BREAK.join(part for part in [*signs, number] if part)


def with_unit(number: str, unit: str, text: Translator) -> str:
    """Write a unit behind its number: a percent sign and Chinese words without a space, a long one perhaps on the next line."""
    tied = unit[:1] >= _FIRST_HAN or (unit.startswith("%") and text.language != "ru")
    gap = "" if tied or not unit else " " if len(unit) > _LONG_UNIT else NO_BREAK
    return f"{number}{gap}{unit}"


def slug_of(unit: str) -> str:
    """Return the key under which texts name a unit."""
    return re.sub(r"[^a-z0-9]+", "_", unit.lower().replace("%", "pct").replace("µ", "u")).strip("_")


def in_tonnes(value: float, unit: str) -> tuple[float, str]:
    """Return a mass of many kilograms in tonnes, as harvests and cargo are told; anything else as it is."""
    return (value / _TONNE, "t") if unit == "kg" and abs(value) >= _HEAVY else (value, unit)


def _digits(value: float) -> int:
    """Return the decimals to show: those the number has, at most two, fewer where they say less than a thousandth."""
    if math.isclose(round(value, 2), value, rel_tol=1e-9):
        return next(digits for digits in range(3) if math.isclose(round(value, digits), value, rel_tol=1e-9))
    return next((digits for digits in range(3) if math.isclose(round(value, digits), value, rel_tol=1e-3)), 2)


def with_prices(source: str, year: int | None, text: Translator) -> str:
    """Return the source line of a table or chart of money: at the prices of which year it is told."""
    return source if year is None else text("common.space").join((source, text("common.price_note", year=str(year))))


def with_zeros(source: str, below: float | None, text: Translator) -> str:
    """Return the source line of a chart: what 0 stands for in it, where a range of more than nothing is written so."""
    return (
        source if below is None else text("common.space").join((source, text("common.zero_note", n=text.short(below))))
    )
