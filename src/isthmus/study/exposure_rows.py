"""Tables of exposure and autonomy: what their columns mean."""

from dataclasses import dataclass
from typing import Annotated

from isthmus.study.columns import Exporter, Importer, Partner, Sector
from isthmus.study.section import key, measure, note

Case = Annotated[
    str, key("before (the world as it is), joint (with the agreed joint measures alone) or all (with all levers)")
]
Million = "million USD"


@dataclass(frozen=True)
class MeasureRow:
    """One measure of a partner's exposure in one case."""

    economy: Partner
    measure: Annotated[
        str,
        key(
            "export_domestic, export_partner (content of exports), final_foreign, final_partner (content of final use), "
            "imports_gdp, import_partner (shares of goods and services bought abroad), concentration, real_income"
        ),
    ]
    case: Case
    low: Annotated[float, measure("%", "least over the settings of the model; concentration: index from 0 to 100")]
    central: Annotated[float, measure("%", "in the study's own setting")]
    high: Annotated[float, measure("%", "most over the settings")]


@dataclass(frozen=True)
class SectorExposureRow:
    """How deep one sector of a partner depends on others, through all rounds."""

    economy: Partner
    sector: Sector
    case: Case
    direct_foreign_pct: Annotated[float, measure("%", "inputs bought abroad, of output")]
    total_foreign_pct: Annotated[float, measure("%", "foreign value added through all rounds, of output")]
    direct_partner_pct: Annotated[float, measure("%", "inputs bought from the other partners, of output")]
    total_partner_pct: Annotated[float, measure("%", "value added of the other partners through all rounds, of output")]
    concentration: Annotated[
        float | None, measure("1", "index of Herfindahl over foreign suppliers of the sector's goods")
    ]
    largest_supplier: Annotated[str, note("largest foreign supplier of the sector's goods")]
    largest_supplier_pct: Annotated[float | None, measure("%", "its share in imports of them")]
    upstreamness: Annotated[float, measure("steps", "mean distance to final use")]
    downstreamness: Annotated[float, measure("steps", "mean distance from primary factors")]
    revealed_advantage: Annotated[float, measure("1", "share in own exports over share in world exports")]


@dataclass(frozen=True)
class SupplierRow:
    """What one supplier stands behind, through all rounds."""

    economy: Partner
    supplier: Annotated[str, key("economy whose value added it is")]
    case: Case
    final_pct: Annotated[float, measure("%", "its value added in the partner's final use")]
    export_pct: Annotated[float, measure("%", "its value added in the partner's exports")]


@dataclass(frozen=True)
class ExtractionRow:
    """What would be lost if the sales of one partner to another vanished and nothing took their place."""

    exporter: Exporter
    importer: Importer
    sector: Annotated[str, key("goods that are cut, or `all`")]
    exporter_pct: Annotated[float, measure("%", "change of the exporter's value added")]
    importer_pct: Annotated[float, measure("%", "change of the importer's value added")]
    exporter_musd: Annotated[float, measure(Million, "the same in money")]
    importer_musd: Annotated[float, measure(Million, "the same in money")]


@dataclass(frozen=True)
class StrengthRow:
    """A sector in which a partner is strong, and how much of it the other buys from it."""

    exporter: Exporter
    importer: Importer
    sector: Sector
    revealed_advantage: Annotated[float, measure("1", "share in own exports over share in world exports")]
    share_elsewhere_pct: Annotated[float, measure("%", "share in imports of all others")]
    share_pct: Annotated[float, measure("%", "share in imports of the partner")]
    unused_musd: Annotated[float, measure(Million, "what the share elsewhere would sell more")]


@dataclass(frozen=True)
class DisplacedRow:
    """Where an exporter's gain in the partner's market comes from when the joint measures are agreed."""

    exporter: Exporter
    importer: Importer
    sector: Annotated[str, key("sector, or `all`")]
    gained_musd: Annotated[float, measure(Million, "gain at new spending, tariff included")]
    created_musd: Annotated[float, measure(Million, "taken from the market's own industry")]
    diverted_musd: Annotated[float, measure(Million, "taken from third suppliers")]


@dataclass(frozen=True)
class IndependenceRow:
    """What it costs to depend less: all goods and services of one supplier made dearer."""

    economy: Partner
    supplier: Annotated[str, key("supplier that becomes dearer")]
    final_pct: Annotated[float, measure("%", "value added of the supplier in final use, before")]
    final_pp: Annotated[float, measure("pp", "its change")]
    real_income_pct: Annotated[float, measure("%", "change of the partner's real income, central setting")]
    real_income_low: Annotated[float, measure("%", "least over the settings of the model")]
    real_income_high: Annotated[float, measure("%", "most over the settings of the model")]
    musd_per_pp: Annotated[float | None, measure(Million, "real income a year for one point less of the supplier")]
