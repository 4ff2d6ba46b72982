from pathlib import Path

import pytest

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Grade, Status
from isthmus.readers.study.ledger import read_ledger

ENTRY = """
[[parameter]]
name = "elasticity"
description = "What it is"
unit = "share"
value = 0.2
low = 0.1
high = 0.3
source = "A book"
address = "https://example.org"
page = "12"
status = "quoted"
note = "why"
valid_from = 2025
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "ledger.toml"
    path.write_text(text, "utf-8")
    return path


def test_reads_every_key_of_an_entry(tmp_path):
    entry = read_ledger(write(tmp_path, ENTRY))["elasticity"]
    assert (entry.value, entry.low, entry.high) == (0.2, 0.1, 0.3)
    assert (entry.source, entry.address, entry.page, entry.note) == ("A book", "https://example.org", "12", "why")
    assert (entry.status, entry.valid_from, entry.unit) == (Status.QUOTED, 2025, "share")


def test_an_entry_may_name_the_grade_that_its_status_bears(tmp_path):
    assert read_ledger(write(tmp_path, ENTRY))["elasticity"].grade is None
    assert read_ledger(write(tmp_path, ENTRY + 'grade = "expert"\n'))["elasticity"].grade is Grade.EXPERT
    weak = ENTRY.replace("quoted", "unverified")
    assert read_ledger(write(tmp_path, weak + 'grade = "assumed"\n'))["elasticity"].grade is Grade.ASSUMED
    for status in ("assumed", "unverified"):
        with pytest.raises(BadInputError, match=f"grade is estimated where the status is {status}"):
            read_ledger(write(tmp_path, ENTRY.replace("quoted", status) + 'grade = "estimated"\n'))
    with pytest.raises(BadInputError, match=r"entry 1 .*, grade: found 'rumour'"):
        read_ledger(write(tmp_path, ENTRY + 'grade = "rumour"\n'))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('source = "A book"', 'source = " "', "source is empty"),
        ("low = 0.1", "low = 0.25", r"\.toml, entry 1 \(elasticity\): low 0.25, .* not in order"),
        ('status = "quoted"', 'status = "sure"', "found 'sure'"),
        ("value = 0.2", 'value = "0.2"', "a number"),
        ("value = 0.2", "", "value missing"),
        ('note = "why"', 'remark = "why"', "remark unknown"),
        ("value = 0.2", "value = ", "not valid TOML"),
    ],
)
def test_refuses_an_entry_that_cannot_be_used(tmp_path, old, new, message):
    with pytest.raises(BadInputError, match=message):
        read_ledger(write(tmp_path, ENTRY.replace(old, new)))


def test_refuses_a_name_that_occurs_twice_and_a_missing_file(tmp_path):
    with pytest.raises(BadInputError, match="occurs twice"):
        read_ledger(write(tmp_path, ENTRY + ENTRY))
    with pytest.raises(BadInputError, match="no such file"):
        read_ledger(tmp_path / "none.toml")
