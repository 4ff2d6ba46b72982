"""The structure message of a run's SDMX files: what every column is, so that other programs can check the data."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from isthmus.core.errors import BadInputError
from isthmus.report.exports import Description, data_schema
from isthmus.study.section import Table

if TYPE_CHECKING:
    from pysdmx.model import Component, Concept, Schema

SCHEME = "COLUMNS"
_VERSION = "1.0"


@dataclass(frozen=True)
class Described:
    """A table with what it does not say about itself, and what it means."""

    table: Table[Any]
    about: Description
    text: str


def structure_message(tables: Sequence[Described], prepared: datetime) -> str:
    """Return an SDMX-JSON 2.0 structure message: a data structure for every table, and the concepts of their columns.

    What is written is read back and compared.

    Raises
    ------
    BadInputError
        If a structure reads back otherwise than it was written.
    """
    from pysdmx.io import write_sdmx
    from pysdmx.io.format import Format
    from pysdmx.model import ConceptScheme, DataStructureDefinition
    from pysdmx.model.message import Header

    agency = tables[0].about.agency if tables else Description("").agency
    concepts: dict[str, Concept] = {}
    structures = []
    for described in tables:
        schema = data_schema(described.table, described.about)
        parts = type(schema.components)([_placed(part, agency, concepts) for part in schema.components])
        structures.append(
            DataStructureDefinition(
                id=schema.id, name=described.text or schema.id, agency=agency, version=_VERSION, components=parts
            )
        )
    scheme = ConceptScheme(
        id=SCHEME, name="Columns of the tables", agency=agency, version=_VERSION, items=list(concepts.values())
    )
    header = Header(id="ISTHMUS", prepared=prepared)
    text = write_sdmx([scheme, *structures], Format.STRUCTURE_SDMX_JSON_2_0_0, "", header=header) or ""
    back = read_structures(text)
    for structure in structures:
        if [part.id for part in back[structure.id].components] != [part.id for part in structure.components]:
            raise BadInputError(
                f"structure of {structure.id}",
                "reads back otherwise than it was written",
                allowed="columns that survive the format",
                remedy="look for odd names of columns",
            )
    return text


def read_structures(text: str) -> Mapping[str, "Schema"]:
    """Return the data structures of an SDMX-JSON message by id, with what a dataset of each may hold."""
    from msgspec.json import decode
    from pysdmx.io.json.sdmxjson2.messages.structure import JsonStructureMessage

    message = decode(text, type=JsonStructureMessage).to_model()
    return {found.id: found.to_schema() for found in message.get_data_structure_definitions()}


def check_against_structure(text: str, structures: Mapping[str, "Schema"]) -> None:
    """Check SDMX-CSV against its structure: it is known, every column is declared, no dimension is missing or empty.

    Raises
    ------
    BadInputError
        For a structure that is not there, or a column or cell that it does not allow; the message names it.
    """
    import csv
    import io

    rows = list(csv.DictReader(io.StringIO(text)))
    for number, row in enumerate(rows, start=2):
        name = re.sub(r".*:|\(.*", "", row["STRUCTURE_ID"])
        if name not in structures:
            raise _refused(number, f"structure {name} is not described", ", ".join(structures))
        parts = structures[name].components
        known, dimensions = {part.id for part in parts}, [part.id for part in parts.dimensions]
        columns = set(row) - {"STRUCTURE", "STRUCTURE_ID", "ACTION"}
        if columns != known:
            raise _refused(number, f"columns {', '.join(sorted(columns ^ known))} differ", ", ".join(sorted(known)))
        empty = [dimension for dimension in dimensions if not row[dimension]]
        if empty:
            raise _refused(number, f"dimension {', '.join(empty)} is empty", "a code in every dimension")


def _refused(number: int, problem: str, allowed: str) -> BadInputError:
    return BadInputError(
        f"SDMX-CSV, row {number}", problem, allowed=allowed, remedy="write data and structure together"
    )


def _placed(part: "Component", agency: str, concepts: "dict[str, Concept]") -> "Component":
    """Return a component whose concept has its place in the scheme, and note the concept."""
    from msgspec.structs import replace as with_changes
    from pysdmx.model import Concept

    urn = f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={agency}:{SCHEME}({_VERSION}).{part.id}"
    assert isinstance(part.concept, Concept)  # data_schema writes concepts, never references
    concepts.setdefault(part.id, with_changes(part.concept, name=part.id.replace("_", " ").capitalize()))
    return with_changes(part, concept=with_changes(concepts[part.id], urn=urn))
