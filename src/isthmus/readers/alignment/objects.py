"""Read what is known of the objects of plans: their sectors, kind, breadth and scarcity."""

from collections.abc import Collection
from importlib import resources
from pathlib import Path

from babel import Locale
from babel.core import get_global

from isthmus.alignment.objects import ObjectFacts, ObjectRules
from isthmus.core.errors import BadInputError
from isthmus.readers.tables import read_table
from isthmus.readers.toml import read_toml

KINDS = ("good", "service", "visit", "link", "procedure", "rule", "aim")
_TRUTH = ("true", "false")
_NAMES = ("name_en", "name_ru", "name_zh")
_COLUMNS = ("object", *_NAMES, "sectors", "kind", "breadth", "head", "crossing", "through")


def read_object_rules(objects: Collection[str]) -> ObjectRules:
    """Return what the second tier goes by, for the objects of a glossary."""
    content = read_toml(Path(str(resources.files("isthmus") / "assets" / "alignment" / "calibration.toml")))["objects"]
    return ObjectRules(
        read_object_facts(objects), {name: float(w) for name, w in content.items()}, _territories(), _groups()
    )


def _territories() -> dict[str, frozenset[str]]:
    """Return the names of all countries and parts of continents in the languages of plans, each with those of its continent.

    Where a country lies is said by its time zones, whose first word is a continent's.
    """
    listed = [{str(code): str(name) for code, name in Locale(lang).territories.items()} for lang in ("en", "ru", "zh")]
    zones = {(str(zone).split("/")[0], str(country)) for zone, country in get_global("zone_territories").items()}
    regions = {
        first: [code for code, name in listed[0].items() if code.isdigit() and first in name] for first, _ in zones
    }
    kept = {code for names in listed for code in names if code.isalpha()}.union(*regions.values())
    found = {names[code]: frozenset[str]() for names in listed for code in kept if code in names}
    for first, country in zones:
        home = {names[code] for names in listed for code in regions[first]}
        found |= {names[country]: found[names[country]] | home for names in listed if country in kept}
    return found


def _groups() -> dict[str, frozenset[str]]:
    """Return the names of countries in the languages of plans, each with those of the groups of states it is a member of."""
    path = Path(str(resources.files("isthmus") / "assets" / "alignment" / "groups.csv"))
    listed = [{str(code): str(name) for code, name in Locale(lang).territories.items()} for lang in ("en", "ru", "zh")]
    found: dict[str, frozenset[str]] = {}
    for row in read_table(path, {"names": "text", "members": "text"}).frame.to_dict("records"):
        group = frozenset(name.strip() for name in str(row["names"]).split(";"))
        for name in (names[code] for names in listed for code in str(row["members"]).split()):
            found[name] = found.get(name, frozenset()) | group
    return found


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
            frozenset(str(row["through"]).split()),
            {column.removeprefix("name_"): str(row[column]) for column in _NAMES if row[column]},
        )
    return found
