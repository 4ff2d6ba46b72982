"""Links by one aim beside links by one object: where the two say different things of one object."""

from dataclasses import dataclass

from isthmus.study.alignment import AlignmentSection
from isthmus.study.alignment_rows import LinkRow
from isthmus.study.plans import PlansSection
from isthmus.study.station import Findings

TALKS = ("same", "complement", "conflict")
"""Relations of an object that there is something to talk about, in the order in which they are shown."""


@dataclass(frozen=True)
class Unlike:
    """A link by one aim whose relation its object, among those to talk about, does not have."""

    link: LinkRow
    item: str
    relations: tuple[str, ...]


def by_aim(section: AlignmentSection) -> list[LinkRow]:
    """Return the accepted links of targets, with the rows that join them, the best first."""
    spoken = {(row.left, row.right) for row in section.objects.rows}
    found = [row for row in section.links.rows if row.accepted and (row.left, row.right) not in spoken]
    return sorted(found, key=lambda row: -row.score)


def unlike(section: AlignmentSection, findings: Findings) -> list[Unlike]:
    """Return where the two tiers differ on an object that both targets of a link by one aim speak of."""
    plans = findings.get(PlansSection)
    tables = (plans.targets, plans.extracted_targets, plans.extracted_measures) if plans else ()
    about = {row.id: set(row.objects.split(";")) - {""} for table in tables for row in table.rows}
    held: dict[tuple[str, str], set[str]] = {}
    for row in section.objects.rows:
        if row.relation in TALKS:
            held.setdefault((row.pair, row.item), set()).add(row.relation)
    return [
        Unlike(link, item, tuple(name for name in TALKS if name in held[link.pair, item]))
        for link in by_aim(section)
        if link.relation in TALKS
        for item in sorted(about.get(link.left, set()) & about.get(link.right, set()))
        if (link.pair, item) in held and link.relation not in held[link.pair, item]
    ]
