"""Read what is known of the standards and R&D protocols of each pair: catalogues or published shares, and what is recognised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from isthmus.border.defaults import Condition, PairFacts
from isthmus.border.merge import group_share
from isthmus.border.pair import StandardsInput
from isthmus.border.standards import Catalogue, Reference, Share
from isthmus.core.errors import BadInputError
from isthmus.core.pairs import Pair
from isthmus.core.provenance import Repair
from isthmus.readers.study.catalogues import (
    read_catalogue,
    read_deliverables,
    read_domains,
    read_ics_map,
    read_recognition,
    read_shares,
)


@dataclass(frozen=True, kw_only=True)
class StandardsFiles:
    """Files that tell of standards.

    Attributes
    ----------
    assets
        Folder of the packaged tables.
    study
        Folder of a study that may hold protocols.csv and recognition.csv; None without one.
    deliverables, catalogues
        Documents of the international body, and national catalogues by partner.
    recognition
        What stands in for the study's recognition.csv.
    """

    assets: Path
    study: Path | None = None
    deliverables: Path | None = None
    catalogues: Mapping[str, Path]
    recognition: Path | None = None

    def own(self, name: str) -> Path | None:
        """Return a file of the study's folder, None where there is none."""
        path = self.study / name if self.study else None
        return path if path and path.is_file() else None


def read_standards(
    files: StandardsFiles,
    pair: Pair,
    partners: Sequence[str],
    facts: PairFacts | None,
    members: Mapping[str, Mapping[str, float]],
) -> StandardsInput:
    """Read standards and protocols of one pair.

    Parameters
    ----------
    pair, partners
        The pair, and all partners of the study: rows of protocols and recognition may name one of their pairs.
    facts
        What geography says of the pair.
    members
        Members of each partner by share of population.

    Raises
    ------
    BadInputError
        For what is wrong in a file, a catalogue of no partner, or a catalogue that stands alone.
    """
    weights, names = read_ics_map(files.assets / "ics_isic.csv")
    recognised = files.recognition or files.own("recognition.csv")
    recognition = read_recognition(recognised, names, pair, partners) if recognised else ()
    domains = read_domains(files.own("protocols.csv") or files.assets / "protocols.csv", pair, partners)
    deep = facts is not None and facts.agreement == Condition.DEEP
    level = "conformity_certificates_accepted" if deep else "conformity_full_retest"
    _require_together(files, partners)
    left: Catalogue | Share
    right: Catalogue | Share
    references: tuple[Reference, ...] = ()
    if files.deliverables is not None and set(pair) <= set(files.catalogues):
        references, notes = read_deliverables(files.deliverables, names)
        one, right = (read_catalogue(files.catalogues[side], side, names) for side in pair)
        left = _with_notes(one, notes)
    else:
        left, right = (_share(files.assets / "adoption_shares.csv", name, deep, members[name]) for name in pair)
    return StandardsInput(weights, names, left, right, domains, references, recognition, level)


def _require_together(files: StandardsFiles, partners: Sequence[str]) -> None:
    """Refuse a catalogue of nobody, one catalogue alone, and catalogues without the documents they adopt."""
    unknown = sorted(set(files.catalogues) - set(partners))
    if unknown:
        raise BadInputError(
            "catalogues",
            f"{unknown[0]} is no partner",
            allowed=", ".join(partners),
            remedy="name a partner's catalogue",
        )
    if (files.deliverables is not None or files.catalogues) and (
        files.deliverables is None or len(files.catalogues) < 2
    ):
        raise BadInputError(
            "catalogues",
            "deliverables, catalogue-a and catalogue-b come together",
            allowed="all three or none; with more partners a catalogue of two or more of them",
            remedy="give the missing file",
        )


def _with_notes(catalogue: Catalogue, notes: tuple[Repair, ...]) -> Catalogue:
    return replace(catalogue, notes=(*notes, *catalogue.notes))


def _share(path: Path, economy: str, deep: bool, members: Mapping[str, float]) -> Share:
    """Return the published share of an economy, or the full range; members of deep agreements share many standards."""
    known = read_shares(path)
    if economy in known:
        return known[economy]
    if any(member in known for member in members):
        return group_share(economy, [(known.get(m, known["unknown"]), weight) for m, weight in members.items()])
    if deep:
        return known["deep"]
    unknown = known["unknown"]
    return Share(economy, unknown.low, unknown.high, unknown.source, unknown.status)
