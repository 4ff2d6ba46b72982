"""What a plan says does not depend on how it was set."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from isthmus.plans.document import DocumentBlock
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.plans import extract_document

SOURCE = Path(__file__).resolve().parents[3] / "benchmarks/shapes.py"
PLAN = (
    DocumentBlock("heading", "Harbour strategy 2026-2030", level=1),
    DocumentBlock(
        "paragraph", "By 2030 the port will handle at least 40 million tonnes of cargo & 12 % of it by rail."
    ),
    DocumentBlock("heading", "Targets for 2028", level=2),
    DocumentBlock("item", "- Train 500 crane drivers"),
    DocumentBlock("item", "- Electrify 35 % of all quays"),
    DocumentBlock(
        "table",
        "",
        rows=[
            ["Indicator", "Unit", "Baseline 2024", "Target 2027", "Target 2030"],
            ["Waiting time of a ship", "hours", "31", "20", "12"],
            ["Share of scanned containers", "%", "8", "25", "60"],
            ["Berths with shore power", "number", "2", "", "9"],
        ],
    ),
)


def _shapes() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shapes", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SHAPES = _shapes().SHAPES


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.browser if "pdf" in n else ()) for n in SHAPES])
def test_every_shape_gives_the_same_targets(name: str, tmp_path: Path) -> None:
    suffix, make = SHAPES[name]
    path = tmp_path / f"plan{suffix}"
    path.write_bytes(make(PLAN))
    found = {(t.value, t.year, t.base_value) for t in extract_document(read_document(path)).targets}
    assert found == {
        (40e6, 2030, None), (12.0, 2030, None), (500.0, 2028, None), (35.0, 2028, None), (20.0, 2027, 31.0), (12.0, 2030, 31.0),
        (25.0, 2027, 8.0), (60.0, 2030, 8.0), (9.0, 2030, 2.0),
    }  # fmt: skip
