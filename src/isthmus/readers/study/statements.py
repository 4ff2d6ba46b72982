"""Read the statements of both plans, and the documents they come from."""

import math
import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.statement import (
    Checked,
    DocumentKind,
    OfficialDocument,
    PlanStatement,
    Role,
    Standing,
    StatementKind,
)
from isthmus.readers.study.targets import LANGUAGES, OPERATORS
from isthmus.readers.tables import ReadTable, read_table
from isthmus.study.section import CellKind

_Word = TypeVar("_Word", bound=StrEnum)
_YEAR_FROM, _YEAR_TO = 1990, 2100
_DATE = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")
_SHIPPED = ("none", "digest", "document")
_TEXTS = (
    "id", "partner", "kind", "theme", "object", "role", "text", "source", "checked", "status", "document",
)  # fmt: skip
_OTHER_LANGUAGES = ("ru", "zh")
_MORE = (
    *(f"text_{lang}" for lang in _OTHER_LANGUAGES), "named_partner", "lang", "operator", "unit", "address", "locator",
    "standing", "see", "target", "note",
)  # fmt: skip
_NUMBERS = ("value", "value_high")
_YEARS = ("year_from", "year_to", "base_year")
_OPTIONAL: Mapping[str, CellKind] = {
    **dict.fromkeys(_MORE, "text"), **dict.fromkeys(_NUMBERS, "number"), **dict.fromkeys(_YEARS, "whole"),
}  # fmt: skip
_DOCUMENT_MORE: Mapping[str, CellKind] = dict.fromkeys(
    ("date", "note", "named", *(f"title_{lang}" for lang in _OTHER_LANGUAGES)), "text"
)
_DOCUMENT = ("code", "partner", "kind", "title", "address", "address_status", "shipped")


def read_statements(
    path: Path,
    documents: Mapping[str, OfficialDocument],
    partners: Collection[str],
    *,
    themes: Collection[str] = (),
    targets: Mapping[str, str] | None = None,
) -> tuple[PlanStatement, ...]:
    """Return the plan statements of a study.

    Parameters
    ----------
    path
        CSV with the columns id, partner (codes separated by ``;``), kind, theme, object, role, text, source, checked,
        status, document, and optional text_ru, text_zh, named_partner (separated by ``;``), lang, value, value_high,
        operator, unit, year_from, year_to, base_year, address, locator, standing, see, target, note.
    documents
        Official documents by code (`read_plan_documents`).
    partners
        The two partners.
    themes
        Keys of the taxonomy; any theme is accepted without them.
    targets
        Partner of each target by id; without it the column target is not checked.

    Raises
    ------
    BadInputError
        For a missing file or column, an unknown word, partner, document, theme or target, a partner that the document is not
        of, an empty text, years or numbers out of order, a number without operator, or a `see` that leads nowhere.
    """
    table = read_table(path, dict.fromkeys(_TEXTS, "text"), _OPTIONAL, key=["id"])
    found = tuple(_statement(_Row(table, i), documents, partners, themes) for i in range(len(table.frame)))
    _check_links(found, table, targets)
    return found


def study_statements(files: Mapping[str, Path], partners: Collection[str]) -> tuple[PlanStatement, ...]:
    """Read what the plans of a study say, with the documents it comes from; nothing where the study names no such files."""
    needed = ("statements", "plan_documents")
    given = [name for name in (*needed, "support") if name in files]
    if not given or given == ["plan_documents"]:
        return ()
    if not set(needed) <= set(given):
        raise BadInputError(
            "study.toml, files",
            f"names {', '.join(given)} alone",
            allowed=f"{' and '.join(needed)}, with or without support, or none",
            remedy="add the others",
        )
    documents = read_plan_documents(files["plan_documents"], partners)
    return read_statements(files["statements"], documents, partners)


def read_plan_documents(path: Path, partners: Collection[str]) -> dict[str, OfficialDocument]:
    """Return the official documents of a study by code.

    Columns: code, partner (codes separated by ``;``), kind, title, address, address_status, shipped, and optional date, note
    and named (phrases of its own title separated by ``;``, by which a document that a user gives is known).

    Raises
    ------
    BadInputError
        For a missing file or column, an unknown word or partner, a date of another form, or a code that occurs twice.
    """
    table = read_table(path, dict.fromkeys(_DOCUMENT, "text"), _DOCUMENT_MORE, key=["code"])
    return {row.text("code"): _document(row, partners) for row in (_Row(table, i) for i in range(len(table.frame)))}


