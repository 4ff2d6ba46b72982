"""Every layout that a target is put into gives the target, whole, and nothing else."""

from collections.abc import Callable, Iterator

import pytest
from layouts import HEAD, SAID_OF_OTHERS, Aim, cards, lists, sentences

from isthmus.readers.documents.plans import extract_targets


def wrong(text: str, aims: list[Aim]) -> list[str]:
    """Return what is not right about the numeric rows of a text, in the order of its aims."""
    rows = [t for t in extract_targets(HEAD + text + "\n", "en") if t.value is not None]
    if len(rows) != len(aims):
        return [f"{len(rows)} rows for {len(aims)} aims"]
    return [fault for aim, row in zip(aims, rows, strict=True) for fault in aim.faults(row)]


@pytest.mark.parametrize("layouts", [sentences, lists, cards])
def test_a_target_is_read_whole_in_every_layout(layouts: Callable[[], Iterator[tuple[str, list[Aim]]]]) -> None:
    made = list(layouts())
    assert len(made) >= 20
    assert {text: faults for text, aims in made if (faults := wrong(text, aims))} == {}


@pytest.mark.parametrize("line", SAID_OF_OTHERS.splitlines())
def test_a_figure_that_is_nobodys_aim_gives_no_target(line: str) -> None:
    assert wrong(line, []) == []
