"""Sentences of the product in each language: looked up by key, with plural rules and number formats.

Texts lie in ``assets/locale/LANG/STATION.toml``. A key is ``station.name``; a name with plural forms is a TOML table of
CLDR categories (one, few, many, other) and is chosen by the argument `n`. Text goes through `str.format`, so arguments
stand in braces. Numbers are written by the helpers below, never by hand, so that signs and separators fit the language.
"""

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any, TypeAlias

from babel import Locale, numbers

LANGUAGES = ("en", "ru", "zh")
Wording: TypeAlias = str | dict[str, str]
"""A text, or its plural forms."""

NOTHING, FINEST = 5e-6, 5
"""Values below the first are written as 0, and no percentage of an effect has more decimals than the second."""
SEVERAL = "several."
"""What keys begin with whose text is meant for more than two partners."""
COUNTS = ("n", "draws")
"""Arguments of texts that are counts and may have thousands."""
MINUS, NO_BREAK = "\u2212", "\u00a0"

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Translator:
    """Sentences and number formats of one language.

    Parameters
    ----------
    language
        One of `LANGUAGES`.
    several
        Whether more than two partners are told of: texts of ``several.toml`` then go before those that say both.
    """

    def __init__(self, language: str, *, several: bool = False) -> None:
        self.language, self.several = language, several
        self._locale = Locale.parse(language)
        self._texts = texts_of(language, several=several)

    def __call__(self, key: str, **arguments: object) -> str:
        """Return the text of `key` with its arguments; `n` is a count, which chooses the plural form.

        Raises
        ------
        KeyError
            If the key does not exist: a text is never invented.
        """
        text = self._texts[key]
        if isinstance(text, dict):
            count = arguments["n"]
            assert isinstance(count, int | float | Decimal)  # the schema test: a text with forms is asked with a count
            text = text.get(self._locale.plural_form(count), text["other"])
        counts = {name: self.number(told, 0) for name in COUNTS if isinstance(told := arguments.get(name), int)}
        return str(text.format(**arguments | counts))

    def of(self, family: str, member: str, **arguments: object) -> str:
        """Return the text of one member of a family of keys, for example ``of("border.component", "tariff")``."""
        return self(f"{family}.{member}", **arguments)

    def station(self, name: str) -> str:
        """Return the short name of a station: that of its chapter."""
        return self(f"{name}.short")

    def has(self, key: str) -> bool:
        """Say whether a key exists."""
        return key in self._texts

    def number(self, value: float, digits: int = 2, *, signed: bool = False) -> str:
        """Write a number with `digits` decimals, a true minus sign and, when `signed`, a plus sign; nothing is a plain 0."""
        if math.isnan(value):
            return "–"
        rounded = round(value, digits)
        if not rounded:
            return "0"
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        body = numbers.format_decimal(abs(rounded), format=pattern, locale=self._locale)
        sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
        return sign + body

    def counted(self, value: float, digits: int) -> Decimal:
        """Return a number as `number` writes it, for the form of the word behind it: 12.0 years may be other than 12 years."""
        return Decimal(f"{abs(value):.{digits}f}")

    def percent(self, value: float, digits: int = 2, *, signed: bool = False) -> str:
        """Write a value that is already in percent, tied to its sign as the language does it.

        What is not zero does not read 0: an effect has as many decimals as it needs, a share one more, or is below the next.
        """
        if not signed and value >= NOTHING and not round(value, digits + 1):
            return self("common.percent_below", value=self.number(10.0 ** -(digits + 1), digits + 1))
        return self("common.percent", value=self.effect(value, digits, signed=signed))

    def effect(self, value: float, digits: int = 2, *, signed: bool = True) -> str:
        """Write an effect with as many decimals as it needs not to read 0, as far as it is more than nothing."""
        small = abs(value) >= NOTHING and not round(value, digits)
        needed = next((n for n in range(digits, FINEST) if round(value, n)), FINEST) if small else digits
        return self.number(value, needed, signed=signed)

    def million_usd(self, value: float, *, like: float | None = None, signed: bool = True) -> str:
        """Write an amount given in million USD in the language's larger or smaller unit.

        Where it stands beside a larger amount `like`, it has the unit and the decimals of that.
        """
        size = value if like is None else like
        unit, divisor = self._money_unit(size)
        digits = _few(size / divisor)
        if value and not round(value / divisor, digits):
            digits = _few(value / divisor)
        return self.of("common.money", unit, value=self.number(value / divisor, digits, signed=signed))

    def million_range(self, low: float, high: float, *, like: float | None = None) -> str:
        """Write a range of amounts given in million USD, both ends in the unit of the larger or of `like`."""
        largest = max(low, high, key=abs)
        unit, divisor = self._money_unit(largest if like is None else like)
        ends = self.range(low / divisor, high / divisor, _few(largest / divisor), signed=True)
        return self.of("common.money", unit, value=ends)

    def million_with_range(self, low: float, middle: float, high: float) -> str:
        """Write an amount given in million USD followed by its range, all in the unit of the larger end."""
        largest = max(low, high, key=abs)
        unit, divisor = self._money_unit(largest)
        digits = _few(largest / divisor)
        amount = self.of("common.money", unit, value=self.number(middle / divisor, digits, signed=True))
        return self(
            "common.with_range", central=amount, range=self.range(low / divisor, high / divisor, digits, signed=True)
        )

    def brief_parts(
        self, values: Sequence[tuple[float, float, float]], *, signed: bool = False
    ) -> list[tuple[str, str]]:
        """Write low, median and high given in million USD as median and range, in the unit of the brief's tables.

        All have the decimals that the largest median needs.
        """
        digits, divisor = self._brief([middle for _, middle, _ in values])
        return [
            (
                self.number(middle / divisor, digits, signed=signed),
                self("common.range_cell", **self._ends(low / divisor, high / divisor, digits, signed)),
            )
            for low, middle, high in values
        ]

    def brief_column(self, values: Sequence[tuple[float, float, float]], *, signed: bool = False) -> list[str]:
        """Write the same as medians with their ranges behind them."""
        return [
            self("common.with_range", central=middle, range=ends.replace(" ", NO_BREAK))
            for middle, ends in self.brief_parts(values, signed=signed)
        ]

    def brief_amounts(self, values: Sequence[float], *, signed: bool = False) -> list[str]:
        """Write amounts given in million USD in the unit of the brief's tables."""
        digits, divisor = self._brief(values)
        return [self.number(value / divisor, digits, signed=signed) for value in values]

    def _brief(self, values: Sequence[float]) -> tuple[int, float]:
        """Return the decimals that the largest amount of a column needs, and how many million USD the unit is."""
        divisor = float(self("common.money_millions.brief"))
        return _few(max(map(abs, values), default=0.0) / divisor), divisor

    def tabled(self, million: float) -> float:
        """Return an amount given in million USD in the unit that tables and axes name: 万 in Chinese, million elsewhere."""
        return million / float(self("common.money_millions.tabled"))

    def charted(self, million: float) -> float:
        """Return an amount given in million USD in the larger unit of the language: 亿 in Chinese, billion elsewhere."""
        return million / float(self("common.money_millions.large"))

    def _money_unit(self, million: float) -> tuple[str, float]:
        """Return the text of the unit and how many million USD it is."""
        large, small = (float(self.of("common.money_millions", unit)) for unit in ("large", "small"))
        return ("large", large) if abs(million) >= large else ("small", small)

    def short(self, value: float) -> str:
        """Write a number of any size with at most four figures that count and no zeros after them."""
        if not math.isfinite(value):
            return "–"
        body = numbers.format_decimal(abs(float(f"{value:.4g}")), format="#,##0.########", locale=self._locale)
        return (MINUS if value < 0 and body != "0" else "") + body

    def scientific(self, value: float) -> str:
        """Write a very small or large number as a figure times a power of ten."""
        mantissa, exponent = f"{value:.0e}".split("e")
        return f"{mantissa}{NO_BREAK}×{NO_BREAK}10{str(int(exponent)).translate(SUPERSCRIPTS)}"

    def range(self, low: float, high: float, digits: int | tuple[int, int] = 2, *, signed: bool = False) -> str:
        """Write a range in words of the language, `digits` for both ends or for each; it never wraps.

        Two ends that read the same are written once.
        """
        ends = self._ends(low, high, digits, signed)
        if ends["low"] == ends["high"]:
            return ends["low"]
        return self("common.range", **ends).replace(" ", NO_BREAK)

    def percent_range(self, low: float, high: float, digits: int | tuple[int, int] = 2, *, signed: bool = False) -> str:
        """Write a range of values that are already in percent; no end is parted from its sign. Equal ends are written once."""
        ends = self._ends(low, high, digits, signed)
        if ends["low"] == ends["high"]:
            last = digits[1] if isinstance(digits, tuple) else digits
            return self.percent(high if low * high > 0 else 0.0, last, signed=signed)
        return self("common.percent_range", **ends)

    def _ends(self, low: float, high: float, digits: int | tuple[int, int], signed: bool) -> dict[str, str]:
        first, last = digits if isinstance(digits, tuple) else (digits, digits)
        return {"low": self.number(low, first, signed=signed), "high": self.number(high, last, signed=signed)}

    def named(self, names: Mapping[str, str], fallback: str) -> str:
        """Return the name in this language from names by language, else the English one, else `fallback`."""
        return names.get(self.language) or names.get("en") or fallback

    def tie(self, sentence: str) -> str:
        """Put no-break spaces between numbers and their units and before arrows and dashes, which begin no line."""
        return _unit_pattern(self("common.units")).sub(NO_BREAK, sentence)

    def each(self, values: Mapping[str, str]) -> str:
        """Write names with their values as a list."""
        return self.list([self("common.each", name=name, value=value) for name, value in values.items()])

    def list(self, items: Sequence[str]) -> str:
        """Join items with the language's commas and final word for and."""
        if len(items) < 2:
            return "".join(items)
        return self("common.and", first=self("common.comma").join(items[:-1]), last=items[-1])


