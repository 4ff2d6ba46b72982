"""What alignment needs beside the two plans, read from the package and from what the analyst added."""

from collections.abc import Sequence
from pathlib import Path

from isthmus.alignment.match import Alignment, Matcher
from isthmus.alignment.match import align as align_with
from isthmus.plans.plan import Target
from isthmus.readers.alignment.embedders import calibration_for, load_embedders, measured_for
from isthmus.readers.alignment.glossary import read_glossary
from isthmus.readers.alignment.links import read_reference
from isthmus.readers.alignment.objects import read_object_rules


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


def align(left: Sequence[Target], right: Sequence[Target], matcher: Matcher | None = None) -> Alignment:
    """Link two plans with the packaged models and glossary, or with a matcher of your own."""
    return align_with(left, right, matcher or load_matcher())
