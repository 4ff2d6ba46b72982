import pytest

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.levers.outcomes import OutcomeMeasure
from isthmus.plans.plan import Kind, Target
from isthmus.readers.study.outcomes import read_co2, read_outcomes

LEDGER = Ledger({n: Parameter(n, n, "share", 0.2, 0.1, 0.3, "assumed", Status.ASSUMED) for n in ("g", "f", "p")})
TARGETS = (Target("t1", "AAA", "text", "en", "thing", Kind.LEVEL, value=2.0, direction="down"),)
OUTCOMES = """
heavy = ["C24A", "C24B"]

[energy]
transformation = ["C19"]
power = "DTE"

[[energy.fuel]]
sector = "B05"
share = "coal_share"
factor = "f"
price = "p"

[[outcome]]
id = "o1"
target = "t1"
owner = "AAA"
measure = "co2_intensity"
economy = "AAA"
sector = ["heavy"]
base_year = 2025
trend = "g"
"""
CO2 = "economy,co2_mt,coal_share,source\nAAA,10,1.0,book\nBBB,5,,book\n"


def read(folder, text, co2=CO2):
    (folder / "outcomes.toml").write_text(text, "utf-8")
    (folder / "co2.csv").write_text(co2, "utf-8")
    return read_outcomes(folder / "outcomes.toml", ("AAA", "BBB"), LEDGER, TARGETS, folder / "co2.csv")


def test_reads_outcomes_and_energy_accounts(tmp_path):
    (outcome,), accounts = read(tmp_path, OUTCOMES)
    assert (outcome.measure, outcome.direction, outcome.sector) == (
        OutcomeMeasure.CO2_INTENSITY,
        "down",
        ("C24A", "C24B"),
    )
    assert accounts is not None
    assert accounts.co2_mt == {"AAA": 10.0, "BBB": 5.0}
    assert accounts.fuel_share == {"AAA": {"B05": 1.0}}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('measure = "co2_intensity"', 'measure = "hope"', "measure.*hope"),
        ('target = "t1"', 'target = "t9"', "target.*t9"),
        ('target = "t1"\n', "", "neither target nor title"),
        ('trend = "g"', 'trend = "none"', "none not found"),
        ('trend = "g"', 'trend = "g"\nadditional = "g"', "trend and additional"),
        ("base_year = 2025", 'base_year = "soon"', "base_year"),
        ("base_year = 2025", "base_year = 2025\ncolour = 1", "colour"),
        ('factor = "f"', 'factor = "x"', "x not found"),
        ('owner = "AAA"', 'owner = "CCC"', "owner.*CCC"),
    ],
)
def test_refuses_what_cannot_be_used(tmp_path, old, new, message):
    with pytest.raises(BadInputError, match=message):
        read(tmp_path, OUTCOMES.replace(old, new))


def test_an_energy_measure_needs_accounts(tmp_path):
    head, tail = OUTCOMES.split("[energy]")
    with pytest.raises(BadInputError, match="needs energy accounts"):
        read(tmp_path, head + tail[tail.index("[[outcome]]") :])


def test_fuel_shares_must_sum_to_one(tmp_path):
    path = tmp_path / "co2.csv"
    path.write_text(CO2.replace("1.0", "0.8"), "utf-8")
    with pytest.raises(BadInputError, match=r"sum to 0\.8"):
        read_co2(path, {"B05": "coal_share"})