def _few(value: float) -> int:
    """Return the decimals that leave an amount a figure or two; one too small for three decimals is written as nothing."""
    return next((digits for digits, least in ((0, 10), (1, 0.95), (2, 0.0095), (3, NOTHING)) if abs(value) >= least), 0)


def decimals(*values: float) -> int:
    """Return the decimals that values shown together need, so that the largest keeps two figures that count."""
    largest = max((abs(v) for v in values if not math.isnan(v)), default=0.0)
    if largest >= 20:
        return 1
    if largest < NOTHING:
        return 0
    return next((digits for digits, least in ((2, 0.095), (3, 0.0095), (4, 0.00095)) if largest >= least), 5)


def apart(*values: float) -> int:
    """Return the decimals by which values that stand below each other are told apart: as many as the smallest needs."""
    least = min((abs(v) for v in values if abs(v) >= NOTHING), default=0.0)
    digits = next((digits for digits, size in ((0, 20), (1, 0.95)) if least >= size), decimals(least))
    return digits + (len({round(v, digits) for v in values}) < len(set(values)))


@lru_cache(maxsize=len(LANGUAGES))
def load_texts(language: str) -> dict[str, Wording]:
    """Return all texts of a language by full key."""
    folder = resources.files("isthmus") / "assets" / "locale" / language
    texts: dict[str, Wording] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            texts.update(_flatten(file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8"))))
    return texts


@lru_cache(maxsize=2 * len(LANGUAGES))
def texts_of(language: str, *, several: bool) -> dict[str, Wording]:
    """Return the texts of a study with two partners, or with more.

    There a text of ``LANG/several.toml`` goes before its namesake; in all others the phrases of ``several.toml`` are replaced.
    """
    texts = load_texts(language)
    if not several:
        return texts
    own = {key.removeprefix(SEVERAL): text for key, text in texts.items() if key.startswith(SEVERAL)}
    words = phrases(language)
    return {key: own[key] if key in own else _replaced(text, words) for key, text in texts.items()}


@lru_cache(maxsize=len(LANGUAGES))
def phrases(language: str) -> Mapping[str, str]:
    """Return what is replaced where a study has more than two partners, in the order of the file."""
    file = resources.files("isthmus") / "assets" / "locale" / "several.toml"
    found: dict[str, str] = tomllib.loads(file.read_text("utf-8"))[language]
    return found


def _replaced(text: Wording, words: Mapping[str, str]) -> Wording:
    """Return a text, or all its plural forms, with phrases replaced."""
    if isinstance(text, dict):
        return {form: _in_words(told, words) for form, told in text.items()}
    return _in_words(text, words)


def _in_words(text: str, words: Mapping[str, str]) -> str:
    for before, after in words.items():
        text = text.replace(before, after)
    return text


@lru_cache
def _unit_pattern(units: str) -> re.Pattern[str]:
    words = "|".join(re.escape(unit) for unit in units.split())
    return re.compile(rf"(?<=\d) (?=(?:{words})(?!\w))| (?=[→–—] )")


def _flatten(prefix: str, node: dict[str, Any]) -> dict[str, Wording]:
    flat: dict[str, Wording] = {}
    for name, value in node.items():
        if isinstance(value, dict) and "other" not in value:
            flat.update(_flatten(f"{prefix}.{name}", value))
        else:
            flat[f"{prefix}.{name}"] = value
    return flat
