"""The worked case reads its two digests, and what is read agrees with the curated facts as far as the evidence says."""

from dataclasses import replace
from pathlib import Path

import pytest

from isthmus.commands.run import tell_doubts
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.compare import compare
from isthmus.plans.plan import Kind, Target
from isthmus.readers.study.study import load_study
from isthmus.study.plans import compute, refine
from isthmus.study.spoken import plan_statements
from isthmus.study.station import Findings
from isthmus.study.study import Study
from tests.packaged import packaged_study
from tests.unit.study.workshops import Quiet


def test_the_digests_give_the_curated_facts() -> None:
    read = packaged_study()
    study = refine(read, compute(read, Findings(), Quiet()))
    comparison = compare(study.extracted, study.targets, study.deadline)
    assert comparison.count("missed") == 0
    assert comparison.count("match") >= 0.9 * len(study.targets)
    assert all("value" not in pair.differs for pair in comparison.pairs)
    assert len(comparison.extras) == 6
    assert {t.page for t in study.extracted if t.file.endswith(".pdf")} == {1, 2}


def test_a_passage_that_a_program_read_is_verified_where_a_verified_row_of_the_table_quotes_it() -> None:
    study = packaged_study()
    said = ("Natural gas exports will grow by 2030.", "More drones will be built by 2030.")
    read = [Target(f"r{n}", "CHN", t, "en", t, Kind.QUALITATIVE, status=Status.QUOTED) for n, t in enumerate(said)]
    held = replace(read[0], id="held", status=Status.VERIFIED)
    study = replace(study, statements=(), extracted=tuple(read), targets=(held,))
    assert study.matcher is not None
    statements, speaks = plan_statements(study, {"CHN": read, "RUS": []}, study.matcher)
    assert speaks == ("CHN",)
    assert {s.target: s.status for s in statements} == {"r0": Status.VERIFIED, "r1": Status.UNVERIFIED}


PAIR = """partners = ["CHN", "RUS"]

[files]
plan_documents = "documents.csv"

[[documents]]
file = "plans/digest.md"
partner = "CHN"
code = "outline"
digest = true
"""
KNOWN = """code,partner,kind,title,date,address,address_status,shipped,note
outline,CHN,plan,Outline,2026,,unverified,digest,
decree,RUS,plan,Decree,2024,,unverified,none,
treaty,CHN;RUS,bilateral,Treaty,2024,,unverified,none,
"""


def pair(folder: Path) -> Path:
    (folder / "plans").mkdir(parents=True)
    (folder / "study.toml").write_text(PAIR)
    (folder / "documents.csv").write_text(KNOWN)
    (folder / "plans" / "digest.md").write_text("Raise the share to 20 percent by 2030.\n")
    return folder


def read_of(study: Study) -> list[tuple[str, str, bool, str]]:
    return [(d.document.file, d.partner, d.digest, d.instead) for d in study.documents]


def test_a_digest_is_read_as_what_it_is(tmp_path: Path) -> None:
    study = load_study(pair(tmp_path / "s"))
    assert read_of(study) == [("digest.md", "CHN", True, "")]
    assert [d.digest for d in compute(study, Findings(), Quiet()).documents] == [True]


def test_a_document_in_the_folder_of_plans_is_read_instead_of_the_digest(tmp_path: Path) -> None:
    folder = pair(tmp_path / "s")
    before = load_study(folder).digests
    (folder / "plans" / "outline.txt").write_text("Raise the share to 25 percent by 2030.\n")
    study = load_study(folder)
    assert read_of(study) == [("outline.txt", "CHN", False, "digest.md")]
    section = compute(study, Findings(), Quiet())
    assert [row.value for row in section.extracted_targets.rows] == [25.0]
    assert (section.documents[0].digest, section.documents[0].instead) == (False, "digest.md")
    assert study.digests != before
    assert "plan outline" in study.digests


def test_later_stations_work_with_the_targets_the_study_asks_for(tmp_path: Path) -> None:
    study = load_study(pair(tmp_path / "s"))
    curated = replace(study, targets=(Target("t", "RUS", "", "en", "Exports", Kind.LEVEL, ">=", 9.0, "t", 2030),))
    section = compute(curated, Findings(), Quiet())
    found = {
        origin: [(t.partner, t.value) for t in refine(replace(curated, use_targets=origin), section).targets]
        for origin in ("curated", "extracted", "merge")
    }
    assert found == {
        "curated": [("RUS", 9.0)],
        "extracted": [("CHN", 20.0)],
        "merge": [("RUS", 9.0), ("CHN", 20.0)],
    }


