"""Patterns of a lexicon, matched by PCRE2: the same matches as `re`, in a third of its time (see docs/decisions/use-pcre2.md)."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache, partial
from typing import Any

import pcre2

Match = re.Match[str]
"""What a pattern finds; matches of PCRE2 have the same methods."""


_LONG = 200
"""Letters from which on PCRE2 matches a pattern: its calls take a microsecond more than those of `re`."""
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


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

    search: Callable[..., Match | None]
    match: Callable[..., Match | None]
    fullmatch: Callable[..., Match | None]
    finditer: Callable[..., Iterator[Match]]
    findall: Callable[..., list[Any]]
    split: Callable[..., list[Any]]
    sub: Callable[..., str]

    def __init__(self, pattern: str, *, ignores_case: bool = False) -> None:
        self.pattern, self.ignores_case = pattern, ignores_case
        if len(pattern) < _LONG:
            methods = {name: getattr(self.sure, name) for name in _METHODS}
        else:
            try:
                fast = pcre2.compile(pattern, pcre2.IGNORECASE if ignores_case else 0)
            except pcre2.PatternError as error:
                raise re.error(str(error), pattern) from error
            methods = {name: partial(self._either, getattr(fast, name), name) for name in _METHODS}
        self.__dict__ |= methods

    @cached_property
    def sure(self) -> "re.Pattern[str]":
        """The same pattern for `re`."""
        return re.compile(self.pattern, re.IGNORECASE if self.ignores_case else re.NOFLAG)

    def _either(self, fast: Callable[..., Any], name: str, *arguments: object) -> object:
        """Return what PCRE2 finds, else `re`: a match may take PCRE2 too much memory, and half a sign is no text to it."""
        try:
            return iter([*fast(*arguments)]) if name == "finditer" else fast(*arguments)
        except (pcre2.LibraryError, UnicodeEncodeError):
            return getattr(self.sure, name)(*arguments)


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
