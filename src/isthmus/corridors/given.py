"""What the corridors of a study are computed from."""

from dataclasses import dataclass

from isthmus.corridors.calibration import FreightObservation
from isthmus.corridors.network import Network
from isthmus.corridors.volume import Mix


@dataclass(frozen=True, kw_only=True)
class CorridorInput:
    """A network with what ties it to trade.

    Attributes
    ----------
    name
        Name of the network.
    network
        The network as it was read.
    mixes
        How trade of each sector turns into carriers.
    observations
        Known volumes that computed ones are set beside.
    """

    name: str
    network: Network
    mixes: tuple[Mix, ...]
    observations: tuple[FreightObservation, ...] = ()
