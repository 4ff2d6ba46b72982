"""The first screen of a study without levers: findings of all chapters, and what is missing with the file that adds it."""

import pytest
import report_sample as sample
from blank import row, section

from isthmus.report.brief import brief_docx
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.outset import WITH_LEVERS, outset
from isthmus.report.page import collect, render
from isthmus.study.evidence import EvidenceSection, LedgerRow
from isthmus.study.plans import PlansSection, TargetCounts
from isthmus.study.registry import STATIONS
from isthmus.study.section import table
from isthmus.study.station import Findings
from isthmus.study.targets import TargetRow
from isthmus.study.trade import ThirdRow

SKIPPED = ("alignment", "border", "levers", "value", "outcomes", "worlds", "tracking")


def findings() -> Findings:
    """Trade of today and evidence, as a study of two economies without levers has them."""
    full = sample.findings().sections
    evidence = full["evidence"]
    assert isinstance(evidence, EvidenceSection)
    bare = evidence.__class__(
        **{**vars(evidence), "not_applied": SKIPPED, "solver": None, "ledger": table(LedgerRow, [])}
    )
    trade = full["trade"].__class__(**{**vars(full["trade"]), "third_economies": table(ThirdRow, [])})
    return Findings({"trade": trade, "evidence": bare}, SKIPPED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_and_what_is_missing_stand_first(language: str) -> None:
    found, text = findings(), Translator(language)
    first, trade, evidence = collect(found, language)
    assert first.name == "answer"
    known, missing = first.blocks
    assert [trade.title in item for item in known.items] == [True]
    assert len(missing.items) == len(set(SKIPPED) - set(WITH_LEVERS))
    assert any("levers.toml" in item for item in missing.items)
    assert text("evidence.title_none") == evidence.title
    assert text("trade.lead_today", year=2024) == trade.lead, "no joint measures are spoken of"
    page = render(found, [first, trade, evidence], language, LANGUAGES)
    assert "0.0" not in first.title
    assert first.title in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_station_without_words_of_its_own_is_named(language: str) -> None:
    text = Translator(language)
    for station in STATIONS:
        if not station.internal and not text.has(f"outset.needs.{station.name}"):
            assert text("outset.other", chapter=text.station(station.name))


def test_a_partner_without_targets_and_targets_nobody_checked_are_named() -> None:
    plans = section(
        PlansSection,
        partners=("AAA", "BBB"),
        economy_names=sample.NAMES,
        targets=table(TargetRow, [row(TargetRow, id="a_001", partner="AAA")]),
        listed={"AAA": TargetCounts(1, 1, 0, 1), "BBB": TargetCounts(0, 0, 0, 0)},
    )
    first = outset(Findings({"plans": plans}), [], Translator("en"))
    (missing,) = first.blocks
    assert missing.items[0].startswith("Beria: no target")
    assert missing.items[1].startswith("1 target was read by program and nobody has checked it")


def test_the_brief_is_written_without_levers_too() -> None:
    found = findings()
    assert brief_docx(collect(found, "ru")[0], "cited", Translator("ru")).startswith(b"PK")
