"""Read the glossary of alignment: the packaged one, with what the analyst adds."""

from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from isthmus.alignment.glossary import Concept, Forms, Glossary
from isthmus.core.errors import BadInputError
from isthmus.readers.tables import read_table
from isthmus.readers.toml import read_toml, well_formed

_SECTIONS = ("object", "mask", "denominator", "measure", "cue", "part", "unit")


def read_glossary(extra: Path | None = None) -> Glossary:
    """Return the packaged glossary; entries of `extra` are added and replace those of the same name.

    The packaged words stand in tables, one form a row with its witness (`tools/witnesses.py`). An analyst's file is TOML with
    the sections object, measure, cue, part, mask, denominator and unit; forms are parted by commas. A denominator may stand
    under the object that it names ([denominator.gdp]).

    Raises
    ------
    BadInputError
        For an unknown section, an object without forms, or an object that is part of one that does not exist.
    """
    where = extra.name if extra else "glossary.csv"
    with well_formed(where):
        own, packaged = _checked(extra) if extra else {}, _packaged()
        return _glossary({name: {**packaged[name], **own.get(name, {})} for name in _SECTIONS}, where)


def _packaged() -> dict[str, Any]:
    """Return the packaged tables in the sections of an analyst's file, forms in lists."""
    sections: dict[str, Any] = {name: {} for name in _SECTIONS}
    for row in _rows("objects.csv", "object", "group", "part_of"):
        sections["object"][row["object"]] = {"group": row["group"], "part_of": row["part_of"]}
    for row in _rows("glossary.csv", "class", "key", "lang", "form"):
        section = sections[row["class"]]
        entry = section.setdefault(row["key"], {}) if row["key"] else section
        entry.setdefault(row["lang"], []).append(row["form"])
    for row in _rows("units.csv", "unit", "quantity", "factor"):
        sections["unit"][row["unit"]] = (row["quantity"], row["factor"])
    return sections


def _rows(name: str, *columns: str) -> list[dict[str, str]]:
    """Return the rows of a packaged table."""
    path = Path(str(resources.files("isthmus") / "assets" / "alignment" / name))
    frame = read_table(path, dict.fromkeys(columns, "text")).frame
    return [
        dict(zip(columns, cells, strict=True))
        for cells in zip(*(frame[name].to_numpy(dtype=object) for name in columns), strict=True)
    ]


def _glossary(merged: Mapping[str, Any], where: str) -> Glossary:
    """Make the glossary; see `read_glossary`."""
    glossary = Glossary(
        objects={key: _concept(key, entry, where) for key, entry in merged["object"].items()},
        measures={key: _forms(entry) for key, entry in merged["measure"].items()},
        cues={key: _forms(entry) for key, entry in merged["cue"].items()},
        parts=_keyed(merged["part"]),
        mask=_forms(merged["mask"]),
        denominator=_keyed(merged["denominator"]),
        units={name: (str(entry[0]), float(entry[1])) for name, entry in merged["unit"].items()},
    )
    for key, concept in glossary.objects.items():
        if concept.part_of and concept.part_of not in glossary.objects:
            raise BadInputError(
                f"{where}, object {key}",
                f"is part of {concept.part_of!r}, which does not exist",
                allowed="the name of another object, or nothing",
                remedy="correct part_of or add the object",
            )
    return glossary


def _checked(path: Path) -> dict[str, Any]:
    content = read_toml(path)
    unknown = sorted(set(content) - set(_SECTIONS))
    if unknown:
        raise BadInputError(
            f"{path.name}, section {unknown[0]}",
            "is unknown",
            allowed=", ".join(_SECTIONS),
            remedy="rename or remove it",
        )
    return content


def _concept(key: str, entry: Mapping[str, Any], where: str) -> Concept:
    forms = _forms({lang: found for lang, found in entry.items() if lang not in ("group", "part_of")})
    if not any(forms.values()):
        raise BadInputError(
            f"{where}, object {key}",
            "has no forms",
            allowed='forms by language, for example en = "coal., coking"',
            remedy="add a form",
        )
    return Concept(str(entry.get("group", "")), str(entry.get("part_of", "")), forms)


def _keyed(entry: Mapping[str, Any]) -> dict[str, Forms]:
    """Return forms by key, "" for those that stand right under their language."""
    keyed = {key: _forms(forms) for key, forms in entry.items() if isinstance(forms, Mapping)}
    return keyed | {"": _forms({lang: forms for lang, forms in entry.items() if lang not in keyed})}


def _forms(entry: Mapping[str, str | Sequence[str]]) -> Forms:
    listed = {lang: forms.split(",") if isinstance(forms, str) else forms for lang, forms in entry.items()}
    return {lang: tuple(form.strip() for form in forms if form.strip()) for lang, forms in listed.items()}
