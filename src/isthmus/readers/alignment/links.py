"""Read what alignment starts from: the two sides, the reference statements and the table of right answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from isthmus.alignment.evaluate import GOLD_NAMES, GoldPair
from isthmus.alignment.glossary import Glossary, read_statement
from isthmus.alignment.similarity import Passage
from isthmus.core.errors import BadInputError
from isthmus.plans.plan import Kind, Target
from isthmus.readers.documents.plans import extract_targets
from isthmus.readers.tables import ReadTable, read_table
from isthmus.study.section import CellKind

_LANGUAGES = ("zh", "ru", "en")
_STATEMENT: Mapping[str, CellKind] = {"id": "text", "lang": "text", "text": "text"}
_TARGET: Mapping[str, CellKind] = {
    "file": "text", "page": "whole", "indicator": "text", "kind": "text", "operator": "text", "value": "number", "unit": "text",
    "year": "whole", "base_year": "whole", "base_value": "number", "direction": "text", "modality": "text", "theme": "text",
    "partner": "text", "objective": "text",
}  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One plan as alignment takes it.

    Attributes
    ----------
    targets
        One or more targets a statement; several with one id where a statement holds several numbers.
    extracted
        Whether the targets were read from the text because the table does not bring them.
    unread
        Number of statements in a language the parser does not read; they are compared by meaning alone.
    dialect
        Encoding, separator and decimal sign where the table is not plain UTF-8 with commas.
    """

    targets: tuple[Target, ...]
    extracted: bool
    unread: int = 0
    dialect: str = ""


_WORDS = {"direction": ("up", "down", ""), "operator": ("=", ">=", "<=", ">", "<", "~", "")}


def read_side(path: Path) -> Side:
    """Read a table with id, lang and text.

    With the columns kind and operator of a target table, its targets are taken as they are; else they are read from the
    text and other columns are not used.

    Raises
    ------
    BadInputError
        For a missing column, a repeated or empty id, an empty text, or a kind, operator or direction that does not exist.
    """
    head = read_table(path, _STATEMENT)
    given = {"kind", "operator"} <= set(head.frame.columns)
    table = read_table(path, _STATEMENT, _TARGET if given else {}, key=["id"])
    for column in ("id", "lang", "text"):
        _require_filled(table, column)
    rows = [{str(name): value for name, value in row.items()} for row in table.frame.to_dict("records")]
    if given:
        return Side(tuple(_given(row, table.row(i)) for i, row in enumerate(rows)), False, dialect=table.dialect)
    targets = [target for row in rows for target in read_passage(row["id"], row["text"], row["lang"])]
    return Side(tuple(targets), True, sum(row["lang"] not in _LANGUAGES for row in rows), table.dialect)


def read_passage(name: str, text: str, lang: str) -> list[Target]:
    """Return the targets of one statement under its id; a statement without one is a target without a number."""
    found = extract_targets(text, lang) if lang in _LANGUAGES else []
    if not found:
        return [Target(id=name, partner="", text=text, lang=lang, indicator="", kind=Kind.QUALITATIVE)]
    return [replace(target, id=name, text=text, lang=lang) for target in found]


def read_reference(glossary: Glossary) -> list[Passage]:
    """Return the packaged statements that say the same in every language."""
    path = Path(str(resources.files("isthmus") / "assets" / "alignment" / "reference.csv"))
    frame = read_table(path, {"concept": "text", "lang": "text", "text": "text"}).frame
    pairs = zip(frame["text"], frame["lang"], strict=True)
    return [Passage(text, lang, read_statement(text, lang, glossary)) for text, lang in pairs]


