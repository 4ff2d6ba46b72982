"""Relations by economics beside relations by words: what one side's growth does to what the other side wants, in one matrix."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from isthmus.alignment.objects import ObjectFacts
from isthmus.core.axes import Array
from isthmus.core.pairs import Pair, pair_label, pairs_of
from isthmus.economy.aggregate import Names
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.gradient import Gradient, gradient_of
from isthmus.equilibrium.scenario import Scenario, Shock, resolve
from isthmus.equilibrium.solve import find, pose
from isthmus.study import columns
from isthmus.study.alignment import AlignmentSection
from isthmus.study.alignment_rows import ObjectRow
from isthmus.study.columns import Sector
from isthmus.study.draws import DRAW_FIELDS, central_draw
from isthmus.study.headline import HEADLINE_FIELDS, TABLE, headline_world
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.variants import CENTRAL, settings_around

COMPLEMENTARY, COMPETING, MIXED, NEUTRAL, UNCERTAIN = ECONOMIC = (
    "complementary", "competing", "mixed", "neutral", "uncertain",
)  # fmt: skip
UNPRICED = "unpriced"
"""Pairs that nothing could price; `RelationRow.why` says what is missing."""
GROWTH, BORDER = "growth", "border"
"""What an action is taken to be: one percent more productivity of who acts, or one percent off the cost of trade both ways."""
NO_OBJECT, NOT_TRADED, APART = "no_object", "not_traded", "apart_in_time"
JOINT = ("joint_signed", "joint_named", "joint_offered", "one_link")
"""Rules of alignment for what two sides do together or can only have together."""
THRESHOLD_MUSD = 1.0
"""Effects within this many million USD a year of zero are none."""
MAKES = {"supplies", "builds", "replaces"}
"""Roles of a side that makes the object: it acts by growing there, and wants value added of its own industry. All others want
real income, and their action is no growth."""
SAYS = {"same": COMPLEMENTARY, "complement": COMPLEMENTARY, "conflict": COMPETING}
"""What the words of a relation let one expect of economics; `related` says nothing."""

Million = "million USD a year"


@dataclass(frozen=True)
class SectorGrowthRow:
    """What one percent more productivity of one partner in a sector does to the other."""

    pair: columns.Pair
    grower: Annotated[str, key("partner that becomes more productive")]
    other: Annotated[str, key("partner that is looked at")]
    sector: Sector
    low: Annotated[float, measure(Million, "real income of the other, least over the settings of the model")]
    central: Annotated[float, measure(Million, "the same in the study's own setting")]
    high: Annotated[float, measure(Million, "the same, most over the settings")]
    industry_pct: Annotated[float, measure("%", "output of the other's own industry, own setting")]
    border_musd: Annotated[
        float, measure(Million, "one percent off the cost of trade in it, both ways, to both partners")
    ]


@dataclass(frozen=True)
class RelationRow:
    """Two plan statements about one object: their relation by words, and by economics."""

    pair: columns.Pair
    left: Annotated[str, key("id of the first partner's statement")]
    right: Annotated[str, key("id of the second partner's statement")]
    item: Annotated[str, note("object in common")]
    left_object: Annotated[str, note("object of the first statement")]
    right_object: Annotated[str, note("object of the second statement")]
    theme: Annotated[str, note("theme")]
    relation: Annotated[str, note("by words: same, complement, conflict or related")]
    rule: Annotated[str, note("rule that decided it")]
    economic: Annotated[str, note("complementary, competing, mixed, neutral, uncertain or unpriced")]
    agree: Annotated[bool | None, note("whether both say the same; empty where one says nothing")]
    by: Annotated[
        str,
        note(
            "growth: the other side more productive; border: trade one percent cheaper, both ways; empty if not priced"
        ),
    ]
    why: Annotated[
        str,
        note(
            "why it is not priced: no_object (no object of the glossary in common), not_traded (in no sector) or "
            "apart_in_time (due so far apart that neither meets the other); else empty"
        ),
    ]
    sectors: Annotated[str, note("sectors of the object, with ;")]
    left_effect: Annotated[
        float | None, measure(Million, "what the second side's action does to what the first one wants")
    ]
    right_effect: Annotated[
        float | None, measure(Million, "what the first side's action does to what the second one wants")
    ]
    left_gain: Annotated[
        float | None, measure(Million, "first partner's income, second one percent more productive there")
    ]
    right_gain: Annotated[
        float | None, measure(Million, "second partner's income, first one percent more productive there")
    ]
    border_musd: Annotated[
        float | None, measure(Million, "one percent off the cost of trade there, both ways, to both")
    ]


@dataclass(frozen=True)
class RelationCountRow:
    """Pairs by relation in words and by economics."""

    pair: columns.Pair
    relation: Annotated[str, key("by words: same, complement, conflict or related")]
    economic: Annotated[str, key("by economics")]
    pairs: Annotated[int, measure("pairs", "pairs of statements")]


@dataclass(frozen=True, kw_only=True)
class RelationsSection(Section):
    """Relations by economics beside relations by words."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    sector_names: Annotated[Names, Help("names of sectors by code and language")]
    year: Annotated[int, Help("year of the trade that is priced")]
    threshold_musd: Annotated[float, Help("effects within this many million USD a year of zero are none")]
    settings: Annotated[tuple[str, ...], Help("settings of the model under which signs must hold, KIND:CHOICE")]
    relations: Annotated[
        Table[RelationRow], Help("pairs of statements about one object, by words and by economics", at="year")
    ]
    relation_matrix: Annotated[Table[RelationCountRow], Help("number of pairs by both", at="year")]
    sector_growth: Annotated[
        Table[SectorGrowthRow], Help("what growth of one partner in a sector does to the other", at="year")
    ]


