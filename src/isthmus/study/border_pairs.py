"""The border of one pair out of those of all pairs of a study."""

from dataclasses import replace
from typing import Any

from isthmus.core.pairs import EVERY_PAIR
from isthmus.study.border import BorderSection, PairFacts
from isthmus.study.section import Table, tables_of


def largest_first(section: BorderSection) -> tuple[PairFacts, ...]:
    """Return the pairs, the one that trades most first; pairs that trade alike stay in the order of the study."""
    return tuple(sorted(section.pairs, key=lambda pair: -pair.trade_musd))


def of_pair(section: BorderSection, pair: PairFacts) -> BorderSection:
    """Return the section with one pair alone, as a study of these two partners would have it."""
    benchmarks = section.benchmarks.frame
    own = benchmarks["pair"].isin(["-".join(pair.partners), "-".join(pair.partners[::-1])])
    narrowed: dict[str, Any] = {
        name: Table(table.row, table.frame[table.frame["pair"] == pair.pair])
        for name, table in tables_of(section).items()
        if name != "benchmarks" and "pair" in table.frame
    }
    return replace(
        section,
        partners=pair.partners,
        directions=pair.directions,
        pairs=(pair,),
        claims=tuple(claim for claim in section.claims if claim.pair == pair.pair),
        benchmarks=Table(section.benchmarks.row, benchmarks[~own]),
        **narrowed,
    )


def together(section: BorderSection) -> str:
    """Return the label under which all pairs together stand in the tables: that of the only pair where there is one."""
    return section.pairs[0].pair if len(section.pairs) == 1 else EVERY_PAIR
