"""Plans put together from independent choices: how an English plan says a target, and where it says it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle

from isthmus.plans.plan import Target

HEAD = "# Regional Development Strategy 2025–2030\n\n## Introduction\n\nThe region has many strengths.\n\n"
"""What stands above each layout: a title with a period, whose end is that of whatever has no year of its own."""
_NEW = "level|cumulative|change_abs"


@dataclass(frozen=True)
class Aim:
    """A way of saying a target, with the readings that are right (several between bars; "" is none, "?" any)."""

    text: str
    kind: str
    operator: str
    value: float
    direction: str = ""
    base_year: int | None = None
    base_value: float | None = None
    year: int | None = 2030

    def faults(self, row: Target) -> list[str]:
        """Return the names of the fields in which a row is not right."""
        right = {
            "kind": row.kind.value in self.kind.split("|"),
            "operator": row.operator in self.operator.split("|"),
            "value": row.value is not None and abs(row.value - self.value) < 1e-6 * max(1.0, abs(self.value)),
            "year": row.year == self.year,
            "base year": row.base_year == self.base_year,
            "base value": row.base_value == self.base_value,
            "direction": self.direction == "?" or row.direction == self.direction,
        }
        return [name for name, holds in right.items() if not holds]


COMMANDS = [
    Aim("reduce water losses by 20 % {by} compared to 2015", "change_pct", "=", -20, "down", 2015),
    Aim("reduce water losses by 20 % {by} relative to 2015 levels", "change_pct", "=", -20, "down", 2015),
    Aim("cut water losses by at least 20 % {by}", "change_pct", "<=", -20, "down"),
    Aim("increase the share of renewables from 12 % in 2020 to 20 % {by}", "level", "=", 20, "up", 2020, 12),
    Aim("raise enrolment to at least 95 % {by}", "level", ">=", 95, "up"),
    Aim("achieve a literacy rate of 98 % {by}", "level", "=", 98),
    Aim("ensure that at least 40 % of households have access to broadband {by}", "level", ">=", 40),
    Aim("maintain forest cover at no less than 60 % {by}", "level", ">=", 60),
    Aim("double the number of cooperatives {by}", "multiple", "=", 2, "up"),
    Aim("increase exports threefold {by}", "multiple", "=", 3, "up"),
    Aim("halve traffic deaths {by} compared with 2019", "multiple", "=", 0.5, "down", 2019),
    Aim("limit the unemployment rate to no more than 5 % {by}", "level", "<=", 5, "?"),
    Aim("cap the deficit at 3 % of GDP {by}", "level", "=|<=", 3, "?"),
    Aim("train 500 teachers {by}", _NEW, "=", 500),
    Aim("build 12 new health centres {by}", _NEW, "=", 12, "?"),
    Aim("reduce infant mortality from 30 to 18 per 1,000 live births {by}", "level", "=", 18, "down", None, 30),
    Aim("create more than 3,000 jobs {by}", _NEW, ">", 3000, "?"),
    Aim("plant one million trees {by}", _NEW, "=", 1e6),
    Aim("cut emissions by 37 GgCO2 {by}", "change_abs", "=", -0.037, "down"),
    Aim("lower the dropout rate to below 6 % {by}", "level", "<", 6, "down"),
    Aim("expand the fibre network to 4,500 km {by}", "level", "=", 4500, "up"),
    Aim("abate emissions by 7 % {by} from 2010 levels", "change_pct", "=", -7, "down", 2010),
]
"""Aims that open with a command, small letters first."""
CARRIERS = (
    "{Aim}.",
    "We will {aim}.",
    "The government plans to {aim}.",
    "The aim is to {aim}.",
    "The ministry shall {aim}.",
    "Efforts will be made to {aim}.",
    "- {Aim}",
    "1.1 {Aim}.",
)
SENTENCES = [
    Aim("The share of renewables will rise from 12 % in 2020 to 20 % {by}.", "level", "=", 20, "up", 2020, 12),
    Aim("At least 40 % of public vehicles will be electric {by}.", "level", ">=", 40),
    Aim("The recycling rate reaches 40 % {by}.", "level", "=", 40, "?"),
    Aim("Water losses will be reduced by 20 % {by} compared to 2015.", "change_pct", "=", -20, "down", 2015),
    Aim("One in four trips will be made by bicycle {by}.", "level", "=", 25),
    Aim("No more than 5 % of waste will be landfilled {by}.", "level", "<=", 5),
    Aim("Twelve new clinics will be opened {by}.", _NEW, "=", 12, "?"),
    Aim("Infant mortality will fall to 18 per 1,000 live births {by}.", "level", "=", 18, "down"),
    Aim("Unemployment will not exceed 5 % {by}.", "level", "<=", 5, "?"),
    Aim("Emissions will be 45 % lower than in 2010 {by}.", "change_pct", "=", -45, "down", 2010),
    Aim("Our target is for 60 % of homes to be insulated {by}.", "level", "=", 60),
    Aim(
        "The city commits to a 50 % reduction in emissions {by} from 2005 levels.", "change_pct", "=", -50, "down", 2005
    ),
    Aim("The target is a 7 % greenhouse gas (GHG) emissions reduction {by}.", "change_pct", "=", -7, "down"),
    Aim("Tourist arrivals should grow by 6 % annually {by}.", "growth", "=", 6, "up"),
    Aim("Target: 500 teachers trained {by} (baseline: 200 in 2021)", _NEW, "=", 500, "?", 2021, 200),
    Aim("Goal 1: Renewable energy – 45 % {by}", "level", "=", 45),
    Aim("**Target:** 75 % of complaints resolved {by}", "level", "=", 75),
]
NOUNS = [
    Aim("500 teachers trained", _NEW, "=", 500),
    Aim("Literacy rate of 98 %", "level", "=", 98),
    Aim("20 % reduction in water losses compared to 2015", "change_pct", "=", -20, "down", 2015),
    Aim("At least 80 % of pupils finish primary school", "level", ">=", 80),
    Aim("Number of clinics: 60", "level", "=", 60),
    Aim("3,000 new jobs", _NEW, "=", 3000, "?"),
    Aim("Unemployment below 5 %", "level", "<", 5, "?"),
    Aim("1.5 million trees planted", _NEW, "=", 1.5e6),
    Aim("Exports: USD 4.5 billion", "level", "=", 4.5e9),
]
DEADLINES = [
    ("by 2030", 2030),
    ("by the end of 2028", 2028),
    ("by end-2028", 2028),
    ("by June 2028", 2028),
    ("by 30 June 2028", 2028),
    ("by 31/12/2028", 2028),
    ("by FY2028", 2028),
    ("by FY 2027/28", 2028),
    ("no later than 2028", 2028),
    ("in 2029", 2029),
    ("until 2029", 2029),
    ("over the plan period", 2030),
    ("by the end of the plan", 2030),
    ("during 2026–2029", 2029),
    ("by mid-2028", 2028),
    ("by Q3 2028", 2028),
    ("in the medium term", None),
    ("", 2030),
]
OPENERS = [
    ("By 2028:", 2028),
    ("**By 2028:**", 2028),
    ("### By 2028", 2028),
    ("### 2028", 2028),
    ("### Targets for 2028", 2028),
    ("Targets for 2028", 2028),
    ("2028 Milestones", 2028),
    ("Our targets for 2028 are:", 2028),
    ("### Short term (2026–2028)", 2028),
    ("**Short term (2026–2028)**", 2028),
    ("### Phase 1: 2026–2028", 2028),
    ("### Year 1 (2026)", 2026),
    ("### Actions for 2027", 2027),
    ("Key targets to 2028", 2028),
    ("By the end of 2028, the following will be achieved:", 2028),
    ("### Expected outcomes by 2028", 2028),
    ("### What we will have achieved by 2028", 2028),
    ("Expected results by 2028:", 2028),
    ("### Targets", 2030),
    ("**Targets:**", 2030),
    ("Success indicators:", 2030),
    ("Milestones:", 2030),
    ("### Deliverables", 2030),
    ("What success looks like", 2030),
    ("**Outcomes**", 2030),
    ("Key performance indicators", 2030),
]
MARKS = ("- {}", "* {}.", "{n}. {}", "• {};", "{}", "1.{n} {}")
CARDS = [
    ([("Indicator", "Share of pupils at school"), ("Baseline (2021)", "72 %"), ("Target 2028", "85 %")], 2021, 72.0),
    ([("Indicator", "Share of pupils at school"), ("Baseline", "72 % (2021)"), ("Target", "85 % by 2028")], 2021, 72.0),
    ([("KPI", "Share of pupils at school"), ("Current", "72 %"), ("Target", "85 %"), ("Deadline", "2028")], None, 72.0),
    ([("Baseline 2021", "72 %"), ("2028 target", "85 %"), ("Source", "Ministry of Education")], 2021, 72.0),
    ([("Measure", "Bring 85 % of pupils to school"), ("Lead", "Ministry"), ("Timeline", "2026–2028")], None, None),
]
SAID_OF_OTHERS = """In 2021, 40 % of households had access to broadband.
The most significant source is transport, accounting for 28 % of emissions, up from 24 % in 2010.
These aims will be reached in two sectors, which accounted for most emissions (88 %) in 2008.
Each year some 5,000 young people leave the region.
The region incurs losses of close to 4 % of its product due to floods (Miller, 2029).
Floods would affect over 3,500 homes.
The loss of beaches can result in a reduced income of USD 24 million per year.
The estimated overall capital cost of these works is USD 1,500, 000.
Management of the coast (budget: US$ 20 million)
The UN aims to halve hunger by 2030.
This contributes to the goal of 1.5 °C.
The cost of doing nothing has been calculated to be 12 % of the product by 2028, rising to 24 % by 2035.
One unit is sufficient to provide power to 700 homes.
The plan includes 12 policies.
Model trends indicate an increase of rainfall by 5 % by 2050."""
"""Lines with figures that are nobody's aim here."""