def compute(study: Study, findings: Findings, work: Work) -> RelationsSection:
    """Price the growth of each partner in each sector to the other, and judge pairs of statements by it (:eq:`relation`)."""
    world, year, moved = headline_world(study)
    settings = settings_around(study, world, moved, central_draw(study).parameters)
    priced = _Priced(
        partners=study.partners,
        sectors=world.sectors,
        central=settings[CENTRAL][0],
        settings=_by_setting(settings, study.partners, work),
        industry=np.array([_industry(own, study.partners) for own in settings.values()]),
    )
    pairs = {pair_label(pair): pair for pair in pairs_of(study.partners)}
    assert study.matcher is not None
    known = study.matcher.rules.known
    rows = [_judged(row, pairs[row.pair], priced, known) for row in findings[AlignmentSection].objects.rows]
    counts = Counter((row.pair, row.relation, row.economic) for row in rows)
    order = {label: position for position, label in enumerate(pairs)}
    counted = sorted(counts.items(), key=lambda item: (order[item[0][0]], item[0]))
    return RelationsSection(
        partners=study.partners,
        economy_names=study.economy_names,
        sector_names=study.sector_names,
        year=int(year) if year != TABLE else (world.table.year or 0 if world.table else 0),
        threshold_musd=THRESHOLD_MUSD,
        settings=tuple(settings),
        relations=table(RelationRow, rows),
        relation_matrix=table(RelationCountRow, [RelationCountRow(*keys, n) for keys, n in counted]),
        sector_growth=table(SectorGrowthRow, [row for pair in pairs.values() for row in _growth_rows(priced, pair)]),
    )


STATION = Station(
    name="relations",
    section=RelationsSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *HEADLINE_FIELDS)),
        *("partners", "economy_names", "sector_names", "trade_balance", "matcher", "statements"),
    ),
    needs=(AlignmentSection,),
    applies=lambda study: study.matcher is not None and bool(study.statements) and study.baseline.table is not None,
    compute=compute,
)


@dataclass(frozen=True, kw_only=True)
class _Priced:
    """What one percent more productivity of a partner in a sector brings another, and trade that gets cheaper.

    Attributes
    ----------
    central
        The world in the study's own setting.
    settings
        Gradient of each partner's real income by setting of the model, the study's own first.
    industry
        Value added of each partner's industry when another one grows, million USD a year, (setting, partner, grower, sector).
    """

    partners: tuple[str, ...]
    sectors: tuple[str, ...]
    central: Baseline
    settings: Sequence[tuple[Gradient, ...]]
    industry: Array

    def gains(self, pair: Pair) -> Array:
        """Million USD a year that growth of the other partner of a pair brings each, (setting, partner, sector)."""
        where = [self.central.economies.index(code) for code in pair]
        sides = [self.partners.index(code) for code in pair]
        return np.array(
            [
                [0.01 * by[k].income * by[k].productivity[:, n] for k, n in zip(sides, where[::-1], strict=True)]
                for by in self.settings
            ]
        )

    def industries(self, pair: Pair) -> Array:
        """Million USD a year of value added of each partner's industry, the other one growing, (setting, partner, sector)."""
        first, second = (self.partners.index(code) for code in pair)
        return self.industry[:, [first, second], [second, first]]

    def borders(self, pair: Pair) -> Array:
        """Million USD a year that one percent off the cost of trade of a pair brings each, (setting, partner, sector)."""
        a, b = (self.central.economies.index(code) for code in pair)
        sides = [self.partners.index(code) for code in pair]
        each = [[by[k].musd_per_pct for k in sides] for by in self.settings]
        return np.array([[musd[:, a, b] + musd[:, b, a] for musd in by] for by in each])


def _by_setting(
    settings: Mapping[str, tuple[Baseline, str]], partners: Sequence[str], work: Work
) -> list[tuple[Gradient, ...]]:
    """Return the gradient of each partner's real income in every setting, in their order."""
    found: list[tuple[Gradient, ...]] = []
    for world, closure in settings.values():
        state = find(pose(world, Scenario(trade_balance=closure)))
        names = list(state.axes.economies)
        one = np.eye(len(names))
        found.append(tuple(gradient_of(state, code, one[names.index(code)]) for code in partners))
        work.progress(0.6 * len(found) / len(settings))
    return found


