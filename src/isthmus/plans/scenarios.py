"""The scenario that a number of a sentence belongs to, where its words name some."""

import re
from collections.abc import Mapping, Sequence

from isthmus.plans.quantity import Finding

Scenarios = Sequence[tuple[int, str]]
"""Where a sentence names scenarios, and how."""


def without_scenarios(text: str, words: Mapping[str, "re.Pattern[str]"]) -> tuple[str, Scenarios]:
    """Return a sentence with the scenarios that it names blanked, and these."""
    found = list(words["scenario named"].finditer(text)) if words["scenario"].search(text) else []
    for match in found:
        text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return text, [(match.start(), match.group().partition(" ")[2]) for match in found]


def with_scenario(indicator: str, finding: Finding, findings: Sequence[Finding], named: Scenarios) -> str:
    """Return the indicator with the scenario of a finding in brackets.

    Where one is named before all numbers each stands before its own, else behind them.
    """
    if not named or finding.value is None:
        return indicator
    if named[0][0] < min(f.start for f in findings):
        own = [name for at, name in named if at < finding.start][-1:]
    else:
        own = [name for at, name in named if at >= finding.end][:1]
    return f"{indicator} ({own[0]})" if own else indicator


def unmarked(indicator: str, text: str, words: Mapping[str, "re.Pattern[str]"]) -> str:
    """Return the indicator of a sentence that names scenarios without the one in brackets behind it."""
    return re.sub(r" \([^()]*\)$", "", indicator) if words["scenario"].search(text) else indicator
