"""Numbers of the ledger as readers know them: degrees and costs of measures by measure and side, all else described."""

from collections.abc import Mapping

from isthmus.economy.aggregate import Names
from isthmus.report.locale import Translator
from isthmus.study.evidence import EvidenceSection
from isthmus.study.levers import LeversSection
from isthmus.study.station import Findings


class AssumptionNames:
    """Names of the ledger's numbers in one language, from what the findings hold."""

    def __init__(self, findings: Findings, names: Names, text: Translator) -> None:
        levers, evidence = findings.get(LeversSection), findings.get(EvidenceSection)
        self._text, self._economies = text, names
        self.titles = {lever.id: text.named(lever.titles, lever.id) for lever in levers.described} if levers else {}
        self._told: Mapping[str, str] = described(evidence, text) if evidence else {}

    def __call__(self, parameter: str) -> str:
        """Return the name of one number, without quotation marks around a description."""
        kind, _, rest = parameter.partition(".")
        lever, _, partner = rest.partition(".")
        if kind in ("degree", "cost") and lever in self.titles:
            side = partner.split(".")[0]
            name = self._text.named(self._economies.get(side, {}), side)
            return self._text.of("answer.number", kind, measure=self.titles[lever], name=name)
        return self._told.get(parameter, parameter)

    def quoted(self, parameter: str) -> str:
        """Return the name for running text: a description stands in quotation marks."""
        name = self(parameter)
        return self._text("answer.quoted", words=name) if name == self._told.get(parameter) else name


def described(section: EvidenceSection, text: Translator) -> dict[str, str]:
    """Return the description of every number of the ledger in the language, else in English."""
    return {
        row.name: section.descriptions.get(row.name, {}).get(text.language, row.description)
        for row in section.ledger.rows
    }
