"""A second reader: any server that speaks the OpenAI-compatible chat protocol, asked for the targets of each passage.

It is off unless asked for. Address and model come from the environment. What it returns is data: a value, sign, start value,
year or currency that the passage does not support is refused and counted, and nothing of its answer replaces the rules'
reading. A passage that it fails to answer is counted with the reason; the others are asked all the same.
"""

import json
import math
import os
import re
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.grammar import Grammar
from isthmus.plans.language import detect
from isthmus.plans.plan import Kind, Target
from isthmus.plans.second import Readings, holds_a_number, side_by_side, unsupported
from isthmus.plans.segment import sentences
from isthmus.readers.documents.lexicon import read_lexicon

ADDRESS, MODEL, KEY = "ISTHMUS_READER_URL", "ISTHMUS_READER_MODEL", "ISTHMUS_READER_KEY"
_OPERATORS = ("=", ">=", "<=", ">", "<", "~")
TIMEOUT_S = 120
"""Seconds that the server has for a passage."""
_PART = 65_536
"""Bytes of an answer that are taken at a time."""
_LONGEST_PASSAGE = 1200
PAUSE_S, LONGEST_PAUSE_S = 1.0, 10.0
"""Seconds before a passage is asked once more, where the server names none, and at most."""
MOST_IN_A_ROW = 3
"""After so many passages without an answer, one behind the other, no more are asked."""
_KEY_REFUSED, _BUSY = (401, 403), (429, 503)
_WRITTEN = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*%?\s*")
_TASK = (
    "You read passages of development plans. Return JSON: {\"targets\": [...]}, one object for each number, in figures"
    " or in words (double is the multiple 2, halve 0.5), that the plan itself sets as an aim, with the keys indicator"
    " (words of the passage), kind (level, change_pct, change_pp, change_abs, multiple, growth, cumulative, rank),"
    " operator (=, >=, <=, >, <, ~; on the signed number), value (scale words multiplied out; a decrease is negative),"
    " unit, year, base_year, base_value (null where not said), direction (up, down or empty)."
    " Facts, past results, definitions and what others expect are no aims: return an empty list for them."
)  # fmt: skip


@dataclass(frozen=True)
class Server:
    """Where the second reader is: the address before ``/chat/completions``, the model's name, a key if it needs one."""

    address: str
    model: str
    key: str = ""


@dataclass(frozen=True)
class Refused:
    """A row of an answer that is not taken, as it came, with the reason."""

    passage: str
    page: int | None
    row: object
    reason: str


@dataclass(frozen=True)
class SecondReading:
    """Both readings of a file side by side, the number of passages, what was refused, how many stayed unanswered, by reason."""

    file: str
    readings: tuple[Readings, ...]
    passages: int
    refused: tuple[Refused, ...]
    unanswered: Mapping[str, int]


class Asker:
    """Asks one server passage after passage, and stops where it fails again and again; `stopped` says why.

    `hears` is told of each answer that failed before its passage is asked once more.
    """

    def __init__(self, server: Server, hears: Callable[[str], None] | None = None) -> None:
        self.server, self.stopped, self.hears = server, "", hears
        self._in_a_row = 0

    def rows(self, passage: str) -> list[object]:
        """Return the rows of the answer to a passage.

        Raises
        ------
        UnansweredError
            With the reason, where there is no answer that can be read.
        """
        if self.stopped:
            raise UnansweredError("not asked")
        try:
            rows = self._asked_twice(passage)
        except UnansweredError as error:
            self._in_a_row += 1
            if error.final:
                self.stopped = error.reason
            elif self._in_a_row == MOST_IN_A_ROW:
                self.stopped = f"{MOST_IN_A_ROW} passages in a row without an answer, the last: {error.reason}"
            raise
        self._in_a_row = 0
        return rows

    def _asked_twice(self, passage: str) -> list[object]:
        try:
            return _ask(passage, self.server)
        except UnansweredError as error:
            if error.final:
                raise
            if self.hears is not None:
                self.hears(error.reason)
            time.sleep(error.pause)
        return _ask(passage, self.server)


