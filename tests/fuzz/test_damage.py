"""Damaged files of every kind end in a result or in bad input: no traceback, no hang.

The number of attempts is FUZZ_ATTEMPTS (300 in the quick loop); ``make bench`` takes 2,600.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import trafilatura  # noqa: F401  # loaded once, so that each child process need not load it again

from isthmus.core.errors import BadInputError, IsthmusError
from isthmus.core.provenance import Ledger
from isthmus.readers.alignment.glossary import read_glossary
from isthmus.readers.alignment.links import read_side
from isthmus.readers.alignment.reviews import read_verdicts
from isthmus.readers.documents.document import read_document
from isthmus.readers.indicators.observations import read_observations
from isthmus.readers.store.findings import read_findings
from isthmus.readers.store.sections import load_section
from isthmus.readers.study.catalogues import (
    read_catalogue,
    read_deliverables,
    read_domains,
    read_recognition,
    read_shares,
)
from isthmus.readers.study.ledger import read_ledger
from isthmus.readers.study.levers import read_levers
from isthmus.readers.study.outcomes import read_outcomes
from isthmus.readers.study.scenario import read_scenario
from isthmus.readers.study.targets import read_targets
from isthmus.readers.study.taxonomy import read_taxonomy
from isthmus.readers.study.wedges import read_sector_profiles, read_wedges
from isthmus.readers.worlds.changes import read_map, read_totals
from isthmus.readers.worlds.icio import read_icio
from isthmus.readers.worlds.world import read_elasticities, read_tariffs
from tests.fuzz.damage import damaged

ATTEMPTS = int(os.environ.get("FUZZ_ATTEMPTS", "300"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
LONGEST = 10.0
ASSETS = Path(__file__).resolve().parents[2] / "src" / "isthmus" / "assets"
STUDY = ASSETS / "studies" / "china-russia"
FIELDS = ("01", "03", "25", "35")
AB = ("CHN", "RUS")


def head(path: Path, lines: int = 12) -> bytes:
    """Return the first lines of a packaged file."""
    return b"".join(path.read_bytes().splitlines(keepends=True)[:lines])


def entries(path: Path, mark: bytes) -> bytes:
    """Return the first two entries of a packaged list in TOML."""
    return mark.join(path.read_bytes().split(mark)[:3])


RATES = b"exporter,importer,sector,rate\nA,B,x,0.05\nB,A,y,0.1\n"
SCENARIO = (
    b'[closure]\ntrade_balance = "fixed"\n[[shock]]\nkind = "trade_cost"\n'
    b'exporter = ["A"]\nsector = "goods"\nchange_pct = -10\n'
)
CATALOGUE = b"standard,ics,adopts,degree,edition\nGB 1,03.120,ISO 9001:2015,identical,2015\nGB 2,25,ISO 1,modified,\n"
DELIVERABLES = (
    b"id,deliverableType,supplementType,reference,edition,icsCode,currentStage,replacedBy\n"
    b"1,IS,,ISO 9001:2015,5,\"['03.120.10']\",6060,\n2,IS,,ISO 2,1,,9599,[1]\n"
)
HTML = (
    "<html><body><h1>План</h1><p>Raise exports to 40 percent by 2030.</p>"
    "<table><tr><td>a</td><td>1</td></tr></table></body></html>".encode()
)

KINDS: dict[str, tuple[str, bytes, Callable[[Path], object]]] = {
    "scenario": ("s.toml", SCENARIO, read_scenario),
    "ledger": ("l.toml", entries(STUDY / "ledger.toml", b"[[parameter]]"), read_ledger),
    "levers": (
        "levers.toml",
        entries(STUDY / "levers.toml", b"[[lever]]"),
        lambda path: read_levers(path, AB, Ledger(), ()),
    ),
    "outcomes": (
        "outcomes.toml",
        entries(STUDY / "outcomes.toml", b"[[outcome]]"),
        lambda path: read_outcomes(path, AB, Ledger(), ()),
    ),
    "taxonomy": ("t.toml", head(ASSETS / "taxonomy.toml", 40), read_taxonomy),
    "glossary": (
        "g.toml",
        b'[object.coal]\nen = "coal., coking"\ngroup = "energy"\n[unit]\nkg = ["mass", 1.0]\n',
        read_glossary,
    ),
    "targets": ("t.csv", head(STUDY / "targets.csv"), read_targets),
    "statements": ("a.csv", head(STUDY / "targets.csv", 4), read_side),
    "observations": ("o.csv", head(STUDY / "observations.csv"), read_observations),
    "wedges": ("w.csv", head(STUDY / "wedges.csv"), read_wedges),
    "customs": ("c.csv", head(STUDY / "customs.csv"), read_totals),
    "profiles": ("p.csv", head(ASSETS / "border" / "sectors.csv"), read_sector_profiles),
    "protocols": ("p.csv", head(STUDY / "protocols.csv"), read_domains),
    "shares": ("s.csv", head(ASSETS / "border" / "adoption_shares.csv"), read_shares),
    "recognition": (
        "r.csv",
        b"ics,level,references,source\n*,full_retest,,x\n03,none_needed,ISO 1;ISO 2,y\n",
        lambda path: read_recognition(path, FIELDS),
    ),
    "catalogue": ("c.csv", CATALOGUE, lambda path: read_catalogue(path, "A", FIELDS)),
    "deliverables": ("d.csv", DELIVERABLES, lambda path: read_deliverables(path, FIELDS)),
    "map": ("m.csv", b"dimension,code,group,name\neconomy,A,G,Group\nsector,x,y,\n", read_map),
    "tariffs": ("t.csv", RATES, lambda path: read_tariffs(path, ["A", "B"], ["x", "y"])),
    "elasticities": ("e.csv", b"sector,U4,own\nx,4,3\ny,4,2.5\n", lambda path: read_elasticities(path, ["x", "y"])),
    "verdicts": (
        "v.csv",
        b"left_text,right_text,decision,relation,note\na,b,accept,,\nc,d,change,same,x\n",
        read_verdicts,
    ),
    "icio": ("2019_SML.csv", b"V1,A_x,B_x,A_HFCE,B_HFCE,OUT\nA_x,1,2,3,4,10\nB_x,1,2,3,4,10\n", read_icio),
    "html": ("d.html", HTML, read_document),
    "text": (
        "d.txt",
        "Raise exports to 40 percent by 2030.\nДоля экспорта 40 %.\n出口增长5%。\n".encode() * 5,
        read_document,
    ),
}


def findings(folder: Path) -> object:
    """Read findings whose JSON is damaged."""
    return read_findings(folder.parent)


KINDS["findings"] = (
    "findings.json",
    b'{"format": 1, "sections": {"a": {"facts": {"x": [1]}, "tables": {}}}}',
    findings,
)
KINDS["kept work"] = ("digests.json", b'{"order": [], "files": {}}', lambda path: load_section(path.parent))


def attempt(folder: Path, kind: str, number: int) -> str:
    """Read one damaged file; return how it ended."""
    name, content, read = KINDS[kind]
    chance = random.Random(f"{SEED} {kind} {number}")
    path = folder / name
    path.write_bytes(damaged(content, chance))
    try:
        read(path)
    except BadInputError as error:
        return "refused" if error.where and error.remedy else f"refused without a word: {error}"
    except IsthmusError:
        return "refused"
    return "read"


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files_end_in_a_result_or_in_bad_input(tmp_path: Path, kind: str) -> None:
    ends: Counter[str] = Counter()
    slow = kind in ("html", "text", "levers", "icio")
    count = max(3, ATTEMPTS // len(KINDS) // (4 if slow and ATTEMPTS <= 300 else 1))
    for number in range(count):
        start = time.process_time()
        ends[attempt(tmp_path, kind, number)] += 1
        assert time.process_time() - start < LONGEST, f"attempt {number} of {kind}"
    assert set(ends) <= {"refused", "read"}
    print(f"{kind}: {sum(ends.values())} attempts, {ends['refused']} refused, {ends['read']} read")
