"""Read the network of a study: its tables, how trade of the world's sectors takes it, and what is known of its volumes."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field as Key

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import digest
from isthmus.corridors.given import CorridorInput
from isthmus.readers.networks.network import network_directory, read_network
from isthmus.readers.networks.observed import read_mix, read_observations
from isthmus.readers.store.digests import tree_digests
from isthmus.readers.toml import Typed


class CorridorKeys(Typed):
    """Table [corridors]: the network that the pair's trade takes; without one freight and time come from the wedge ledger."""

    network: str = Key(
        default="", description="packaged network, or a folder with its tables in the study's folder; none when empty"
    )


def study_corridors(place: str | Path, partners: Sequence[str], sectors: Sequence[str]) -> CorridorInput | None:
    """Read the network that trade of a pair takes; None where a study names none.

    Raises
    ------
    BadInputError
        For what is wrong in a table, nodes of fewer than two partners (trade of a third one without nodes stays with the wedge
        ledger), no value_mix.csv, or a sector the world does not have.
    """
    if not place:
        return None
    folder = network_directory(place)
    network = read_network(folder)
    economies = sorted({node.economy for node in network.nodes})
    lacking = [partner for partner in partners if partner not in economies]
    if lacking and len(partners) - len(lacking) < 2:
        raise BadInputError(
            f"study.toml, corridors, network {folder.name}",
            f"no node of {', '.join(lacking)}",
            allowed=f"a network with nodes of two partners or more; this one has {', '.join(economies)}",
            remedy="name another network, or none",
        )
    mixes = read_mix(folder, sectors)
    observed = read_observations(folder) if (folder / "observed.csv").is_file() else ()
    return CorridorInput(name=folder.name, network=network, mixes=mixes, observations=observed)


def network_digest(place: str | Path) -> dict[str, str]:
    """Return the digest of a packaged network by its name; one in the study's folder is among the study's own files."""
    if not place or isinstance(place, Path):
        return {}
    files = tree_digests(network_directory(place))
    return {f"network {place}": digest(f"{name}={value}" for name, value in files.items())}
