"""Read what a study wants scheduled: the folder of its projects with money and settings."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import Field as Key

from isthmus.border.wedge import Component
from isthmus.core.errors import BadInputError
from isthmus.core.labels import positions
from isthmus.levers.support import said_by
from isthmus.programme.acts import acts_of
from isthmus.programme.agenda import Agenda, Purse, agenda_ledger, budget_of
from isthmus.programme.project import ProgrammeSettings
from isthmus.programme.proposal import Proposal, candidates_of
from isthmus.programme.validate import require_sound
from isthmus.programme.worth import no_benefits
from isthmus.readers.programme.proposals import evidence_of, range_of, read_proposals
from isthmus.readers.tables import read_table
from isthmus.readers.toml import Typed, read_model
from isthmus.study.section import CellKind
from isthmus.study.study import Study

NO_CLOCK_S = 1e9
"""Searches of a study end by gap and nodes, so that every machine finds the same programme."""


class ProgrammeFile(Typed):
    """Settings of the programme of a study, projects/programme.toml."""

    discount_rate: float = Key(
        gt=-1, le=10, description="a year, as a fraction; values are discounted to the study's first year"
    )
    horizon: int = Key(description="last year counted")
    carry_over: float = Key(default=0.0, ge=0, description="part of a year's budget that may be kept for the next")
    minimum_share: float = Key(
        default=0.0, ge=0, le=1, description="least part of a joint project's cost that each of its sides pays"
    )
    floor: Literal["disagreement", "none"] = Key(
        default="disagreement", description="nobody below what it can do alone, or none"
    )
    objective: Literal["sum", "maxmin", "nash"] = Key(
        default="sum", description="what the programme of the report maximises; the others are shown beside it"
    )
    gap: float = Key(default=0.01, ge=0, description="distance to the best possible at which a search ends")
    nodes: int = Key(default=20_000, ge=1, description="nodes after which a search ends")
    draws: int = Key(default=24, ge=1, description="draws in which the programme is chosen anew")
    full_draws: int = Key(default=200, ge=1, description="the same with --full")
    pairs: int = Key(default=6, ge=0, description="most valuable projects of which every pair is solved together")
    loan_rate: float = Key(default=0.05, gt=-1, description="interest a year where one partner lends to the other")
    loan_years: int = Key(default=10, ge=1, description="years of repayment of such a loan")


def read_agenda(folder: Path, start: int, *, full: bool = False) -> Agenda:
    """Return the agenda of a folder: projects, costs, effects, needs, limits, budgets, settings.

    Parameters
    ----------
    start
        First year of the plans, to which values are discounted.
    full
        Take the larger number of draws.

    Raises
    ------
    BadInputError
        As `read_proposals`; for settings outside their range; for a purse that ends before it begins.
    """
    proposals, limits = read_proposals(folder)
    file = read_model(folder / "programme.toml", ProgrammeFile)
    if file.horizon <= start:
        raise BadInputError(
            "programme.toml, key horizon", f"found {file.horizon}", allowed=f"a year after {start}, the first of the plans",
            remedy="count at least one year of benefits",
        )  # fmt: skip
    settings = ProgrammeSettings(
        base_year=start, horizon=file.horizon, discount_rate=file.discount_rate, minimum_share=file.minimum_share,
        floor=file.floor, time_limit_s=NO_CLOCK_S, gap=file.gap, nodes=file.nodes,
    )  # fmt: skip
    return Agenda(
        proposals=proposals, limits=limits, purses=_purses(folder / "budgets.csv", file.horizon), settings=settings,
        carry_over=file.carry_over, objective=file.objective, draws=file.full_draws if full else file.draws, pairs=file.pairs,
        loan_rate=file.loan_rate, loan_years=file.loan_years,
    )  # fmt: skip


def study_agenda(folder: Path, study: Study, *, full: bool = False) -> Agenda:
    """Return the agenda of a study's folder of projects, checked against its partners, levers, world and statements.

    Raises
    ------
    BadInputError
        As `read_agenda`; for a side, lever, component or sector that the study does not have; for input that contradicts
        itself (see `programme.validate`).
    """
    agenda = _carried(read_agenda(folder, study.start, full=full), study)
    for one in agenda.proposals:
        _require_labels(one, study)
    acts_of(agenda.proposals, study.levers, study.partners, study.start)
    values = agenda_ledger(agenda).central()
    nothing = no_benefits(agenda.proposals, study.partners)
    candidates = candidates_of(agenda.proposals, nothing, values, limits=agenda.limits)
    require_sound(candidates, budget_of(agenda, study.partners, values), agenda.settings)
    return agenda


def _carried(agenda: Agenda, study: Study) -> Agenda:
    """Return the agenda with the statements that the plans make; others carry nothing, and are counted.

    One rule decides for projects and for measures: an official's word or a paper that both signed is no plan of either.
    So a statement that is taken from a plan takes its support from projects as it does from measures.
    """
    said = said_by(study.statements)
    kept = tuple(
        replace(
            one,
            statements={side: tuple(n for n in names if (n, side) in said) for side, names in one.statements.items()},
        )
        for one in agenda.proposals
    )
    named, left = (
        sum(len(names) for one in some for names in one.statements.values()) for some in (agenda.proposals, kept)
    )
    return replace(agenda, proposals=kept, left_out=named - left)


def _require_labels(one: Proposal, study: Study) -> None:
    """Refuse a proposal that speaks of something the study does not have."""
    world, where = study.baseline, f"projects, {one.project.id}"
    if one.project.earliest < study.start:
        raise BadInputError(
            f"{where}, column earliest", f"found {one.project.earliest}",
            allowed=f"{study.start}, the first year of the plans, or later",
            remedy="correct the year",
        )  # fmt: skip
    for effect in one.effects:
        if effect.kind != "wedge":
            continue
        positions(effect.target, tuple(Component), f"{where}, effects, target")
        positions(effect.sectors, world.sectors, f"{where}, effects, sectors", world.sector_groups)
        positions((*effect.exporter, *effect.importer), study.partners, f"{where}, effects, exporter and importer")


def _purses(path: Path, horizon: int) -> tuple[Purse, ...]:
    kinds: dict[str, CellKind] = dict.fromkeys(("partner", "source", "status"), "text")
    kinds |= {"from_year": "whole", "to_year": "whole"}
    kinds |= {f"{name}_musd": "number" for name in ("low", "central", "high")}
    table = read_table(
        path, kinds, dict.fromkeys(("address", "accessed", "note"), "text"), key=["partner", "from_year"]
    )
    found = []
    for position, row in enumerate(table.frame.to_dict("records")):
        low, central, high = range_of(table, position, row, "_musd")
        first, last = int(row["from_year"]), int(row["to_year"])
        if not first <= last <= horizon or low < 0:
            raise BadInputError(
                f"{table.row(position)}", f"{first} to {last}, from {low:g} million USD",
                allowed=f"years in order, up to the horizon {horizon}, and 0 or more money", remedy="correct the row",
            )  # fmt: skip
        found.append(
            Purse(
                partner=row["partner"], first=first, last=last, low=low, central=central, high=high,
                evidence=evidence_of(table, position, row),
            )
        )  # fmt: skip
    if not found:
        raise BadInputError(path.name, "holds no budget", allowed="a row for each partner", remedy="add rows")
    return tuple(found)
