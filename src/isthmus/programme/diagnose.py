"""Say why there is no programme: how far the best one stays below the floor, and which constraints hold it there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from isthmus.programme.constraints import FAMILIES, payers
from isthmus.programme.objectives import total_gain, worst_gain
from isthmus.programme.search import Search, draft_of, solve


@dataclass(frozen=True)
class Reason:
    """A sentence, the families of constraints whose lifting would allow a programme, and the numbers behind it."""

    sentence: str
    binding: tuple[str, ...]
    numbers: Mapping[str, object]


def why_none(search: Search) -> Reason:
    """Return why no programme exists.

    Each family of constraints is lifted in turn; those without which there is a programme are the ones that bind. The
    shortfall is how far below what it can do alone the worst-off partner stays at best.
    """
    search = replace(search, settings=replace(search.settings, time_limit_s=search.settings.time_limit_s + 30))
    blocked = [_blocked(search, i) for i in search.force]
    if any(blocked):
        sentence = f"no programme exists: {'; '.join(filter(None, blocked))}"
        return Reason(sentence, ("window",), {"blocked": [text for text in blocked if text]})
    binding = [family for family in FAMILIES if _possible(search, family)]
    if search.settings.floor == "disagreement" and _possible(search, "", floor=False):
        return _floor_reason(search, binding)
    held = " or ".join(binding)
    if not binding and search.settings.floor == "disagreement":
        binding = [family for family in FAMILIES if _possible(search, family, floor=False)]
        held = f"the floor together with {' or '.join(binding) or 'several other constraints'}"
        binding = ["floor", *binding]
    names = ", ".join(search.case.projects[i].id for i in search.force)
    sentence = f"no programme contains {names}: held by {held or 'several constraints together'}"
    return Reason(sentence, tuple(binding) or ("several",), {"forced": names})


def _floor_reason(search: Search, binding: list[str]) -> Reason:
    draft, layout = draft_of(search, floor=False)
    answer = solve(search, draft, layout, worst_gain(draft, layout, search.disagreement))
    short = -answer.objective * layout.unit if answer.values is not None else float("nan")
    worse = []
    if answer.values is not None:
        gains = np.array([answer.values[layout.gain[j]] for j in layout.members]) * layout.unit
        worse = [
            search.case.partners[j] for j in layout.members if gains[j] < search.disagreement[j] - 1e-9 * layout.unit
        ]
    held = f"; it is held there by {' or '.join(binding)}" if binding else ""
    sentence = (
        "no programme leaves every partner at least as well off as it can be alone (floor): the best one leaves "
        f"{', '.join(worse) or 'a partner'} {short:.6g} short{held}"
    )
    alone = dict(zip(search.case.partners, search.disagreement.tolist(), strict=True))
    return Reason(sentence, ("floor", *binding), {"shortfall": short, "disagreement": alone, "worse_off": worse})


def _possible(search: Search, family: str, *, floor: bool = True) -> bool:
    """Whether there is a programme without a family of constraints, and with or without the floor."""
    draft, layout = draft_of(search, floor=floor, without=(family,))
    answer = solve(search, draft, layout, total_gain(layout), gap=1.0)
    return answer.values is not None


def _blocked(search: Search, i: int) -> str:
    """Say which window or missing predecessor keeps a project from ever starting, or nothing."""
    case = search.case
    project = case.projects[i]
    open_to = payers(case, range(len(case.partners)))
    for needed in (b for a, b in case.requires if a == i):
        other = case.projects[needed]
        ready = int(case.starts[needed][0]) + other.build_years if needed in open_to else None
        if needed in search.drop or ready is None:
            return f"{project.id} requires {other.id}, which may not be done"
        if ready > int(case.starts[i][-1]):
            return f"the window of {project.id} ends in {case.starts[i][-1]}, before {other.id} can be done in {ready}"
    return ""
