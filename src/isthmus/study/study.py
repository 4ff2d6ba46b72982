"""The study: everything the main job needs, read and checked, as one frozen record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from isthmus.alignment.match import Matcher
from isthmus.alignment.review import Verdict
from isthmus.border.pair import BorderInput
from isthmus.core.provenance import Ledger
from isthmus.economy.baseline import Baseline
from isthmus.economy.nowcast import Total
from isthmus.levers.energy import EnergyAccounts
from isthmus.levers.lever import Lever
from isthmus.levers.outcomes import Outcome
from isthmus.plans.document import PlanDocument
from isthmus.plans.plan import Target
from isthmus.tracking.indicator import Observation


@dataclass(frozen=True)
class Ensemble:
    """How uncertainty is drawn: number of quasi-random draws over the ledger, and their seed."""

    draws: int = 200
    seed: int = 1


@dataclass(frozen=True)
class Study:
    """A pair of economies with their plans, the world they trade in and the assumptions made about them.

    Attributes
    ----------
    name
        Name of the folder the study was read from.
    titles
        Title by language.
    partners
        Labels of the two partners in the world, first and second in every result.
    start, deadline, review
        First year of the plans, the year targets are due, and the later year results are also shown for.
    baseline
        The calibrated world, with the study's elasticities.
    trade_balance
        Closure of every scenario of the study.
    ensemble
        Draws over the ledger.
    ledger
        Assumed numbers with ranges and sources.
    targets
        Curated targets of both plans.
    extracted
        Targets read from the plan documents of both partners; alignment prefers them to the curated ones.
    documents
        The plan documents themselves.
    matcher
        Models, glossary and settings of alignment; without it the plans are not aligned.
    verdicts
        The analyst's decisions on links.
    levers
        How the plans act on the model.
    border
        What the border of the pair is computed from, with the claims about it; None leaves the border out.
    observations, as_of
        Published values that the targets are tracked by, and the date (YYYY-MM-DD) after which nothing is used.
    outcomes, energy
        What the plans want to reach, and what links spending on fuels to energy and CO2.
    totals, world_trade
        Newer totals of goods trade between economies, of one year or several, and world exports of goods by year.
    digests
        Digest of each input by name; a station lists the names it depends on.
    """

    name: str
    titles: Mapping[str, str]
    partners: tuple[str, str]
    start: int
    deadline: int
    review: int
    baseline: Baseline
    trade_balance: str = "fixed"
    ensemble: Ensemble = Ensemble()
    ledger: Ledger = field(default_factory=Ledger)
    targets: tuple[Target, ...] = ()
    extracted: tuple[Target, ...] = ()
    documents: tuple[PlanDocument, ...] = ()
    matcher: Matcher | None = None
    verdicts: tuple[Verdict, ...] = ()
    levers: tuple[Lever, ...] = ()
    border: BorderInput | None = None
    observations: tuple[Observation, ...] = ()
    as_of: str = ""
    outcomes: tuple[Outcome, ...] = ()
    energy: EnergyAccounts | None = None
    totals: tuple[Total, ...] = ()
    world_trade: Mapping[int, float] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
