"""A second reader: any server that speaks the OpenAI-compatible chat protocol, asked for the targets of each passage.

It is off unless asked for. Address and model come from the environment. What it returns is data: a value that does not
stand in the passage is refused and counted, and nothing of its answer replaces the rules' reading.
"""

import json
import os
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.document import Document
from isthmus.plans.language import detect
from isthmus.plans.plan import Kind, Target
from isthmus.plans.second import AGREE, Readings, side_by_side, stands_in
from isthmus.plans.segment import sentences
from isthmus.readers.documents.lexicon import read_lexicon

ADDRESS, MODEL, KEY = "ISTHMUS_READER_URL", "ISTHMUS_READER_MODEL", "ISTHMUS_READER_KEY"
_OPERATORS = ("=", ">=", "<=", ">", "<", "~")
_TIMEOUT_S = 120
_LONGEST_PASSAGE = 1200
_TASK = (
    "You read passages of development plans. Return JSON: {\"targets\": [...]}, one object for each number that the plan"
    " itself sets as an aim, with the keys indicator (words of the passage), kind (level, change_pct, change_pp, change_abs,"
    " multiple, growth, cumulative, rank), operator (=, >=, <=, >, <, ~; on the signed number), value (scale words multiplied"
    " out; a decrease is negative), unit, year, base_year, base_value (null where not said), direction (up, down or empty)."
    " Facts, past results, definitions and what others expect are no aims: return an empty list for them."
)  # fmt: skip


@dataclass(frozen=True)
class Server:
    """Where the second reader is: the address before ``/chat/completions``, the model's name, a key if it needs one."""

    address: str
    model: str
    key: str = ""


@dataclass(frozen=True)
class SecondReading:
    """Both readings side by side, the number of passages asked, and the targets that were refused, by reason."""

    readings: tuple[Readings, ...]
    passages: int
    refused: Mapping[str, int]

    @property
    def agreement(self) -> float:
        """Share of the targets of either reader on which both agree in value, kind, operator, year and direction."""
        return sum(r.verdict == AGREE for r in self.readings) / len(self.readings) if self.readings else 1.0


def server_of(environment: Mapping[str, str] = os.environ) -> Server:
    """Return the server that the environment names.

    Raises
    ------
    BadInputError
        Where address or model is missing.
    """
    missing = [name for name in (ADDRESS, MODEL) if not environment.get(name)]
    if missing:
        raise BadInputError(
            f"environment, {missing[0]}",
            "is not set",
            allowed="the address of a server that speaks the OpenAI-compatible chat protocol, and a model it serves",
            remedy=f"set {ADDRESS} (for example http://127.0.0.1:8000/v1) and {MODEL}, or leave the second reader out",
        )
    return Server(environment[ADDRESS].rstrip("/"), environment[MODEL], environment.get(KEY, ""))


def read_again(document: Document, targets: Sequence[Target], server: Server) -> SecondReading:
    """Ask the second reader for every passage with a figure, and set its targets beside those of the rules.

    Raises
    ------
    BadInputError
        Where the server cannot be reached or does not answer in its protocol.
    """
    readings: list[Readings] = []
    refused: Counter[str] = Counter()
    passages = 0
    waiting = [t for t in targets if t.value is not None]
    for passage, page in _passages(document):
        passages += 1
        answered = [_target(row, passage, page, refused) for row in _ask(passage, server)]
        own = [t for t in waiting if _squeezed(t.text) in _squeezed(passage)]
        waiting = [t for t in waiting if t not in own]
        readings.extend(side_by_side(passage, page, own, [t for t in answered if t is not None]))
    readings.extend(Readings(t.text, t.page, t, None) for t in waiting)
    return SecondReading(tuple(readings), passages, dict(refused))


def _passages(document: Document) -> Iterator[tuple[str, int | None]]:
    """Yield passages of whole sentences that hold a figure, tables row by row, each with its page."""
    for block in document.blocks:
        for number, row in enumerate(block.rows):
            yield " | ".join(row), block.page_of(number)
        held = ""
        for sentence in sentences(block.text):
            if held and len(held) + len(sentence) > _LONGEST_PASSAGE:
                yield from _with_figure(held, block.page)
                held = ""
            held = f"{held} {sentence}".strip()
        yield from _with_figure(held, block.page)


def _with_figure(passage: str, page: int | None) -> Iterator[tuple[str, int | None]]:
    if any(c.isdigit() for c in passage):
        yield passage, page


def _ask(passage: str, server: Server) -> list[Mapping[str, object]]:
    """Send one passage and return the rows of the answer."""
    body = {
        "model": server.model,
        "temperature": 0,
        "response_format": {"type": "json_object"},
        "messages": [{"role": "system", "content": _TASK}, {"role": "user", "content": passage}],
    }
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {server.key}"} if server.key else {})
    request = urllib.request.Request(
        f"{server.address}/chat/completions", json.dumps(body).encode(), headers, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            content = json.load(answer)["choices"][0]["message"]["content"]
        rows = json.loads(content)["targets"]
    except (OSError, urllib.error.URLError) as error:
        raise _bad(server, f"cannot be reached: {error}") from error
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise _bad(server, f"does not answer with a list of targets ({type(error).__name__})") from error
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _bad(server: Server, problem: str) -> BadInputError:
    return BadInputError(
        f"second reader, {server.address}",
        problem,
        allowed="a server that speaks the OpenAI-compatible chat protocol and returns JSON",
        remedy=f"check {ADDRESS} and {MODEL}, or leave the second reader out",
    )


def _target(row: Mapping[str, object], passage: str, page: int | None, refused: Counter[str]) -> Target | None:
    """Return a row of the answer as a target; None, and why, where it is none or its value does not stand in the passage."""
    lang = detect(passage) or "en"
    grammar = read_lexicon().grammars[lang]
    value, base = _number(row.get("value")), _number(row.get("base_value"))
    kinds = {kind.value for kind in Kind}
    if value is None or row.get("kind") not in kinds or row.get("operator") not in _OPERATORS:
        refused["not a target"] += 1
        return None
    if not stands_in(value, passage, grammar):
        refused["value not in the passage"] += 1
        return None
    years = {name: _number(row.get(name)) for name in ("year", "base_year")}
    kept = {name: int(y) if y is not None and str(int(y)) in passage else None for name, y in years.items()}
    direction = row.get("direction")
    return Target(
        id="",
        partner="",
        text=passage,
        lang=lang,
        indicator=str(row.get("indicator", ""))[:300],
        kind=Kind(str(row["kind"])),
        operator=str(row["operator"]),
        value=value,
        unit=str(row.get("unit") or "")[:60],
        year=kept["year"],
        base_year=kept["base_year"],
        base_value=base if base is not None and stands_in(base, passage, grammar) else None,
        direction=str(direction) if direction in ("up", "down") else "",
        status=Status.UNVERIFIED,
        page=page,
        source="second reader",
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _squeezed(text: str) -> str:
    return "".join(text.split())
