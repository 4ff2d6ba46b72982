"""The worked case reads its two digests, and what is read agrees with the curated facts as far as the evidence says."""

from isthmus.plans.compare import compare
from isthmus.readers.study.study import load_study
from isthmus.study.plans import compute, refine
from isthmus.study.station import Findings


class Bench:
    def progress(self, share: float) -> None:
        assert 0 <= share <= 1


def test_the_digests_give_the_curated_facts() -> None:
    read = load_study("china-russia")
    study = refine(read, compute(read, Findings(), Bench()))
    comparison = compare(study.extracted, study.targets, study.deadline)
    assert comparison.count("missed") == 0
    assert comparison.count("match") >= 0.9 * len(study.targets)
    assert all("value" not in pair.differs for pair in comparison.pairs)
    assert len(comparison.extras) == 6
    assert {t.page for t in study.extracted if t.file.endswith(".pdf")} == {1, 2}