def _industry(setting: tuple[Baseline, str], partners: Sequence[str]) -> Array:
    """Return what growth of a partner by one percent does to value added of the others' industries, solved in full."""
    problem = pose(setting[0], Scenario(trade_balance=setting[1]))
    before, baseline = problem.model, problem.baseline
    where = [baseline.economies.index(code) for code in partners]
    found = np.zeros((len(partners), len(partners), len(baseline.sectors)))
    for position, grower in enumerate(partners):
        for j, sector in enumerate(baseline.sectors):
            grown = resolve(Scenario((Shock("productivity", 1.0, economy=grower, sector=sector),)), baseline)
            output = find(problem, grown).output
            found[:, position, j] = [before.beta[j, n] * (output[j, n] - before.Y[j, n]) for n in where]
    return found


def _growth_rows(priced: _Priced, pair: Pair) -> Iterator[SectorGrowthRow]:
    """Yield both directions of every sector."""
    world, gains, industries, borders = (
        priced.central,
        priced.gains(pair),
        priced.industries(pair)[0],
        priced.borders(pair)[0].sum(axis=0),
    )
    added = world.value_added_share.values * world.output.values
    for position, (other, grower) in enumerate((pair, pair[::-1])):
        n = world.economies.index(other)
        for j, sector in enumerate(priced.sectors):
            values, own = gains[:, position, j], float(added[j, n])
            yield SectorGrowthRow(
                pair=pair_label(pair),
                grower=grower,
                other=other,
                sector=sector,
                low=float(values.min()),
                central=float(values[0]),
                high=float(values.max()),
                industry_pct=100 * float(industries[position, j]) / own if own > 0 else 0.0,
                border_musd=float(borders[j]),
            )


def _judged(row: ObjectRow, pair: Pair, priced: _Priced, known: Mapping[str, ObjectFacts]) -> RelationRow:
    """Return a pair of statements with its relation by economics over the sectors of its object."""
    by, at = _basis(row, priced, known)
    gains, borders = priced.gains(pair)[:, :, at].sum(axis=2), priced.borders(pair)[:, :, at].sum(axis=2)
    wanted = borders if by == BORDER else _wanted(row, gains, priced.industries(pair)[:, :, at].sum(axis=2))
    economic = economic_relation(wanted) if by else UNPRICED
    expected = SAYS.get(row.relation, "") if by == GROWTH else ""
    said = economic in (COMPLEMENTARY, COMPETING, MIXED) and bool(expected)
    effects = wanted[0].tolist() if by else [None, None]
    incomes = gains[0].tolist() if by == GROWTH else [None, None]
    return RelationRow(
        pair=row.pair,
        left=row.left,
        right=row.right,
        item=row.item,
        left_object=row.left_object,
        right_object=row.right_object,
        theme=row.theme,
        relation=row.relation,
        rule=row.rule,
        economic=economic,
        agree=economic == expected if said else None,
        by=by,
        why="" if by else _missing(row),
        sectors=";".join(priced.sectors[j] for j in at),
        left_effect=effects[0],
        right_effect=effects[1],
        left_gain=incomes[0],
        right_gain=incomes[1],
        border_musd=float(borders[0].sum()) if by else None,
    )


def _basis(row: ObjectRow, priced: _Priced, known: Mapping[str, ObjectFacts]) -> tuple[str, list[int]]:
    """Return what the action of a pair of statements is taken to be, and the positions of the sectors it is priced in.

    What two sides can only have together is no growth of either: it is trade between them that gets cheaper, in the sectors of
    the object, or in all goods where the object is the crossing itself.
    """
    facts = known.get(row.item, ObjectFacts())
    if row.rule in JOINT:
        names = priced.central.goods if facts.crossing else facts.sectors
        at = [priced.sectors.index(name) for name in names if name in priced.sectors]
        return BORDER if at else "", at
    at = [priced.sectors.index(name) for name in row.sectors.split(";") if name in priced.sectors]
    return GROWTH if at else "", at


def _missing(row: ObjectRow) -> str:
    """Return why nothing prices a pair."""
    if not row.item:
        return NO_OBJECT
    return APART if row.rule == APART else NOT_TRADED


def _wanted(row: ObjectRow, gains: Array, industries: Array) -> Array:
    """Return what each side's action does to what the other wants by its role, (setting, side)."""
    wanted = gains.copy()
    for side, (role, acts) in enumerate(((row.left_role, row.right_role), (row.right_role, row.left_role))):
        if role in MAKES:
            wanted[:, side] = industries[:, side]
        if acts not in MAKES:
            wanted[:, side] = 0.0
    return wanted


def economic_relation(gains: Array) -> str:
    """Return how two sides stand by what the other's action does to what each wants, (setting, side), million USD a year.

    The first setting is the study's own; a sign that does not hold in all of them is uncertain.
    """
    signs = np.where(np.abs(gains) <= THRESHOLD_MUSD, 0, np.sign(gains))
    if (signs != signs[0]).any():
        return UNCERTAIN
    first, second = signs[0]
    if first == second:
        return {1: COMPLEMENTARY, -1: COMPETING, 0: NEUTRAL}[int(first)]
    if 0 in (first, second):
        return COMPLEMENTARY if first + second > 0 else COMPETING
    return MIXED