def read_gold(path: Path, left: Sequence[Target], right: Sequence[Target]) -> tuple[list[GoldPair], int]:
    """Read a table of right answers and count the rows that speak of other statements.

    Three forms are read: left, right, relation; id1, id2, relation, where either may stand on either side; and id, topic
    (or concept) with an optional relation_zh_ru, where statements of one topic belong together.
    """
    columns = set(read_table(path, {}).frame.columns)
    if {"left", "right"} <= columns:
        return _pairs(read_table(path, {"left": "text", "right": "text"}), "left", "right", left, right)
    if {"id1", "id2"} <= columns:
        return _pairs(read_table(path, {"id1": "text", "id2": "text"}), "id1", "id2", left, right)
    for topic in ("topic", "concept"):
        if {"id", topic} <= columns:
            return _topics(read_table(path, {"id": "text", topic: "text"}), topic, left, right)
    raise BadInputError(
        f"{path.name}, header",
        f"found {', '.join(sorted(columns))}",
        allowed="left, right, relation; or id1, id2, relation; or id, topic",
        remedy="rename the columns",
    )


def _require_filled(table: ReadTable, column: str) -> None:
    empty = table.frame[column] == ""
    if empty.any():
        raise BadInputError(
            table.row(int(empty.to_numpy().argmax())) + f", column {column}",
            "is empty",
            allowed="a language code (zh, ru, en)" if column == "lang" else "text",
            remedy="fill the cell or remove the row",
        )


def _given(row: Mapping[str, Any], where: str) -> Target:
    kind = str(row["kind"])
    if kind not in set(Kind):
        raise BadInputError(
            f"{where}, column kind",
            f"found {kind!r}",
            allowed=", ".join(Kind),
            remedy="correct the kind, or drop the column",
        )
    for column, allowed in _WORDS.items():
        if row.get(column, "") not in allowed:
            raise BadInputError(
                f"{where}, column {column}",
                f"found {row[column]!r}",
                allowed=", ".join(filter(None, allowed)) + ", or empty",
                remedy="correct it",
            )
    cells: dict[str, Any] = {"partner": "", "indicator": ""}
    for name in _TARGET.keys() & row.keys():
        cell = row[name]
        if _TARGET[name] == "text":
            cells[name] = str(cell)
        elif pd.isna(cell):
            cells[name] = None
        else:
            cells[name] = int(cell) if _TARGET[name] == "whole" else float(cell)
    return Target(**{**cells, "id": row["id"], "text": row["text"], "lang": row["lang"], "kind": Kind(kind)})


def _pairs(
    table: ReadTable, first: str, second: str, left: Sequence[Target], right: Sequence[Target]
) -> tuple[list[GoldPair], int]:
    """Return the gold pairs between the two sides, in the order left, right."""
    lefts, rights = {t.id for t in left}, {t.id for t in right}
    labels = table.frame["relation"] if "relation" in table.frame.columns else pd.Series("", index=table.frame.index)
    found, others = [], 0
    for i, (a, b, label) in enumerate(zip(table.frame[first], table.frame[second], labels, strict=True)):
        if label and label not in GOLD_NAMES:
            raise BadInputError(
                f"{table.row(i)}, column relation",
                f"found {label!r}",
                allowed=", ".join(GOLD_NAMES),
                remedy="correct the label",
            )
        if a in lefts and b in rights:
            found.append(GoldPair(a, b, label))
        elif first == "id1" and b in lefts and a in rights:
            found.append(GoldPair(b, a, label))
        else:
            others += 1
    return list(dict.fromkeys(found)), others


def _topics(
    table: ReadTable, topic: str, left: Sequence[Target], right: Sequence[Target]
) -> tuple[list[GoldPair], int]:
    """Return every pair of one topic across the two sides; the relation counts between Chinese and Russian only."""
    frame = table.frame
    topics = dict(zip(frame["id"], frame[topic], strict=True))
    labels = dict(zip(frame["id"], frame["relation_zh_ru"], strict=True)) if "relation_zh_ru" in frame.columns else {}
    lefts, rights = ({t.id: t.lang for t in side if t.id in topics} for side in (left, right))
    found = [
        GoldPair(a, b, labels.get(a, "") if {lang_a, lang_b} == {"zh", "ru"} else "")
        for a, lang_a in lefts.items()
        for b, lang_b in rights.items()
        if topics[a] == topics[b]
    ]
    return found, len(topics) - len(set(topics) & (set(lefts) | set(rights)))
