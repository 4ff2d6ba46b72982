"""How sure the value of alignment is: what grades of evidence it rests on, and the numbers that move it most."""

from collections.abc import Mapping, Sequence

from isthmus.levers.grades import GRADES, ROLES, WEAKEST
from isthmus.report.assumptions import AssumptionNames
from isthmus.report.blocks import Cell, Grid
from isthmus.report.effects import THIRD
from isthmus.report.locale import Translator
from isthmus.report.worth import Mover, Worth
from isthmus.study.levers import LeversSection
from isthmus.study.station import Findings

NAMED, LISTED = 2, 5
"""Numbers that the brief names, and that the tornado and the table beside it show."""


def sureness(worth: Worth, findings: Findings, text: Translator) -> str:
    """Say on what grade of evidence the result rests and which numbers would make it surer."""
    names = _Names(worth, findings, text)
    movers = worth.movers(NAMED)
    most = max((one.swing_musd for one in movers), default=0.0)
    told = [
        text("answer.moves", number=names.of(one), money=text.million_usd(one.swing_musd, like=most, signed=False))
        for one in movers
    ]
    rated = worth.degrees_told() == "rated"
    share, expert, degrees = (
        text.each({worth.name(p): text.percent(found, 0) for p, found in worth.shares(*at).items()})
        for at in ((WEAKEST, "assumed"), (WEAKEST, "expert"), ("degree", "expert" if rated else "assumed"))
    )
    central = text.million_usd(worth.central_musd(), like=most)
    values = {"share": share, "expert": expert, "degrees": degrees, "central": central, "numbers": text.list(told)}
    return text("answer.sure_rated" if rated else "answer.sure", **values)


def weights(worth: Worth, text: Translator) -> Grid | None:
    """Set the shares of the results of each partner and of third economies by grade beside each other, by role of number."""
    found = {
        (row.economy, row.role, row.grade): row.share_pct
        for row in worth.section.evidence_weights.rows
        if row.result == "alignment"
    }
    if not any(found.values()):
        return None
    grades = [*map(str, GRADES), "none"]
    rows = [
        [text.of("value.role", role), worth.name(p), *(text.percent(found.get((p, role, g), 0.0), 0) for g in grades)]
        for role in (*ROLES, WEAKEST)
        for p in (*worth.partners, THIRD)
        if any((p, role, g) in found for g in grades)
    ]
    return Grid(
        text("value.weights_title", share=text.percent(max(worth.shares(WEAKEST, "assumed").values()), 0)),
        [
            text.of("value.column", "role"),
            text.of("value.column", "economy"),
            *(text.of("answer.grade", g) for g in grades),
        ],
        rows,
        numeric=tuple(range(2, 2 + len(grades))),
        source=text("value.weights_source"),
        csv="evidence_weights",
    )


def needed(worth: Worth, findings: Findings, text: Translator) -> Grid | None:
    """List what one would need to know of the numbers that move the result most; the tornado draws how far they do."""
    names, movers = _Names(worth, findings, text), worth.movers(LISTED)
    if not movers:
        return None
    rows: list[list[str | Cell]] = [
        [
            f"{number}. {names.of(one)}",
            text.of("common.status", one.status),
            text.million_usd(one.swing_musd, signed=False),
            names.needed(one),
        ]
        for number, one in enumerate(movers, start=1)
    ]
    return Grid(
        text("value.movers_title", n=len(rows)),
        [
            text.of("value.column", "number"),
            text.of("value.column", "status"),
            text.of("value.column", "swing"),
            text.of("value.column", "needed"),
        ],
        rows,
        numeric=(2,),
        source=text("value.movers_source", year=worth.deadline),
        csv="assumptions",
        opened=True,
    )


def needed_third(worth: Worth, findings: Findings, text: Translator) -> Grid | None:
    """List the numbers that move the result of third economies together most, with that result at both of their ends."""
    names, movers = _Names(worth, findings, text), worth.movers(LISTED, (THIRD,))
    if not movers:
        return None
    rows: list[list[str | Cell]] = [
        [
            f"{number}. {names.of(one)}",
            text.of("common.status", one.status),
            *(text.million_usd(end, like=max(one.ends_musd, key=abs)) for end in one.ends_musd),
            names.needed(one),
        ]
        for number, one in enumerate(movers, start=1)
    ]
    return Grid(
        text("value.movers_third_title", n=len(rows)),
        [text.of("value.column", head) for head in ("number", "status", "at_low", "at_high", "needed")],
        rows,
        numeric=(2, 3),
        source=text("value.movers_third_source", year=worth.deadline),
        csv="assumptions",
        opened=True,
    )


class _Names:
    """Names of the ledger's numbers for readers, and what one would need to know of them."""

    def __init__(self, worth: Worth, findings: Findings, text: Translator) -> None:
        self._worth, self._text = worth, text
        self._called = AssumptionNames(findings, worth.section.economy_names, text)
        self._titles = self._called.titles

    def of(self, one: Mover) -> str:
        """Name a number: degrees and costs of measures by measure and side, all else by its description."""
        return self._called.quoted(one.parameter)

    def needed(self, one: Mover) -> str:
        """Say what one would need to know to narrow a number."""
        lever, side = _measure(one.parameter)
        if one.kind in ("degree", "cost"):
            named = self._titles.get(lever, lever)
            return self._text.of("value.needed", one.kind, measure=named, name=self._worth.name(side))
        cause = next((part for part in one.parameter.split("_") if self._text.has(f"value.needed_wedge.{part}")), "")
        if one.kind == "wedge" and cause:
            return self._text.of("value.needed_wedge", cause)
        return self._text.of("value.needed", one.kind if self._text.has(f"value.needed.{one.kind}") else "model")


def titles(levers: LeversSection | None, text: Translator) -> Mapping[str, str]:
    """Return the titles of levers by id."""
    return {lever.id: text.named(lever.titles, lever.id) for lever in levers.described} if levers is not None else {}


def _measure(parameter: str) -> Sequence[str]:
    """Return lever and side of a degree or cost, written KIND.LEVER.SIDE."""
    _, _, rest = parameter.partition(".")
    lever, _, side = rest.partition(".")
    return lever, side.split(".")[0]
