"""Names of places, ways, carriers and projects of a network, and of economies, in one language."""

from isthmus.corridors.network import ECONOMY, PROJECT
from isthmus.report.locale import Translator
from isthmus.study.corridors import CorridorsSection
from isthmus.study.coupling import CARRIER

BEFORE_KIND = (", ", "（")
"""What stands between the name of a place or way and its kind."""


class WayNames:
    """Finds the name of anything on the network."""

    def __init__(self, section: CorridorsSection, text: Translator) -> None:
        self._section, self._text = section, text
        self._known: dict[str, dict[str, str]] = {}
        for row in section.way_names.rows:
            self._known.setdefault(row.id, {})[row.lang] = row.name
        self._ends = {row.arc: (row.origin, row.destination) for row in section.way_links.rows}

    def thing(self, label: str) -> str:
        """Return the name of a node or carrier."""
        return self._text.named(self._known.get(label, {}), label)

    def project(self, label: str) -> str:
        """Return the name of a candidate project."""
        return self._text.named(self._known.get(f"{PROJECT}{label}", {}), label)

    def way(self, arc: str) -> str:
        """Return the name of an arc; without one that of its ends."""
        if arc in self._known or arc not in self._ends:
            return self.thing(arc)
        first, second = self._ends[arc]
        return self._text("corridors.from_to", first=self.thing(first), second=self.thing(second))

    def knows(self, arc: str) -> bool:
        """Say whether an arc is on the network."""
        return arc in self._known or arc in self._ends

    def heading(self, arc: str, direction: str) -> str:
        """Return an arc with the economy or place that goods on it are heading for."""
        first, second = self._ends.get(arc, ("", ""))
        toward, way = second if direction == "forward" else first, self.way(arc)
        return self._text("corridors.heading", way=way, place=_shorter(self.thing(toward), way)) if toward else way

    def economy(self, code: str) -> str:
        """Return the name of an economy, or of the carriers."""
        if code == CARRIER:
            return self._text("corridors.carriers")
        own = self._section.economy_names.get(code) or self._known.get(f"{ECONOMY}{code}", {})
        return self._text.named(own, code)

    def sector(self, code: str) -> str:
        """Return the name of a sector."""
        return self._text.named(self._section.sector_names.get(code, {}), code)

    def direction(self, exporter: str, importer: str) -> str:
        """Return a direction of trade."""
        return self._text("border.direction", exporter=self.economy(exporter), importer=self.economy(importer))


def _shorter(place: str, way: str) -> str:
    """Return the name of a place without what the name of the way ends in as well, such as that it is on a road."""
    for mark in BEFORE_KIND:
        name, found, kind = place.rpartition(mark)
        if found and way.endswith(mark + kind):
            return name
    return place