class UnansweredError(Exception):
    """A passage without an answer: why, how long to wait before it is asked once more, and whether that is of no use."""

    def __init__(self, reason: str, pause: float | None = None, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.final = reason, final
        self.pause = PAUSE_S if pause is None else min(pause, LONGEST_PAUSE_S)


def server_of(environment: Mapping[str, str] = os.environ) -> Server:
    """Return the server that the environment names.

    Raises
    ------
    BadInputError
        Where address or model is missing, the address is none of http or https, or the key cannot be sent.
    """
    missing = [name for name in (ADDRESS, MODEL) if not environment.get(name)]
    if missing:
        raise BadInputError(
            f"environment, {missing[0]}",
            "is not set",
            allowed="the address of a server that speaks the OpenAI-compatible chat protocol, and a model it serves",
            remedy=f"set {ADDRESS} (for example http://127.0.0.1:8000/v1) and {MODEL}, or leave the second reader out",
        )
    address, key = environment[ADDRESS].strip(), environment.get(KEY, "").strip()
    if not _is_address(address):
        raise BadInputError(
            f"environment, {ADDRESS}",
            "is no address of a server",
            allowed="an address that begins with http:// or https:// and a host",
            remedy="write it as http://127.0.0.1:8000/v1, without /chat/completions",
        )
    if not (key.isascii() and key.isprintable()):
        raise BadInputError(
            f"environment, {KEY}",
            "holds signs that cannot be sent",
            allowed="a key in ASCII on one line",
            remedy="copy the key once more",
        )
    return Server(address.rstrip("/"), environment[MODEL], key)


def _is_address(address: str) -> bool:
    """Say whether an address is one of http or https with a host, and a port that is a number where there is one."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname)


def read_again(
    document: Document, targets: Sequence[Target], asker: Asker, tell: Callable[[str, int, int], None] | None = None
) -> SecondReading:
    """Ask the second reader for every passage with a number, and set its targets beside those of the rules.

    A passage without an answer is no disagreement: the targets of the rules in it are marked as unanswered. `tell` hears
    which passage is asked for, and of how many.
    """
    readings: list[Readings] = []
    refused: list[Refused] = []
    unanswered: Counter[str] = Counter()
    passages = list(_passages(document))
    waiting = [t for t in targets if t.value is not None]
    for number, (passage, page) in enumerate(passages, start=1):
        if tell is not None and not asker.stopped:
            tell("second", number, len(passages))
        own = [t for t in waiting if _squeezed(t.text) in _squeezed(passage)]
        waiting = [t for t in waiting if t not in own]
        try:
            answered = [_target(row, passage, page) for row in asker.rows(passage)]
        except UnansweredError as error:
            unanswered[error.reason] += 1
            readings.extend(Readings(passage, page, t, None, answered=False) for t in own)
            continue
        refused.extend(row for row in answered if isinstance(row, Refused))
        found = [t for t in answered if isinstance(t, Target)]
        readings.extend(side_by_side(passage, page, own, found, _grammars(passage)))
    readings.extend(Readings(t.text, t.page, t, None) for t in waiting)
    return SecondReading(document.file, tuple(readings), len(passages), tuple(refused), dict(unanswered))


def _passages(document: Document) -> Iterator[tuple[str, int | None]]:
    """Yield passages of whole sentences that hold a number, tables row by row, each with its page."""
    parts = ((passage, page) for block in document.blocks for passage, page in _parts(block))
    return ((passage, page) for passage, page in parts if holds_a_number(passage, _grammars(passage)[0]))


def _parts(block: DocumentBlock) -> Iterator[tuple[str, int | None]]:
    for number, row in enumerate(block.rows):
        yield " | ".join(row), block.page_of(number)
    held = ""
    for sentence in sentences(block.text):
        if held and len(held) + len(sentence) > _LONGEST_PASSAGE:
            yield held, block.page
            held = ""
        held = f"{held} {sentence}".strip()
    yield held, block.page


def _ask(passage: str, server: Server) -> list[object]:
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
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            content = json.loads(_within(answer, TIMEOUT_S))["choices"][0]["message"]["content"]
        if not isinstance(content, str):
            raise UnansweredError("the answer holds no text")
        rows = _list_in(content)
    except urllib.error.HTTPError as error:
        raise _refusal(error) from error
    except (OSError, HTTPException) as error:
        raise UnansweredError(_no_answer(error)) from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise UnansweredError(f"the answer is no list of targets ({type(error).__name__})") from error
    if not isinstance(rows, list):
        raise UnansweredError("the answer is no list of targets")
    return rows


def _list_in(content: str) -> object:
    """Return the last list of targets in an answer: many a model fences it, thinks aloud in front or says more."""
    found, at = list[object](), content.find("{")
    while at >= 0:
        with suppress(ValueError):
            said, _ = json.JSONDecoder().raw_decode(content, at)
            found += [said["targets"]] if "targets" in said else []
        at = content.find("{", at + 1)
    return found[-1]


def _within(answer: HTTPResponse, seconds: float) -> bytes:
    """Return the body of an answer; one that is still coming after so many seconds is none, however steadily it comes."""
    parts, end = list[bytes](), time.monotonic() + seconds
    while part := answer.read1(_PART):
        parts.append(part)
        if time.monotonic() > end:
            raise TimeoutError("timed out")
    return b"".join(parts)


def _refusal(error: urllib.error.HTTPError) -> UnansweredError:
    """Return what an answer with an error says; a busy server may name the seconds to wait."""
    error.close()
    if error.code in _KEY_REFUSED:
        return UnansweredError(f"the key is refused (HTTP {error.code}; it is read from {KEY})", final=True)
    wait = error.headers.get("Retry-After", "").strip() if error.code in _BUSY else ""
    return UnansweredError(f"HTTP {error.code}", float(wait) if re.fullmatch(r"[0-9]{1,6}", wait) else None)


def _no_answer(error: OSError | HTTPException) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return f"no answer within {TIMEOUT_S} seconds"
    if isinstance(cause, HTTPException):
        return f"the answer breaks off or is no HTTP ({type(cause).__name__})"
    return f"cannot be reached: {cause}"


def _target(row: object, passage: str, page: int | None) -> Target | Refused:
    """Return a row of the answer as a target; refused, and why, where it is none or the passage does not support it."""
    if not isinstance(row, dict):
        return Refused(passage, page, row, "not a target")
    told = {name: _number(row.get(name)) for name in ("value", "base_value", "year", "base_year")}
    if told["value"] is None or row.get("kind") not in [*Kind] or row.get("operator") not in _OPERATORS:
        return Refused(passage, page, row, "not a target")
    for name, number in told.items():
        if number is None and re.search(r"\d", str(row.get(name))):
            return Refused(passage, page, row, f"{name} is no number")
    year, base_year = (None if (y := told[name]) is None else int(y) for name in ("year", "base_year"))
    direction = row.get("direction")
    target = Target(
        id="",
        partner="",
        text=passage,
        lang=detect(passage) or "en",
        indicator=str(row.get("indicator", ""))[:300],
        kind=Kind(str(row["kind"])),
        operator=str(row["operator"]),
        value=told["value"],
        unit=str(row.get("unit") or "")[:60],
        year=year,
        base_year=base_year,
        base_value=told["base_value"],
        direction=str(direction) if direction in ("up", "down") else "",
        status=Status.UNVERIFIED,
        page=page,
        source="second reader",
    )
    why = unsupported(target, _grammars(passage))
    return Refused(passage, page, row, why) if why else target


def _grammars(passage: str) -> list[Grammar]:
    """Return the grammar of the language of a passage, and then the others."""
    grammars = read_lexicon().grammars
    own = detect(passage) or "en"
    return [grammars[own], *(grammar for lang, grammar in grammars.items() if lang != own)]


def _number(value: object) -> float | None:
    """Return a number, also one written as a text ("7%"); None where it is none or no finite one."""
    if isinstance(value, str) and (written := _WRITTEN.fullmatch(value)):
        value = float(written[1])
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def _squeezed(text: str) -> str:
    return "".join(text.split())
