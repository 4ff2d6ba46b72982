"""What stands behind the numbers: residuals, repairs, assumptions with their sources, digests of every input."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from isthmus.core.provenance import Parameter, Repair, digest
from isthmus.study.station import Findings, Section, Station, Work
from isthmus.study.study import Study

STATION_NAMES = ("plans", "alignment", "border", "levers", "value", "outcomes", "worlds", "tracking")
TOLERANCE = 1e-10


def compute(study: Study, findings: Findings, _: Work) -> Section:
    """Collect the provenance of a run from the study and the earlier sections."""
    table, balance = study.baseline.table, study.baseline.balance
    value = findings["value"].facts if "value" in findings else None
    facts: dict[str, Any] = {
        "study": {"name": study.name, "titles": dict(study.titles), "start": study.start, "deadline": study.deadline},
        "world": {
            "name": study.baseline.name,
            "year": table.year if table else None,
            "source": table.source if table else "",
        },
        "digests": dict(study.digests),
        "digest": digest(f"{name}={value}" for name, value in sorted(study.digests.items())),
        "not_applied": [name for name in STATION_NAMES if name not in findings],
    }
    if value is not None:
        facts["solver"] = {
            "tolerance": TOLERANCE,
            "residuals": value["residuals"],
            "solves": value["solves"],
            "failed_draws": value["failed_draws"],
        }
    ledger = [asdict(p) for p in study.ledger.parameters.values()]
    repairs = [asdict(r) for r in balance.repairs] if balance else []
    return Section(
        facts,
        {
            "ledger": pd.DataFrame(ledger, columns=list(Parameter.__dataclass_fields__)),
            "repairs": pd.DataFrame(repairs, columns=list(Repair.__dataclass_fields__)),
        },
    )


STATION = Station(
    name="evidence",
    inputs=("world", "settings", "ledger"),
    needs=STATION_NAMES,
    applies=lambda _: True,
    compute=compute,
)