def sentences() -> Iterator[tuple[str, list[Aim]]]:
    """Yield texts of one sentence: every command and sentence with deadlines and carriers in turn."""
    deadlines, carriers = cycle(DEADLINES), cycle(CARRIERS)
    for aim in (*COMMANDS, *COMMANDS, *COMMANDS):
        words, year = next(deadlines)
        said = " ".join(aim.text.format(by=words).split())
        yield next(carriers).format(aim=said, Aim=said[0].upper() + said[1:]), [replace(aim, year=year)]
    for aim in (*SENTENCES, *SENTENCES):
        words, year = next(deadlines)
        yield " ".join(aim.text.format(by=words).split()).replace(" .", "."), [replace(aim, year=year)]


def lists() -> Iterator[tuple[str, list[Aim]]]:
    """Yield lists: every way to open one with every mark in turn, its items commands or nouns."""
    marks = cycle(MARKS)
    commands = [replace(a, text=" ".join(a.text.format(by="").split()).capitalize()) for a in COMMANDS[::5]]
    for opener, year in OPENERS:
        for items in (NOUNS, commands):
            mark = next(marks)
            lines = [mark.format(aim.text, n=n) for n, aim in enumerate(items, start=1)]
            aims = [replace(aim, year=year) for aim in items]
            yield f"{opener}\n\n" + "\n".join(lines) + "\n\n### Next steps\n\nMore will follow.", aims
        next(marks)


def cards() -> Iterator[tuple[str, list[Aim]]]:
    """Yield cards: an indicator or a measure in lines of a label and what it says, close or apart, marked or not."""
    for lines, base_year, base in CARDS:
        aim = Aim("", "level", "=", 85, "?", base_year, base, 2028)
        for shape in ("{}: {}", "- {}: {}", "**{}:** {}", "{}: {}\n"):
            yield "### Pupils at school\n\n" + "\n".join(shape.format(*line) for line in lines), [aim]
