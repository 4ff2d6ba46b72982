"""Read what a network's nodes, arcs, carriers and projects are called in other languages (names.csv)."""

from collections.abc import Mapping
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.corridors.network import ECONOMY, PROJECT, Arc, Carrier, Network, Node
from isthmus.readers.tables import Kind, read_table

LANGUAGES: Mapping[str, Kind] = dict.fromkeys(("en", "ru", "zh"), "text")


def read_names(folder: Path, network: Network) -> dict[str, dict[str, str]]:
    """Return names by id and language: those of the tables count as English, names.csv adds others.

    Columns of names.csv: id (``project:`` before that of a project, ``economy:`` before the code of an economy, which the
    study's world may not have), and at least one of en, ru, zh.

    Raises
    ------
    BadInputError
        For an id that is no node, arc, carrier, project or economy.
    """
    listed: list[Node | Arc | Carrier] = [*network.nodes, *network.arcs, *network.carriers]
    found = {one.id: {"en": one.name} if one.name else {} for one in listed}
    found |= {f"{PROJECT}{one.id}": {"en": one.name} if one.name else {} for one in network.projects}
    found |= {f"{ECONOMY}{node.economy}": {} for node in network.nodes}
    if (folder / "names.csv").is_file():
        table = read_table(folder / "names.csv", {"id": "text"}, LANGUAGES, key=("id",))
        for i, row in enumerate(table.frame.to_dict("records")):
            if row["id"] not in found:
                raise BadInputError(
                    f"{table.row(i)}, column id", f"unknown {row['id']!r}",
                    allowed="ids of nodes.csv, arcs.csv and carriers.csv, project:ID of projects.csv, economy:CODE",
                    remedy="correct or remove the row",
                )  # fmt: skip
            found[row["id"]] |= {lang: str(row[lang]) for lang in LANGUAGES if row.get(lang)}
    return {label: names for label, names in found.items() if names}
