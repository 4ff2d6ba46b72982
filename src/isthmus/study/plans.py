"""What each side says it wants: targets read from the plan documents, curated targets, and how far the two agree."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from isthmus.core.provenance import Status
from isthmus.plans.compare import Comparison, compare
from isthmus.plans.plan import Target
from isthmus.study.labels import names
from isthmus.study.station import Findings, Section, Station, Work
from isthmus.study.study import Study
from isthmus.study.themes import with_fields

OUTCOMES = ("match", "differs", "missed")
_SHOWN = (
    "id", "partner", "theme", "indicator", "indicator_ru", "indicator_zh", "kind", "operator", "value", "unit", "year",
    "base_year", "base_value", "direction", "modality", "status", "text", "lang", "file", "page", "source", "address", "note",
)  # fmt: skip


def compute(study: Study, _: Findings, work: Work) -> Section:
    """Count the targets of both sides by theme and compare what was extracted with what was curated."""
    curated, extracted = (with_fields(targets, study.matcher) for targets in (study.targets, study.extracted))
    facts: dict[str, Any] = {
        "partners": list(study.partners),
        "names": names(study.baseline.table.economy_names if study.baseline.table else {}),
        "deadline": study.deadline,
        "curated": _counts(curated, study.partners),
        "extracted": _counts(extracted, study.partners),
        "documents": [
            {
                "file": plan.document.file,
                "partner": plan.partner,
                "pages": plan.document.pages,
                "targets": sum(t.file == plan.document.file for t in extracted),
                "notes": list(plan.document.notes),
                "reported": len(plan.reported),
            }
            for plan in study.documents
        ],
    }
    tables = {
        "targets": _table(curated),
        "extracted_targets": _table(extracted),
        "themes": _themes(curated, extracted, study.partners),
    }
    tables["reported_sentences"] = pd.DataFrame(
        [(plan.document.file, plan.partner, text) for plan in study.documents for text in plan.reported],
        columns=["file", "partner", "text"],
    )
    work.progress(0.5)
    if curated and extracted:
        comparison = compare(extracted, curated, study.deadline)
        facts["comparison"] = {p: _outcomes(comparison, p) for p in study.partners}
        facts["fields"] = dict(Counter(name for pair in comparison.pairs for name in pair.differs))
        tables["extraction_match"] = _pairs(comparison)
        tables["extraction_extra"] = _table(comparison.extras)
    return Section(facts, tables)


def _counts(targets: Sequence[Target], partners: Sequence[str]) -> dict[str, dict[str, int]]:
    """Count the targets of each partner: all, with a number, binding, not verified."""
    counts = {}
    for partner in partners:
        own = [t for t in targets if t.partner == partner]
        counts[partner] = {
            "all": len(own),
            "numbered": sum(t.value is not None for t in own),
            "binding": sum(t.modality == "binding" for t in own),
            "marked": sum(t.status is not Status.VERIFIED for t in own),
        }
    return counts


def _outcomes(comparison: Comparison, partner: str) -> dict[str, int]:
    extra = sum(t.partner == partner for t in comparison.extras)
    return {**{name: comparison.count(name, partner) for name in OUTCOMES}, "extra": extra}


def _table(targets: Sequence[Target]) -> pd.DataFrame:
    """Return targets as a tidy table."""
    rows = [
        {name: getattr(t, name) for name in _SHOWN} | {"kind": t.kind.value, "status": t.status.value} for t in targets
    ]
    frame = pd.DataFrame(rows, columns=list(_SHOWN))
    for name in ("year", "base_year", "page"):
        frame[name] = frame[name].astype("Int64")
    for name in ("value", "base_value"):
        frame[name] = frame[name].astype(float)
    return frame


def _themes(curated: Sequence[Target], extracted: Sequence[Target], partners: Sequence[str]) -> pd.DataFrame:
    """Count targets by theme, partner and origin; every theme has a row for both partners, zeros included."""
    origins = {"curated": curated, "extracted": extracted}
    counts = Counter((t.theme, t.partner, origin) for origin, targets in origins.items() for t in targets)
    themes = list(dict.fromkeys(t.theme for targets in origins.values() for t in targets))
    rows = [
        {"theme": theme, "partner": partner, "origin": origin, "targets": counts[theme, partner, origin]}
        for theme in themes
        for partner in partners
        for origin in origins
    ]
    return pd.DataFrame(rows, columns=["theme", "partner", "origin", "targets"])


def _pairs(comparison: Comparison) -> pd.DataFrame:
    """Return each curated target with its outcome, the fields that differ and the passage it was found in."""
    rows = []
    for pair in comparison.pairs:
        fact, found = pair.curated, pair.extracted
        rows.append(
            {
                "target": fact.id,
                "partner": fact.partner,
                "theme": fact.theme,
                "outcome": pair.outcome,
                "differs": ";".join(pair.differs),
                "curated_operator": fact.operator,
                "curated_value": fact.value,
                "curated_unit": fact.unit,
                "extracted": found.id if found else "",
                "extracted_operator": found.operator if found else "",
                "extracted_value": found.value if found else None,
                "extracted_unit": found.unit if found else "",
                "file": found.file if found else "",
                "page": found.page if found else None,
                "lang": found.lang if found else "",
                "passage": found.text if found else "",
            }
        )
    frame = pd.DataFrame(rows)
    frame["page"] = frame["page"].astype("Int64")
    return frame.astype({"curated_value": float, "extracted_value": float})


STATION = Station(
    name="plans",
    inputs=("targets", "documents", "settings", "matcher"),
    needs=(),
    applies=lambda study: bool(study.targets or study.extracted),
    compute=compute,
)
