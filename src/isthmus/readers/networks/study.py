"""Read the network of a study: its tables, how trade of the world's sectors takes it, and what is known of its volumes."""

from collections.abc import Sequence
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.corridors.given import CorridorInput
from isthmus.readers.networks.network import network_directory, read_network
from isthmus.readers.networks.observed import read_mix, read_observations


def read_corridors(name_or_directory: str | Path, partners: Sequence[str], sectors: Sequence[str]) -> CorridorInput:
    """Read the network that trade of a pair takes.

    Raises
    ------
    BadInputError
        For what is wrong in a table, a partner without nodes, no value_mix.csv, or a sector the world does not have.
    """
    folder = network_directory(name_or_directory)
    network = read_network(folder)
    economies = sorted({node.economy for node in network.nodes})
    lacking = [partner for partner in partners if partner not in economies]
    if lacking:
        raise BadInputError(
            f"study.toml, corridors, network {folder.name}",
            f"no node of {', '.join(lacking)}",
            allowed=f"a network with nodes of both partners; this one has {', '.join(economies)}",
            remedy="name another network, or none",
        )
    mixes = read_mix(folder)
    unknown = sorted({mix.sector for mix in mixes} - set(sectors))
    if unknown:
        raise BadInputError(
            f"{folder.name}/value_mix.csv, column sector",
            f"the world has no sector {', '.join(unknown)}",
            allowed=", ".join(sectors),
            remedy="name the sectors of the study's world",
        )
    observed = read_observations(folder) if (folder / "observed.csv").is_file() else ()
    return CorridorInput(name=folder.name, network=network, mixes=mixes, observations=observed)
