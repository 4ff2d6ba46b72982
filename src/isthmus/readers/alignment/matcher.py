"""What alignment needs beside the two plans, read from the package and from what the analyst added."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from isthmus.alignment.items import ObjectLink
from isthmus.alignment.match import Alignment, Matcher
from isthmus.alignment.match import align as align_with
from isthmus.alignment.roles import Trade
from isthmus.alignment.spoken import Speech, partners_of, row_links, with_objects
from isthmus.economy.baseline import WorldTable
from isthmus.plans.plan import Target
from isthmus.plans.taxonomy import Taxonomy, with_themes
from isthmus.readers.alignment.embedders import calibration_for, load_embedders, measured_for
from isthmus.readers.alignment.glossary import read_glossary
from isthmus.readers.alignment.links import read_reference
from isthmus.readers.alignment.objects import read_object_rules
from isthmus.readers.study.taxonomy import read_taxonomy
from isthmus.readers.worlds.find import iso_names
from isthmus.readers.worlds.world import DEFAULT_WORLD, read_world


def load_matcher(models: str = "best", glossary: Path | None = None, candidates: int = 5) -> Matcher:
    """Return models, glossary and settings; see `embedders.load_embedders` for `models`.

    Weights are read when the first text is compared.
    """
    loaded = load_embedders(models)
    words = read_glossary(glossary)
    return Matcher(
        models=loaded,
        calibration=calibration_for(loaded),
        glossary=words,
        reference=tuple(read_reference(words)),
        measured=measured_for(loaded),
        rules=read_object_rules(words.objects),
        candidates=candidates,
    )


def described(targets: Sequence[Target]) -> list[Target]:
    """Return rows of one document, whoever's it is, with their theme, their objects and what the plan does with them."""
    taxonomy, speech = _words()
    return with_objects(with_themes(targets, taxonomy), speech)


@lru_cache(maxsize=1)
def _words() -> tuple[Taxonomy, Speech]:
    words = read_glossary()
    return read_taxonomy(), Speech(words, read_object_rules(words.objects), {})


def link_rows(
    left: Sequence[Target],
    right: Sequence[Target],
    matcher: Matcher | None = None,
    world: str | Path | WorldTable = DEFAULT_WORLD,
) -> list[ObjectLink]:
    """Link rows of two plans by the objects that they speak of (`spoken.row_links`).

    Where the rows name the codes of two economies of the world, its trade confirms or denies their complements. An economy
    outside of the world goes by its names.
    """
    codes, table = partners_of(left, right), world if isinstance(world, WorldTable) else read_world(world)
    names = {code: frozenset(by.get(code, code) for by in table.economy_names.values()) | {code} for code in codes}
    trade = Trade(table.sectors, table.economies, table.flows.values)
    known = {code: own for code, own in names.items() if code in table.economies}
    others = {code: frozenset(by.values()) | {code} for code, by in iso_names().items() if code in codes}
    return row_links(left, right, matcher or load_matcher(), others | known, trade)


def align(left: Sequence[Target], right: Sequence[Target], matcher: Matcher | None = None) -> Alignment:
    """Link two plans with the packaged models and glossary, or with a matcher of your own."""
    return align_with(left, right, matcher or load_matcher())
