"""No pattern of the plan reader hangs on a long run of one mark, as borders and rulers of real documents are."""

import dataclasses
import re
import signal
from collections.abc import Iterator, Mapping

import pytest

from isthmus.plans import cells
from isthmus.plans.patterns import Pattern
from isthmus.readers.documents.lexicon import read_lexicon

RUNS = ("-", "-a", "a ", "а ", "а", "| ", "1 ", "1,", "中，", "’", "a, ", "_", ". ", "и ")
LENGTH, PATIENCE_S = 200, 5
"""A pattern that does not backtrack needs a millisecond; one that does never comes to an end."""


def patterns(thing: object, seen: set[int]) -> Iterator["re.Pattern[str] | Pattern"]:
    """Yield every pattern that a lexicon holds, however deep."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, re.Pattern | Pattern):
        yield thing
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from patterns(value, seen)
    elif isinstance(thing, list | tuple | set | frozenset):
        for value in thing:
            yield from patterns(value, seen)
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        for entry in dataclasses.fields(thing):
            yield from patterns(getattr(thing, entry.name), seen)


def hung(*_: object) -> None:
    raise TimeoutError


@pytest.mark.parametrize("run", RUNS)
def test_no_pattern_hangs_on_a_run_of_one_mark(run: str) -> None:
    text, seen = run * (LENGTH // len(run)) + "!", set[int]()
    found = [*patterns(read_lexicon(), seen), *patterns(list(vars(cells).values()), seen)]
    assert len(found) > 100
    before = signal.signal(signal.SIGALRM, hung)
    try:
        for pattern in found:
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
            try:
                pattern.search(text)
            except TimeoutError:
                pytest.fail(f"hangs on {run!r}: {pattern.pattern[:200]}")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