def test_a_document_given_to_the_run_goes_before_what_the_study_holds(tmp_path: Path) -> None:
    folder, given = pair(tmp_path / "s"), tmp_path / "given.txt"
    given.write_text("Raise the share to 30 percent by 2030.\n")
    (folder / "plans" / "outline.txt").write_text("Raise the share to 25 percent by 2030.\n")
    study = load_study(folder, plans={"outline": given, "decree": given})
    assert read_of(study) == [("given.txt", "CHN", False, "digest.md"), ("given.txt", "RUS", False, "")]


def test_a_partner_stands_for_its_main_plan(tmp_path: Path) -> None:
    folder, given = pair(tmp_path / "s"), tmp_path / "given.txt"
    given.write_text("Outline\n\nRaise the share to 30 percent by 2030.\n")
    study = load_study(folder, plans={"CHN": given, "RUS": given})
    assert [(d.code, d.partner, d.instead) for d in study.documents] == [
        ("outline", "CHN", "digest.md"),
        ("decree", "RUS", ""),
    ]
    with pytest.raises(BadInputError, match="was given too"):
        load_study(folder, plans={"CHN": given, "outline": tmp_path / "other.txt"})


def test_an_unknown_code_is_answered_with_the_plans_alone(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as caught:
        load_study("china-russia", plans={"USA": tmp_path / "given.txt"})
    assert "cn_outline" in caught.value.allowed
    assert "ru_decree_309" in caught.value.allowed
    assert len(caught.value.allowed) < 160


def test_what_does_not_fit_is_said_on_standard_error_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, given = pair(tmp_path / "s"), tmp_path / "given.txt"
    known = KNOWN.replace("plan,Outline,", 'plan,"Outline of the harbours, 2026 to 2030",')
    (folder / "documents.csv").write_text(known)
    given.write_text("Harbour Plan of Peru 2031-2035\n\nRaise the share to 30 percent by 2034.\n")
    study = load_study(folder, plans={"CHN": given})
    tell_doubts(study, {"CHN": given})
    told = capsys.readouterr().err
    assert "--plan CHN: given.txt is read as outline" in told
    assert "its period is 2031–2035, that of the plan 2026–2030" in told
    (document,) = compute(study, Findings(), Quiet()).documents
    assert document.given
    assert [doubt.about for doubt in document.doubts][:1] == ["period"]


@pytest.mark.parametrize(("more", "doubted"), [(0, True), (1, False)])
def test_a_document_no_longer_than_the_digest_may_be_a_part_of_the_plan(
    more: int, doubted: bool, tmp_path: Path
) -> None:
    folder, given = pair(tmp_path / "s"), tmp_path / "given.txt"
    aim = "Raise the share to 30 percent by 2030.\n"
    (folder / "plans" / "digest.md").write_text(f"{aim}{aim}\n")
    given.write_text(f"{aim}{aim}{'.' * more}\n")
    (document,) = (d for d in load_study(folder, plans={"CHN": given}).documents if d.given)
    assert document.given
    assert [d.about for d in document.given.doubts if d.about == "length"] == ["length"] * doubted


@pytest.mark.parametrize(
    ("title", "said"),
    [("能源领域规划", True), ("Outline of the harbours, 2026 to 2030", False), ("Energy plan", False)],
)
def test_a_document_whose_title_cannot_be_compared_is_said_to_be_so(
    title: str, said: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The title of the plan stands in another script, fits, or does not."""
    folder, given = pair(tmp_path / "s"), tmp_path / "given.txt"
    (folder / "documents.csv").write_text(KNOWN.replace("plan,Outline,", f'plan,"{title}",'), "utf-8")
    given.write_text("Outline of the harbours, 2026 to 2030\n\nRaise the share to 30 percent by 2030.\n")
    tell_doubts(load_study(folder, plans={"CHN": given}), {"CHN": given})
    assert ("no title to compare" in capsys.readouterr().err) == said


@pytest.mark.parametrize(
    ("code", "says"), [("other", r"is no document of the study.*CHN \(.*, RUS"), ("treaty", "no plan of one side")]
)
def test_a_code_that_is_no_plan_of_one_side_is_refused(code: str, says: str, tmp_path: Path) -> None:
    given = tmp_path / "given.txt"
    given.write_text("Raise the share to 30 percent by 2030.\n")
    with pytest.raises(BadInputError, match=says):
        load_study(pair(tmp_path / "s"), plans={code: given})


def test_statements_without_a_number_are_measures_in_a_table_of_their_own(tmp_path: Path) -> None:
    folder = pair(tmp_path / "s")
    (folder / "plans" / "digest.md").write_text(
        "Raise the share to 20 percent by 2030.\nStrengthen cooperation on standards.\n"
    )
    study = load_study(folder)
    section = compute(study, Findings(), Quiet())
    assert [row.value for row in section.extracted_targets.rows] == [20.0]
    assert [row.text for row in section.extracted_measures.rows] == ["Strengthen cooperation on standards."]
    assert len(refine(study, section).extracted) == 2
