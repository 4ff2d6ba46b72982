from pathlib import Path

import pytest

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.levers.lever import Channel
from isthmus.plans.plan import Kind, Target
from isthmus.readers.study.levers import read_levers

PARTNERS = ("AAA", "BBB")
LEDGER = Ledger({n: Parameter(n, n, "share", 0.2, 0.1, 0.3, "assumed", Status.ASSUMED) for n in ("o", "s", "a", "lag")})
TARGETS = (Target("t1", "AAA", "text", "en", "thing", Kind.LEVEL, value=2.0, base_value=1.0),)
LEVERS = """
heavy = ["C24A", "C24B"]

[[lever]]
id = "gate"
family = "infrastructure"
owner = "joint"
targets = { AAA = ["t1"], BBB = [] }
alone = { AAA = "a", BBB = "a" }
lag = "lag"
base_year = 2025
start = 2026
full = 2030
title = { en = "Gate", ru = "Ворота", zh = "门" }

[[lever.effect]]
channel = "wedge"
component = "procedures"
exporter = ["AAA"]
importer = ["BBB"]
sector = ["A01", "heavy"]
both_ways = true
numbers = { overhead = "o", removed = "s" }
"""


def read(folder: Path, text: str):
    path = folder / "levers.toml"
    path.write_text(text, "utf-8")
    return read_levers(path, PARTNERS, LEDGER, TARGETS)


def test_reads_a_joint_lever_in_both_directions(tmp_path):
    (lever,) = read(tmp_path, LEVERS)
    there, back = lever.effects
    assert lever.joint
    assert lever.partners == PARTNERS
    assert (there.exporter, there.importer) == (("AAA",), ("BBB",)) == (back.importer, back.exporter)
    assert there.sector == ("A01", "C24A", "C24B")
    assert there.channel is Channel.WEDGE


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('family = "infrastructure"', 'family = "other"', "found 'other'"),
        ('owner = "joint"', 'owner = "CCC"', "owner.*found 'CCC'"),
        ('channel = "wedge"', 'channel = "magic"', "channel.*found 'magic'"),
        ('removed = "s"', "removed = 0.2", "numbers, removed: found 0.2"),
        ("full = 2030", "full = 2025", "correct the years"),
        ('overhead = "o"', 'overhead = "none"', "none not found"),
        ('overhead = "o", ', "", "overhead missing"),
        ('removed = "s"', 'removed = "s", extra = "s"', "extra unknown"),
        ('AAA = ["t1"]', 'AAA = ["t2"]', "unknown t2. Allowed: t1"),
        ('alone = { AAA = "a", BBB = "a" }', 'alone = { AAA = "a" }', "alone"),
        (', zh = "门"', ', fr = "porte"', "unknown language fr"),
        ('exporter = ["AAA"]\n', "", "exporter missing"),
    ],
)
def test_refuses_what_cannot_be_used(tmp_path, old, new, message):
    with pytest.raises(BadInputError, match=message):
        read(tmp_path, LEVERS.replace(old, new))


def test_refuses_an_id_that_occurs_twice(tmp_path):
    body = LEVERS.split("\n\n", 1)[1]
    with pytest.raises(BadInputError, match="occurs twice"):
        read(tmp_path, LEVERS + body)