class _Row:
    """One row of a table, with the place of each cell for messages."""

    def __init__(self, table: ReadTable, position: int) -> None:
        self._table, self._position = table, position
        self._cells = table.frame.iloc[position]

    def in_languages(self, name: str) -> Mapping[str, str]:
        """Return what further columns say in other languages (text_ru), without empty cells."""
        return {lang: text for lang in _OTHER_LANGUAGES if (text := self.text(f"{name}_{lang}"))}

    def text(self, name: str, default: str = "") -> str:
        return str(self._cells.get(name, "") or default)

    def needed(self, name: str) -> str:
        return self.text(name) or self.fail(name, "is empty", "a text", "fill the cell")

    def listed(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(name).split(";") if part.strip())

    def number(self, name: str) -> float | None:
        value = float(self._cells.get(name, math.nan))
        return None if math.isnan(value) else value

    def year(self, name: str) -> int | None:
        value = self.number(name)
        if value is not None and not _YEAR_FROM <= value <= _YEAR_TO:
            self.fail(name, f"found {value:g}", f"a year from {_YEAR_FROM} to {_YEAR_TO}, or empty")
        return None if value is None else int(value)

    def word(self, name: str, words: type[_Word], default: str = "") -> _Word:
        return words(self.choice(name, list(words), default))

    def choice(self, name: str, allowed: Collection[str], default: str = "") -> str:
        value = self.text(name, default)
        if value not in allowed:
            self.fail(name, f"found {value!r}", ", ".join(sorted(allowed)))
        return value

    def partners(self, partners: Collection[str]) -> tuple[str, ...]:
        listed = self.listed("partner")
        if not listed or not set(listed) <= set(partners) or len(set(listed)) < len(listed):
            self.fail("partner", f"found {self.text('partner')!r}", f"one or more of {', '.join(partners)}, each once")
        return listed

    def fail(self, name: str, problem: str, allowed: str, remedy: str = "correct the cell") -> str:
        where = f"{self._table.row(self._position)}, column {name}"
        raise BadInputError(where, problem, allowed=allowed, remedy=remedy)


def _document(row: _Row, partners: Collection[str]) -> OfficialDocument:
    date = row.text("date")
    if not _DATE.fullmatch(date):
        row.fail("date", f"found {date!r}", "YYYY, YYYY-MM or YYYY-MM-DD, or empty")
    return OfficialDocument(
        code=row.needed("code"),
        partners=row.partners(partners),
        kind=row.word("kind", DocumentKind),
        title=row.needed("title"),
        date=date,
        address=row.text("address"),
        address_status=row.word("address_status", Status),
        shipped=row.choice("shipped", _SHIPPED),
        note=row.text("note"),
        named=row.listed("named"),
        titles=row.in_languages("title"),
    )


def _statement(
    row: _Row, documents: Mapping[str, OfficialDocument], partners: Collection[str], themes: Collection[str]
) -> PlanStatement:
    document = documents[row.choice("document", documents.keys())]
    own = row.partners(partners)
    if not set(own) <= set(document.partners):
        row.fail(
            "partner", f"found {';'.join(own)}", f"partners of document {document.code}: {';'.join(document.partners)}"
        )
    value, high, operator = _quantity(row)
    first, last = row.year("year_from"), row.year("year_to")
    if first is not None and last is not None and first > last:
        row.fail("year_from", f"found {first} beside year_to {last}", "not after year_to")
    return PlanStatement(
        id=row.needed("id"),
        partners=own,
        kind=row.word("kind", StatementKind),
        theme=row.choice("theme", themes) if themes else row.needed("theme"),
        object=row.needed("object"),
        role=row.word("role", Role),
        text=row.needed("text"),
        document=document,
        lang=row.choice("lang", LANGUAGES, "en"),
        named_partner=row.listed("named_partner"),
        value=value,
        value_high=high,
        operator=operator,
        unit=row.text("unit"),
        year_from=first,
        year_to=last,
        base_year=row.year("base_year"),
        source=row.needed("source"),
        address=row.text("address"),
        locator=row.text("locator"),
        checked=row.word("checked", Checked),
        status=row.word("status", Status),
        standing=row.word("standing", Standing, Standing.CURRENT),
        see=row.text("see"),
        target=row.text("target"),
        note=row.text("note"),
        texts=row.in_languages("text"),
    )


def _quantity(row: _Row) -> tuple[float | None, float | None, str]:
    """Return the number, the upper end of a range and the operator."""
    value, high, operator = row.number("value"), row.number("value_high"), row.choice("operator", OPERATORS)
    if (value is None) != (operator == ""):
        row.fail(
            "operator", f"found {operator!r} beside value {value}", "an operator with a value, neither without one"
        )
    if high is not None and (value is None or high <= value):
        row.fail("value_high", f"found {high:g} beside value {value}", "above value, or empty")
    return value, high, operator


def _check_links(found: tuple[PlanStatement, ...], table: ReadTable, targets: Mapping[str, str] | None) -> None:
    """Check that `see` leads to a statement that counts and `target` to a target of the same partner."""
    current = {statement.id for statement in found if statement.standing is Standing.CURRENT}
    for position, statement in enumerate(found):
        row = _Row(table, position)
        if statement.see and (statement.see not in current or statement.see == statement.id):
            row.fail("see", f"found {statement.see!r}", "the id of another statement that is current")
        if statement.standing in (Standing.SUPERSEDED, Standing.DUPLICATE) and not statement.see:
            row.fail("see", "is empty", "the id of the statement that stands instead", "name it")
        if targets is not None and statement.target and targets.get(statement.target) not in statement.partners:
            row.fail("target", f"found {statement.target!r}", "the id of a target of the same partner, or empty")
