"""Names of economies, directions, causes and groups of sectors in the border chapter."""

from collections.abc import Sequence

from isthmus.report.locale import Translator
from isthmus.study.study import Names

BOTH = "both"

BUNDLES = {
    "tariff": "tariff",
    "procedures": "papers",
    "payments": "papers",
    "time": "transport",
    "transhipment": "transport",
    "freight": "transport",
    "standards": "rules",
    "information": "information",
    "third_party": "others",
}
"""Components bundled to what a narrow screen can tell apart."""


class BorderNames:
    """Names of economies, directions, components, parts and groups in one language."""

    def __init__(self, names: Names, text: Translator) -> None:
        self._names, self._text = names, text

    def economy(self, code: str) -> str:
        """Return the name of an economy."""
        return self._text.named(self._names.get(code, {}), code)

    def pair(self, partners: Sequence[str]) -> str:
        """Return a pair of economies in words."""
        a, b = partners
        return self._text("border.pair", a=self.economy(a), b=self.economy(b))

    def direction(self, label: str) -> str:
        """Return a direction, or both, in words."""
        if label == BOTH:
            return self._text("border.both")
        exporter, importer = label.split(">")
        return self._text("border.direction", exporter=self.economy(exporter), importer=self.economy(importer))

    def part(self, component: str, part: str) -> str:
        """Return a component with its part."""
        name = self._text.of("border.component", component)
        key = "".join(c if c.isalnum() else "_" for c in part.lower())
        if not part or not self._text.has(f"border.part.{key}"):
            return name
        return self._text("border.part_of", component=name, part=self._text.of("border.part", key))

    def group(self, name: str) -> str:
        """Return the name of a group of sectors."""
        return self._text.of("border.group", name) if self._text.has(f"border.group.{name}") else name
