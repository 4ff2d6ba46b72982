"""Read what is known of the objects of plans: their sectors, kind, breadth and scarcity."""

from collections.abc import Collection
from importlib import resources
from pathlib import Path

from babel import Locale

from isthmus.alignment.objects import ObjectFacts, ObjectRules
from isthmus.core.errors import BadInputError
from isthmus.readers.tables import read_table
from isthmus.readers.toml import read_toml

KINDS = ("good", "service", "link", "rule", "aim")
_TRUTH = ("true", "false")
_COLUMNS = ("object", "sectors", "kind", "breadth", "head", "crossing")


def read_object_rules(objects: Collection[str]) -> ObjectRules:
    """Return what the second tier goes by, for the objects of a glossary."""
    content = read_toml(Path(str(resources.files("isthmus") / "assets" / "alignment" / "calibration.toml")))["objects"]
    return ObjectRules(read_object_facts(objects), {name: float(w) for name, w in content.items()}, _territories())


def _territories() -> frozenset[str]:
    """Return the names of all countries in the languages of plans."""
    names = (Locale(lang).territories for lang in ("en", "ru", "zh"))
    return frozenset(name for listed in names for code, name in listed.items() if code.isalpha())


def read_object_facts(objects: Collection[str], path: Path | None = None) -> dict[str, ObjectFacts]:
    """Return what is known of glossary objects, from the packaged table or one of the same columns.

    Raises
    ------
    BadInputError
        For an object that the glossary does not have, or an unknown kind, breadth or truth value.
    """
    path = path or Path(str(resources.files("isthmus") / "assets" / "alignment" / "object_sectors.csv"))
    table = read_table(path, dict.fromkeys(_COLUMNS, "text"), key=["object"])
    allowed = {"object": objects, "kind": KINDS, "breadth": ("narrow", "wide"), "head": _TRUTH}
    allowed |= {"crossing": _TRUTH}
    found = {}
    for position, row in enumerate(table.frame.to_dict("records")):
        for name, words in allowed.items():
            if row[name] not in words:
                shown = "an object of the glossary" if name == "object" else ", ".join(words)
                where = f"{table.row(position)}, column {name}"
                raise BadInputError(where, f"found {row[name]!r}", allowed=shown, remedy="correct the cell")
        found[str(row["object"])] = ObjectFacts(
            tuple(str(row["sectors"]).split()),
            str(row["kind"]),
            row["breadth"] == "wide",
            row["head"] == "true",
            row["crossing"] == "true",
        )
    return found
