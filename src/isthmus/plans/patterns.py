"""Patterns of a lexicon, matched by PCRE2: the same matches as `re`, in a third of its time (see docs/decisions/use-pcre2.md)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any, ClassVar

import pcre2

Match = re.Match[str]
"""What a pattern finds; matches of PCRE2 have the same methods."""


_LONG = 200
"""Letters from which on PCRE2 matches a pattern: its calls take a microsecond more than those of `re`."""
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern with the methods of `re.Pattern`.

    Parameters
    ----------
    pattern
        In the syntax of `re`.
    ignores_case
        Whether capital and small letters are the same.

    Raises
    ------
    re.error
        For a form that is no pattern.
    """

    pattern: str
    ignores_case: bool = False
    search: ClassVar[Callable[..., Match | None]]
    match: ClassVar[Callable[..., Match | None]]
    fullmatch: ClassVar[Callable[..., Match | None]]
    finditer: ClassVar[Callable[..., Iterator[Match]]]
    findall: ClassVar[Callable[..., list[Any]]]
    split: ClassVar[Callable[..., list[Any]]]
    sub: ClassVar[Callable[..., str]]

    def __post_init__(self) -> None:
        """Give the pattern its methods: those of `re`, or such as ask PCRE2 first."""
        if len(self.pattern) < _LONG:
            methods = {name: getattr(self.sure, name) for name in _METHODS}
        else:
            try:
                fast = pcre2.compile(self.pattern, pcre2.IGNORECASE if self.ignores_case else 0)
            except pcre2.PatternError as error:
                raise re.error(str(error), self.pattern) from error
            methods = {name: partial(self._either, getattr(fast, name), name) for name in _METHODS}
        self.__dict__.update(methods)

    @cached_property
    def sure(self) -> "re.Pattern[str]":
        """The same pattern for `re`."""
        return re.compile(self.pattern, re.IGNORECASE if self.ignores_case else re.NOFLAG)

    def _either(self, fast: Callable[..., Any], name: str, *arguments: object, **named: object) -> object:
        """Return what PCRE2 finds, else `re`: a match may take PCRE2 too much memory, and half a sign is no text to it."""
        try:
            return iter([*fast(*arguments, **named)]) if name == "finditer" else fast(*arguments, **named)
        except (pcre2.LibraryError, UnicodeEncodeError):
            return getattr(self.sure, name)(*arguments, **named)


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> Pattern:
    """Return a compiled pattern; three grammars hold more patterns than the cache of `re` keeps."""
    return Pattern(pattern)


def search(pattern: str, text: str) -> Match | None:
    """Search a pattern of a grammar in a text."""
    return compiled(pattern).search(text)


def finditer(pattern: str, text: str) -> Iterator[Match]:
    """Find every place of a pattern of a grammar in a text."""
    return compiled(pattern).finditer(text)
