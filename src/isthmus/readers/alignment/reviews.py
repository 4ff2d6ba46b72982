"""Read and write the analyst's verdicts on links, a plain table that lies beside the study."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from isthmus.alignment.judgement import Relation
from isthmus.alignment.review import Decision, Verdict, passage_digest
from isthmus.core.errors import BadInputError
from isthmus.readers.tables import read_table

COLUMNS = ("left_digest", "right_digest", "decision", "relation", "note", "left_text", "right_text")


def read_verdicts(path: Path) -> tuple[Verdict, ...]:
    """Read verdicts; passages are named by their text, by their digest, or by both.

    Rows whose decision is empty are not verdicts and are left out, so that rows of a link table can be pasted and
    decided one by one.

    Raises
    ------
    BadInputError
        For an unknown decision or relation, or a row that names no passage.
    """
    table = read_table(path, {"decision": "text"}, dict.fromkeys(COLUMNS[:2], "text"))
    rows = [{str(name): value for name, value in row.items()} for row in table.frame.to_dict("records")]
    places = [table.row(i) for i, row in enumerate(rows) if row["decision"]]
    verdicts = [_verdict(row, place) for row, place in zip((r for r in rows if r["decision"]), places, strict=True)]
    _once(verdicts)
    return tuple(verdicts)


def _once(verdicts: Sequence[Verdict]) -> None:
    """Refuse two verdicts on one pair of passages, in whichever order they name them."""
    pairs: dict[tuple[str, ...], str] = {}
    for verdict in verdicts:
        pair = tuple(sorted((verdict.left_digest, verdict.right_digest)))
        if pair in pairs:
            raise BadInputError(
                verdict.place,
                f"decides the same pair as {pairs[pair]}",
                allowed="one verdict a pair",
                remedy="remove one",
            )
        pairs[pair] = verdict.place


def verdict_table(verdicts: Sequence[Verdict]) -> pd.DataFrame:
    """Return verdicts as the table that `read_verdicts` reads."""
    rows = [
        (v.left_digest, v.right_digest, str(v.decision), str(v.relation or ""), v.note, v.left_text, v.right_text)
        for v in verdicts
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _verdict(row: dict[str, Any], where: str) -> Verdict:
    decision, relation = row["decision"], row.get("relation", "")
    if decision not in set(Decision):
        raise BadInputError(
            f"{where}, column decision", f"found {decision!r}", allowed=", ".join(Decision), remedy="correct it"
        )
    if relation and relation not in set(Relation):
        raise BadInputError(
            f"{where}, column relation", f"found {relation!r}", allowed=", ".join(Relation), remedy="correct it"
        )
    if decision == Decision.CHANGE and not relation:
        raise BadInputError(
            f"{where}, column relation",
            "is empty under a change",
            allowed=", ".join(Relation),
            remedy="name the new relation",
        )
    digests = [_digest(row, side, where) for side in ("left", "right")]
    return Verdict(
        digests[0], digests[1], Decision(decision), Relation(relation) if relation else None, row.get("note", ""),
        row.get("left_text", ""), row.get("right_text", ""), where,
    )  # fmt: skip


def _digest(row: dict[str, Any], side: str, where: str) -> str:
    """Return the digest of a passage; a text and a digest that do not belong together are an error."""
    text, given = row.get(f"{side}_text", ""), row.get(f"{side}_digest", "")
    if not text and not given:
        raise BadInputError(
            where,
            f"names no {side} passage",
            allowed=f"{side}_text or {side}_digest",
            remedy="copy them from the link table",
        )
    if text and given and passage_digest(text) != given:
        raise BadInputError(
            f"{where}, column {side}_digest",
            f"{given!r} does not belong to the text",
            allowed=passage_digest(text),
            remedy="correct one of them, or leave the digest empty",
        )
    return given or passage_digest(text)
