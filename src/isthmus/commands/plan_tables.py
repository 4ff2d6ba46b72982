"""Tables that stand beside the targets of ``isthmus plan extract``: what was left out, and what a second reader read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from isthmus.plans.document import LeftOut
    from isthmus.plans.plan import Target
    from isthmus.readers.documents.second_reader import SecondReading


def left_out_table(left_out: "Sequence[tuple[str, LeftOut]]", targets: "Sequence[Target]") -> "pd.DataFrame":
    """Return a row for each passage that was left out; a part of one that was read has the ids of what was read of it."""
    import pandas as pd

    places: dict[tuple[str, int | None], list[Target]] = defaultdict(list)
    for target in targets:
        places[target.file, target.page].append(target)
    rows = []
    for file, entry in left_out:
        beside = [t.id for t in places[file, entry.page] if entry.within and t.text in entry.within]
        rows.append((file, entry.page, entry.reason, entry.text, ";".join(beside)))
    return pd.DataFrame(rows, columns=["file", "page", "reason", "text", "read_beside"])


def readings_table(second: "Sequence[SecondReading]") -> "pd.DataFrame":
    """Return both readings side by side, a row for each target that either found, and then what was refused."""
    import pandas as pd

    fields = ("kind", "operator", "value", "unit", "year", "base_year", "base_value", "direction", "indicator")
    sides = [f"{side}_{name}" for side in ("first", "second") for name in fields]
    rows = []
    for file, reading in ((found.file, r) for found in second for r in found.readings):
        row = {"file": file, "verdict": reading.verdict, "differs": ";".join(reading.differs), "page": reading.page}
        for side, target in (("first", reading.first), ("second", reading.second)):
            row |= {f"{side}_{name}": "" if target is None else getattr(target, name) for name in fields}
        rows.append(row | {"passage": reading.passage})
    for file, refused in ((found.file, r) for found in second for r in found.refused):
        said: Mapping[str, Any] = refused.row if isinstance(refused.row, dict) else {"indicator": refused.row}
        own = {f"second_{name}": said.get(name) for name in fields} | {"file": file, "reason": refused.reason}
        rows.append(own | {"verdict": "refused", "page": refused.page, "passage": refused.passage})
    return pd.DataFrame(rows, columns=["file", "verdict", "differs", "reason", "page", *sides, "passage"])
