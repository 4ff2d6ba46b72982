"""Two lists of one language: what belongs together is found, and nothing different is called the same."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import Link, align
from isthmus.plans.plan import Target
from isthmus.readers.alignment.matcher import load_matcher
from isthmus.readers.documents.plans import extract_targets

LISTS = Path(__file__).resolve().parents[2] / "data" / "alignment_lists" / "lists.csv"


def lists(lang: str) -> tuple[dict[str, list[Target]], dict[str, str], dict[str, str]]:
    """Return the targets of both sides, the answers of the left one, and the relations that are labelled."""
    sides: dict[str, list[Target]] = {"left": [], "right": []}
    answers, relations = {}, {}
    with LISTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["lang"] == lang:
                made = extract_targets(row["text"], lang, reported=2025)
                sides[row["side"]] += [replace(t, id=f"{row['id']}-{i}") for i, t in enumerate(made)]
                if row["side"] == "left" and row["answer"]:
                    answers[row["id"]], relations[row["id"]] = row["answer"], row["relation"]
    return sides, answers, relations


def ids(link: Link) -> tuple[str, str]:
    return link.left.id.split("-")[0], link.right.id.split("-")[0]


@pytest.mark.parametrize("lang", ["en", "ru", "zh"])
def test_lists_of_one_language(lang: str) -> None:
    sides, answers, relations = lists(lang)
    accepted = align(sides["left"], sides["right"], load_matcher("base")).accepted
    right = [link for link in accepted if answers.get(ids(link)[0]) == ids(link)[1]]
    assert len(right) >= 0.75 * len(accepted)
    assert len({ids(link)[0] for link in right}) >= 0.75 * len(answers)
    labelled = [link for link in right if relations[ids(link)[0]]]
    assert sum(str(link.relation) == relations[ids(link)[0]] for link in labelled) >= 0.8 * len(labelled)
    wrong = [link for link in accepted if link not in right]
    assert not [ids(link) for link in wrong if link.relation in (Relation.SAME, Relation.CONFLICT)]
