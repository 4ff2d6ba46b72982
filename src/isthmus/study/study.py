"""The study: everything the main job needs, read and checked, as one frozen record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from isthmus.alignment.match import Matcher
from isthmus.alignment.review import Verdict
from isthmus.border.pair import BorderInput
from isthmus.core.provenance import Estimate, Ledger
from isthmus.corridors.given import CorridorInput
from isthmus.economy.baseline import Baseline
from isthmus.economy.nowcast import Total
from isthmus.equilibrium.retrodiction import Trial
from isthmus.levers.cost import Cost
from isthmus.levers.energy import EnergyAccounts
from isthmus.levers.lever import Lever
from isthmus.levers.outcomes import Outcome
from isthmus.levers.support import Terms
from isthmus.plans.document import PlanDocument
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.plan import Target
from isthmus.plans.statement import PlanStatement
from isthmus.plans.taxonomy import Taxonomy
from isthmus.programme.agenda import Agenda
from isthmus.tracking.future import Projected
from isthmus.tracking.indicator import Observation

Names = Mapping[str, Mapping[str, str]]
"""Names by label and language."""


@dataclass(frozen=True)
class DrawSettings:
    """How uncertainty is drawn.

    Attributes
    ----------
    count, seed
        Number of draws over the ledger, and their seed.
    closures, elasticities, trade_years
        Rules for trade balances, sets of elasticities and years of newer trade totals among which draws choose, each equally
        often; "" is the study's own. Without more than one there is nothing to choose.
    """

    count: int = 200
    seed: int = 1
    closures: tuple[str, ...] = ("",)
    elasticities: tuple[str, ...] = ("",)
    trade_years: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Prices:
    """Prices in which money is told and costs are stated: their year, and their level over that of the world's table."""

    year: int
    level: float
    source: str
    address: str = ""


@dataclass(frozen=True)
class Study:
    """Two or more economies with their plans, the world they trade in and the assumptions made about them.

    Attributes
    ----------
    name
        Name of the folder the study was read from.
    titles
        Title by language.
    partners
        Labels of the partners in the world, in the order of every result.
    start, deadline, review
        First year of the plans, the year targets are due, and the later year results are also shown for.
    baseline
        The calibrated world, with the study's elasticities.
    trade_balance
        Closure of every scenario of the study.
    draws
        Draws over the ledger.
    ledger
        Assumed numbers with ranges and sources.
    estimates
        What others found for questions near that of the study.
    measured_draws
        Draws of ledger entries that an earlier station has measured, by name: passed on as they were drawn.
    targets
        Curated targets of both plans.
    use_targets
        Which targets the model works with: ``curated``, ``extracted`` (what the documents say), or ``merge`` of both.
    documents, lexicon, taxonomy
        The plan documents themselves, the words they are read by, and the keywords of themes.
    extracted
        Targets read from the documents, known once the plans are read; alignment prefers them to the curated ones.
    statements
        What the plans say, with or without a number, each with its object and role.
    matcher
        Models, glossary and settings of alignment; without it the plans are not aligned.
    verdicts
        The analyst's decisions on links.
    levers
        How the plans act on the model.
    asked, support_left_out
        What the plans ask of each lever, by id, and rows of support that rest on no plan; empty where statements are not read.
    costs
        What levers cost, and who pays.
    borders
        What the border of each pair of partners is computed from, with the claims about it; empty leaves the border out.
    corridors
        The network that the pair's trade takes; None where the study names none.
    observations, as_of
        Published values that the targets are tracked by, and the date (YYYY-MM-DD) after which nothing is used.
    projections
        By target: where its indicator's own past leads at the deadline, quantiles evenly spaced in probability; known once the
        observed pace has been taken.
    outcomes, energy
        What the plans want to reach, and what links spending on fuels to energy and CO2.
    totals, world_trade
        Newer totals of goods trade between economies, of one year or several, and world exports of goods by year.
    prices
        Prices of all money, where they are not those of the world's year.
    agenda
        Candidate projects, money and settings of the joint programme; None leaves it out.
    trials
        Known changes of the past, and how well the model told them.
    digests
        Digest of each file the study was read from, by its path relative to the study or the package.
    """

    name: str
    titles: Mapping[str, str]
    partners: tuple[str, ...]
    start: int
    deadline: int
    review: int
    baseline: Baseline
    trade_balance: str = "fixed"
    draws: DrawSettings = DrawSettings()
    ledger: Ledger = field(default_factory=Ledger)
    estimates: tuple[Estimate, ...] = ()
    measured_draws: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    use_targets: Literal["curated", "extracted", "merge"] = "curated"
    documents: tuple[PlanDocument, ...] = ()
    lexicon: Lexicon | None = None
    taxonomy: Taxonomy = field(default_factory=lambda: Taxonomy((), {}))
    extracted: tuple[Target, ...] = ()
    statements: tuple[PlanStatement, ...] = ()
    matcher: Matcher | None = None
    verdicts: tuple[Verdict, ...] = ()
    levers: tuple[Lever, ...] = ()
    asked: Mapping[str, Terms] = field(default_factory=dict)
    support_left_out: int = 0
    costs: tuple[Cost, ...] = ()
    borders: tuple[BorderInput, ...] = ()
    corridors: CorridorInput | None = None
    observations: tuple[Observation, ...] = ()
    as_of: str = ""
    projections: Mapping[str, Projected] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    energy: EnergyAccounts | None = None
    totals: tuple[Total, ...] = ()
    world_trade: Mapping[int, float] = field(default_factory=dict)
    prices: Prices | None = None
    agenda: Agenda | None = None
    trials: tuple[Trial, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def economy_names(self) -> Names:
        """Names of the world's economies."""
        return names(self.baseline.table.economy_names if self.baseline.table else {})

    @property
    def sector_names(self) -> Names:
        """Names of the world's sectors."""
        return names(self.baseline.table.sector_names if self.baseline.table else {})


def names(by_language: Mapping[str, Mapping[str, str]]) -> Names:
    """Return names by label and language; the file's own name counts as English."""
    labels = by_language.get("", {})
    return {
        label: {(lang or "en"): listed[label] for lang, listed in by_language.items() if listed.get(label)}
        for label in labels
    }
