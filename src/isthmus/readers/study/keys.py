"""The keys of study.toml: the models that read it and from which its reference page is written."""

from typing import Annotated, Literal

from pydantic import Field as Key

from isthmus.readers.networks.study import CorridorKeys
from isthmus.readers.toml import Typed
from isthmus.readers.worlds.world import DEFAULT_WORLD

StudyYear = Annotated[int, Key(ge=1990, le=2100)]


class YearKeys(Typed):
    """Table [years]: first year of the plans, the year targets are due, a later year results are also shown for."""

    start: StudyYear = Key(default=2026, description="first year of the plans")
    deadline: StudyYear = Key(default=2030, description="year in which targets are due")
    review: StudyYear = Key(default=2036, description="later year for which results are also shown")


class WorldKeys(Typed):
    """Table [world]: which world, which elasticities, which trade-balance closure, newer totals of goods trade."""

    name: str = Key(default=DEFAULT_WORLD, description="packaged world, or a world directory in the study's folder")
    elasticity: str = Key(
        default="", description="column of the world's trade_elasticities.csv; the world's own when empty"
    )
    services: float | None = Key(
        default=None,
        gt=0,
        description="trade elasticity of services instead of the column's; a ledger entry services_elasticity goes before it",
    )
    trade_balance: Literal["fixed", "own_va", "zero"] = Key(default="fixed", description="rule for trade balances")
    nowcast: str = Key(
        default="",
        description="newer totals of goods trade (exporter, importer, year, value, kind, source); results are shown on them too",
    )


class PriceKeys(Typed):
    """Table [prices]: prices of all money in results and of costs.csv, when they are not those of the world's year."""

    year: StudyYear = Key(description="year of the prices")
    level: float = Key(gt=0.1, lt=10, description="price level of that year over that of the world's year")
    source: str = Key(min_length=1, description="where the level comes from")
    address: str = Key(default="", description="address of the source")


class FileKeys(Typed):
    """Table [files]: data files, relative to the study's folder. None of them is needed."""

    targets: str = Key(default="", description="curated targets of both plans (CSV)")
    ledger: str = Key(default="", description="assumed numbers with range and source (TOML)")
    levers: str = Key(default="", description="how the plans act on the model (TOML)")
    statements: str = Key(default="", description="statements of the plans, with or without numbers (CSV)")
    plan_documents: str = Key(default="", description="documents that the statements come from (CSV)")
    support: str = Key(default="", description="which statements carry which lever (CSV)")
    degrees: str = Key(default="", description="how far statements of a kind were carried out elsewhere (CSV)")
    costs: str = Key(default="", description="what levers cost, and who pays (CSV)")
    outcomes: str = Key(default="", description="outcomes the plans want, and energy accounts (TOML)")
    observations: str = Key(default="", description="published values that targets are tracked by (CSV)")
    estimates: str = Key(default="", description="what others found for comparable questions (CSV)")
    projects: str = Key(
        default="",
        description="folder of candidate projects with their costs, effects, budgets and settings (programme.toml)",
    )
    glossary: str = Key(default="", description="terms of the field in each language, for alignment (TOML)")
    verdicts: str = Key(default="", description="an analyst's decisions on links between targets (CSV)")


class TrackingKeys(Typed):
    """Table [tracking]: the date after which no observation is used; the last day before the plans start when empty."""

    as_of: str = Key(default="", pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="date as YYYY-MM-DD")


class DocumentKeys(Typed):
    """Table [[documents]]: a plan document, the partner whose plan it is, and its language where it is not plain."""

    file: str = Key(description="document, relative to the study's folder")
    partner: str = Key(description="partner whose plan it is")
    lang: Literal["en", "ru", "zh", ""] = Key(default="", description="its language; recognised when empty")
    code: str = Key(
        default="",
        description="its code; plans/CODE.pdf (or .docx, .html, .md, .txt) or --plan CODE=FILE is read instead",
    )
    digest: bool = Key(default=False, description="whether the file is a digest in the study's own words, no document")
    as_of: int = Key(
        default=0,
        ge=0,
        le=2100,
        description="year in which it is read: without a date it reports years before this one at most; "
        "0 takes the study's first year instead",
    )
    first: int = Key(
        default=0, ge=0, le=2100, description="first year of the plan where the document does not say it; with `last`"
    )
    last: int = Key(default=0, ge=0, le=2100, description="last year of the plan; with `first`")


class DrawKeys(Typed):
    """Table [draws]: quasi-random draws over the ledger."""

    count: int = Key(default=200, ge=20, le=100_000, description="draws of a usual run")
    full: int = Key(default=1000, ge=20, le=100_000, description="draws with --full")
    seed: int = Key(default=1, ge=0, lt=2**63, description="seed; equal seeds give equal draws")
    closures: list[Literal["fixed", "own_va", "zero"]] = Key(
        default=[], description="rules for trade balances among which draws choose; the study's own alone when empty"
    )
    elasticities: list[str] = Key(
        default=[], description="sets of elasticities among which draws choose; the study's own alone when empty"
    )
    trade_years: list[str] = Key(
        default=[],
        description="years of newer trade totals among which draws choose, `table` for the table's own; that alone when empty",
    )


class StudyFile(Typed):
    """A study file."""

    partners: tuple[str, ...] = Key(
        min_length=2,
        description="codes of two or more economies, or labels of groups, in the order in which they are shown",
    )
    groups: dict[str, list[str]] = Key(
        default={},
        description='groups of economies that count as one, members by label: UNION = ["AAA", "BBB"]',
    )
    group_names: dict[str, dict[Literal["en", "ru", "zh"], str]] = Key(default={}, description="names by language")
    targets: Literal["curated", "extracted", "merge"] = Key(
        default="curated",
        description="targets the model works with: the curated table, what the documents say, or the documents with curated"
        " targets that they lack",
    )
    title: dict[Literal["en", "ru", "zh"], str] = Key(default={}, description="title of the study by language")
    years: YearKeys = YearKeys()
    world: WorldKeys = WorldKeys()
    prices: PriceKeys | None = Key(default=None, description="prices of another year than the world's")
    files: FileKeys = FileKeys()
    tracking: TrackingKeys = TrackingKeys()
    corridors: CorridorKeys = CorridorKeys()
    draws: DrawKeys = DrawKeys()
    documents: list[DocumentKeys] = Key(default=[])
    claim: list[dict[str, object]] = Key(
        default=[],
        description="stated overheads to test the border against: name, low, high (fractions), source, source_ru and source_zh"
        " (the source for Russian and Chinese pages), definition, address, pair (A-B; every pair of partners when absent)",
    )
