"""What is said of a programme: names, titles and sentences, from its facts and tables."""

from isthmus.report.effects import THIRD
from isthmus.report.locale import Translator
from isthmus.study.programme_tables import (
    ELSEWHERE,
    FOUND,
    NO_PROGRAMME,
    NOT_VALUED,
    SPARE,
    UNKNOWN_COST,
    ProgrammeFinancingRow,
    ProgrammeGainRow,
    ProgrammeSection,
    ProjectRow,
)

NAMED = 3
TAX = "tax"
SMALL_MUSD = 0.5
"""What a project lacks below this is nothing but a matter of whole pieces."""
LITTLE = 0.1
"""Savings of the network below this part of what the model counts are told."""


class Words:
    """The section ``programme`` in one language."""

    def __init__(self, section: ProgrammeSection, text: Translator) -> None:
        self.section, self._text = section, text
        self.count = sum(row.start is not None for row in section.programme.rows)
        self._gains = {row.economy: row for row in section.programme_gains.rows}
        self._paid = {(row.project, row.economy): row.paid_pv for row in section.programme_projects.rows}

    def economy(self, code: str) -> str:
        """Return the name of an economy."""
        if code == THIRD:
            return self._text("common.third")
        return self._text.named(self.section.economy_names.get(code, {}), code)

    def project(self, name: str) -> str:
        """Return the title of a project."""
        return self._text.named(self.section.titles.get(name, {}), name)

    def choice(self, name: str) -> str:
        """Return the name of an objective or of a changed assumption."""
        return self._text.of("programme.choice", name)

    def way(self, name: str) -> str:
        """Return the name of a way of financing."""
        borrower = name.partition("_")[2]
        if name == TAX:
            return self._text("programme.tax")
        return self._text("programme.loan", name=self.economy(borrower))

    def several(self, names: str, most: int = NAMED) -> str:
        """Return titles of projects whose ids stand with ; between them, those beyond `most` counted."""
        listed = [self.project(name) for name in names.split(";") if name]
        if not listed:
            return "–"
        more = [self._text("programme.and_more", n=len(listed) - most)] if len(listed) > most else []
        return self._text("common.semicolon").join([*listed[:most], *more])

    def title(self) -> str:
        """Return the finding."""
        section, text = self.section, self._text
        if section.outcome == NO_PROGRAMME:
            who = text.list([self.economy(code) for code in section.worse_off]) or text("programme.a_side")
            return text("programme.title_none", who=who, money=text.million_usd(section.shortfall_pv, signed=False))
        if section.outcome != FOUND:
            return text("programme.title_worthless", n=len(section.programme))
        parts = [f"{self.economy(p)} {text.million_usd(self._gains[p].median_pv)}" for p in section.partners]
        return text("programme.title", n=self.count, parts=text.list(parts), year=section.horizon)

    def lead(self) -> str:
        """Return what stands below the finding."""
        section, text = self.section, self._text
        if section.outcome == NO_PROGRAMME:
            binding = [text.of("programme.binding", name.replace(" ", "_")) for name in section.binding]
            return text("programme.lead_none", binding=text.list(binding) or "–")
        if section.outcome != FOUND:
            return text("programme.lead_worthless")
        ranges = [
            text("programme.range_of", name=self.economy(p), range=text.million_range(g.low_pv, g.high_pv))
            for p, g in ((p, self._gains[p]) for p in section.partners)
        ]
        share = text.percent(100 * section.assumed_share, 0)
        return text("programme.lead", start=section.start, ranges=text.list(ranges), share=share, n=section.draws)

    def worth_and_payers(self, row: ProjectRow) -> str:
        """Return what a project brings both partners, and which part of its cost each pays."""
        total = sum(self._paid[row.project, p] for p in self.section.partners)
        worth = self._text.number(self._text.charted(row.benefit_pv), 1, signed=True)
        if total <= 0:
            return worth
        paid = [self._text.number(100 * self._paid[row.project, p] / total, 0) for p in self.section.partners]
        return f"{worth} · {':'.join(paid)}"

    def in_order(self) -> str:
        """Return the partners in the order in which shares are written."""
        return ":".join(self.economy(p) for p in self.section.partners)

    def price_of_fairness(self) -> str:
        """Return what the fairest programme gives up of the largest sum."""
        rows = [row.price_of_fairness for row in self.section.programme_choices.rows if row.choice == "maxmin"]
        return self._text.percent(100 * max(rows, default=0.0), 1)

    def gains_title(self) -> str:
        """Return who gains for each dollar paid, and what third economies lose or gain."""
        text = self._text
        third = self._gains[THIRD]
        parts = [
            text("programme.per_dollar_of", name=self.economy(p), value=text.number(g.benefit_pv / g.cost_pv, 1))
            for p, g in ((p, self._gains[p]) for p in self.section.partners)
            if g.cost_pv > 0
        ]
        return text(
            "programme.gains",
            parts=text.list(parts),
            third=text.million_with_range(third.low_pv, third.median_pv, third.high_pv),
        )

    def choices_title(self) -> str:
        """Return how many projects remain with smaller and larger budgets."""
        counts = {row.choice: row.projects for row in self.section.programme_choices.rows}
        values = {"fewer": counts.get("budgets_half", 0), "more": counts.get("budgets_half_more", 0), "n": self.count}
        return self._text("programme.choices", **values)

    def payers(self) -> str:
        """Return who pays how much, and what each could do alone."""
        text = self._text
        paid = [f"{self.economy(p)} {text.million_usd(g.cost_pv, signed=False)}" for p, g in self._partners()]
        alone = [f"{self.economy(p)} {text.million_usd(g.alone_pv)}" for p, g in self._partners()]
        least = text.percent(100 * self.section.minimum_share, 0)
        return text("programme.payers", paid=text.list(paid), alone=text.list(alone), least=least)

    def budget_title(self) -> str:
        """Return when money is scarcest."""
        rows = [row for row in self.section.programme_budgets.rows if row.budget_musd > 0]
        most = max(rows, key=lambda row: row.spent_musd / (row.budget_musd + row.carried_musd))
        share = self._text.percent(100 * most.spent_musd / (most.budget_musd + most.carried_musd), 0)
        return self._text("programme.budgets", name=self.economy(most.partner), year=most.year, share=share)

    def years_title(self) -> str:
        """Return when each partner gets back more in a year than it pays."""
        first = {
            p: next((r.year for r in self.section.programme_years.rows if r.economy == p and r.net_musd > 0), None)
            for p in self.section.partners
        }
        parts = [self._text("programme.since", name=self.economy(p), year=year) for p, year in first.items() if year]
        return self._text("programme.years", parts=self._text.list(parts))

    def points(self) -> list[str]:
        """Return what a reader has to know besides the numbers."""
        told = [
            self._exact(),
            self._room(),
            self._left_out(),
            self._money(),
            self._losing(),
            self._unvalued(),
            *self._unreached(),
            self._third(),
        ]
        return [sentence for sentence in (*told, self._loan(), self._chance(), self._often()) if sentence]

    def limits(self) -> list[str]:
        """Return what the programme does not claim."""
        section, text = self.section, self._text
        values = {
            "start": section.start, "end": section.horizon, "rate": text.percent(100 * section.discount_rate, 0),
            "share": text.percent(100 * section.assumed_share, 0),
        }  # fmt: skip
        return [
            text.of("programme.limit", name, **values) for name in ("span", "assumed", "degree", "budget", "upkeep")
        ]

    def _partners(self) -> list[tuple[str, ProgrammeGainRow]]:
        return [(p, self._gains[p]) for p in self.section.partners]

    def _exact(self) -> str:
        first = [row for row in self.section.programme_rounds.rows if row.round == 1]
        exact, linear = sum(row.exact_pv for row in first), sum(row.linear_pv for row in first)
        rounds = max(row.round for row in self.section.programme_rounds.rows)
        differs = self._text.percent(100 * (exact / linear - 1) if linear else 0.0, 1, signed=True)
        gap = self._text.percent(100 * self.section.gap, 1)
        stands = "yes" if self.section.stable else "no"
        return self._text.of("programme.stands", stands, differs=differs, n=rounds, gap=gap)

    def _room(self) -> str:
        """Say where the network of corridors sees less in a crossing than the shares of levers do."""
        chosen = {row.project for row in self.section.programme.rows if row.start is not None}
        rows = [r for r in self.section.programme_ways.rows if r.saving_musd is not None and r.project in chosen]
        less = [r for r in rows if not r.counted and (r.saving_musd or 0.0) < LITTLE * r.model_musd]
        if not less:
            return ""
        return self._text("programme.room", n=len({r.project for r in less}), all=len({r.project for r in rows}))

    def _left_out(self) -> str:
        text = self._text
        out = [r for r in self.section.programme.rows if r.start is None and r.needed_pv is not None]
        crowded = [r for r in out if r.status == "crowded"]
        if not crowded:
            return ""
        best = min(crowded, key=lambda r: r.needed_pv or 0.0)
        if (best.needed_pv or 0.0) < SMALL_MUSD:
            return text("programme.fits_in_part", project=self.project(best.project))
        needed = text.million_usd(best.needed_pv or 0.0, signed=False)
        return text("programme.best_left_out", project=self.project(best.project), needed=needed)

    def _money(self) -> str:
        more = next((r for r in self.section.programme_choices.rows if r.choice == "budgets_half_more"), None)
        half = next((r for r in self.section.programme_choices.rows if r.choice == "budgets_half"), None)
        if more is None or half is None:
            return ""
        return self._text("programme.budget_matters", more=self._joined(more.more), fewer=self._joined(half.fewer))

    def _joined(self, names: str) -> str:
        return self.several(names) if names else self._text("programme.nothing")

    def _losing(self) -> str:
        names = [r.project for r in self.section.programme.rows if r.status == "loses"]
        return self._text("programme.losing", n=len(names), names=self.several(";".join(names))) if names else ""

    def _unvalued(self) -> str:
        names = [r.project for r in self.section.programme.rows if r.status in (NOT_VALUED, UNKNOWN_COST)]
        return self._text("programme.unvalued", names=self.several(";".join(names))) if names else ""

    def _unreached(self) -> list[str]:
        """Say of room that changes nothing between the sides what the network says of it, and what would value it."""
        text, row_of = self._text, {r.project: r for r in self.section.programme.rows}
        ways = {w.project: w for w in self.section.programme_ways.rows}
        told = []
        for name, row in row_of.items():
            way = ways.get(name)
            if row.status == ELSEWHERE and way is not None:
                saving = text.million_usd(way.saving_musd or 0.0, signed=False)
                cost = text.million_usd(row.cost_pv or 0.0, signed=False)
                told.append(
                    text(
                        "programme.elsewhere",
                        project=self.project(name),
                        saving=saving,
                        year=self.section.deadline,
                        cost=cost,
                    )
                )
            elif row.status == SPARE and way is not None:
                used = text.percent(way.used_pct or 0.0, 0)
                told.append(text("programme.spare", project=self.project(name), used=used, year=self.section.deadline))
        return told

    def _third(self) -> str:
        text, rows = self._text, self.section.programme_third.rows
        lose = [row for row in rows if row.gain_pv < 0]
        if not lose:
            return text("programme.no_losers")
        worst = [f"{self.economy(r.economy)} {text.million_usd(r.gain_pv)}" for r in lose[::-1][:NAMED]]
        return text("programme.losers", n=len(lose), all=len(rows), worst=text.list(worst))

    def _loan(self) -> str:
        text, by_way = self._text, dict[tuple[str, str], ProgrammeFinancingRow]()
        for row in self.section.programme_financing.rows:
            by_way[row.way, row.economy] = row
        borrower = self.section.partners[-1]
        loan, tax = by_way[f"loan_{borrower}", borrower], by_way[TAX, borrower]
        return text(
            "programme.loan_matters",
            name=self.economy(borrower),
            change=text.million_usd(loan.gain_pv - tax.gain_pv),
            heaviest=text.million_usd(loan.heaviest_musd, signed=False),
            year=loan.heaviest_year or "–",
            owed=text.million_usd(loan.owed_musd, signed=False),
        )

    def _chance(self) -> str:
        chances = [
            self._text("programme.chance_of", name=self.economy(p), share=self._text.percent(100 * g.chance_of_loss, 1))
            for p, g in self._partners()
        ]
        return self._text("programme.chance", n=self.section.draws, chances=self._text.list(chances))

    def _often(self) -> str:
        rows = [row for row in self.section.programme.rows if row.start is not None and row.chosen_share is not None]
        rare = sorted(rows, key=lambda row: row.chosen_share or 0.0)[:NAMED]
        always = sum(row.chosen_share == 1 for row in rows)
        parts = [f"{self.project(r.project)} {self._text.percent(100 * (r.chosen_share or 0), 0)}" for r in rare]
        listed = self._text("common.semicolon").join(parts)
        return self._text("programme.often", n=self.section.anew, always=always, all=len(rows), rare=listed)
