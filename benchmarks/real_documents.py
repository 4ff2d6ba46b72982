"""Measure the plan reader on real documents whose targets were marked by hand before it was run on them.

``python benchmarks/real_documents.py FOLDER`` reads the texts listed in ``tests/data/real_documents/documents.csv`` from
a folder (they are not ours to keep: the list gives address and digest) and prints, for each half and language, how many
targets are found in their place and right in every field, how many numbers are false, and how many sentences with figures
but without a target give a number. ``--half development`` keeps the unseen half unread, ``--half independent`` reads the texts
that were marked by somebody who did not work on the reader; ``--misses`` names what is wrong. ``--names seen`` (or ``unseen``)
says instead how many of some right rows are named usably: ``names.csv`` holds, by place, the words that a name must have (its
head, and what tells it from others) and must not have, written down before the reader's names were looked at.
``--signs FILE`` adds to a table what the confidence of rows is fitted to (`tools/calibrate_reader.py`): the signs of each
numeric row, and whether it is right. ``--originals FOLDER`` reads beside each text the PDF, DOCX or HTML file it was taken
from (see `originals`). Of some texts a passage drawn by a rule is marked: readings of no half (``outside``) tell where it ends.
"""

import argparse
import csv
import hashlib
import math
import re
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from isthmus.plans.confidence import signs_of
from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document
from shapes import SHAPES

DATA = Path(__file__).resolve().parents[1] / "tests/data/real_documents"
FIGURE = re.compile(r"[0-9]|[一二三四五六七八九十两]成|翻番|翻[一两]番|倍|过半|分之")
_ENDS = {"zh": r"(?<=[。；！？])", "": r"(?<=[.!?;])\s+(?=[A-ZА-Я\"“«(•✔])|(?<=\S)\s+(?=[•✔])"}
HALVES = (
    "development",
    "seen",
    "unseen",
    "independent",
    *(f"independent{number}" for number in range(2, 68)),
)
_AS_WRITTEN = {"ha": 15.0, "kg": 2.0}
"""Chinese measures that some markers left as written: 15 mu are a hectare, 2 jin a kilogram."""
_MEASURE = re.compile(r"(?P<scale>mm|mega|kilo|[kmgt])?(?P<of>wh|w|toe|t(?:onn?e?s?)?|g)p?(?=co2|$)")
_SCALES = {"k": 1e3, "kilo": 1e3, "m": 1e6, "mm": 1e6, "mega": 1e6, "g": 1e9, "t": 1e12, "": 1.0}
_GRAMS = 1e-6
"""A gram in tonnes."""
_LONGEST = 20
"""Most words of a name that is not long; twice as many Chinese characters."""
Reading = dict[str, str]


class Judged(NamedTuple):
    """A numeric row, the mark it was found for (None for a false number), whether every field is right, and its signs."""

    reading: Reading | None
    row: Target
    right: bool
    signs: dict[str, float]


@dataclass
class Score:
    """Counts over the marked targets and the sentences without one."""

    targets: int = 0
    found: int = 0
    whole: int = 0
    false: int = 0
    quiet: int = 0
    disturbed: int = 0
    wrong: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, other: "Score") -> None:
        for name in ("targets", "found", "whole", "false", "quiet", "disturbed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, count in other.wrong.items():
            self.wrong[name] += count

    def line(self) -> str:
        shares = f"found {self.found}/{self.targets}, whole {self.whole}/{self.targets}"
        percent = f"({100 * self.found / max(1, self.targets):.1f} %, {100 * self.whole / max(1, self.targets):.1f} %)"
        noise = f"false {self.false}, disturbed {self.disturbed}/{self.quiet}"
        wrong = ", ".join(f"{name} {count}" for name, count in sorted(self.wrong.items(), key=lambda x: -x[1]))
        return (
            f"{shares} {percent}; {noise} ({100 * self.disturbed / max(1, self.quiet):.1f} %); wrong: {wrong or 'none'}"
        )


def bare(text: str) -> str:
    """Return a text without white space, in which places are counted."""
    return re.sub(r"\s", "", text)


def sentences(text: str, lang: str, wrapped: bool) -> list[tuple[int, int, str]]:
    """Return start, length and words of the sentences of a text; the start counts characters without white space."""
    position, found = 0, []
    blocks = [re.sub(r"\s+", " ", b).strip() for b in re.split(r"\n\s*\n", text)] if wrapped else text.split("\n")
    ends = _ENDS["zh" if lang == "zh" else ""]
    for block in blocks:
        for part in re.split(ends, block):
            if length := len(bare(part or "")):
                found.append((position, length, part.strip()))
                position += length
    return found


def score(
    path: Path,
    lang: str,
    wrapped: bool,
    readings: list[Reading],
    halves: set[str],
    judged: list[Judged],
    shape: str = "",
) -> tuple[dict[str, Score], list[str]]:
    """Compare the numeric rows of a document with its marked readings; each that is not left open is added to `judged`."""
    text = path.read_text("utf-8-sig")
    plain = bare(text)
    documents = _documents(path, text)
    documents = [_in_shape(document, shape) for document in documents] if shape else documents
    rows, signs = _numeric_rows(documents)
    places = _places(rows, plain)
    by_sentence: dict[int, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_sentence[int(reading["place"])].append(reading)
    result: dict[str, Score] = defaultdict(Score)
    misses: list[str] = []
    free = list(range(len(rows)))
    half_at = _half_of(readings, halves)
    for start, length, words in sentences(text, lang, wrapped):
        half = half_at(start)
        if half not in halves:
            continue
        here = [i for i in free if places[i][0] < start + length and places[i][1] > start]
        marked = [r for r in by_sentence.get(start, []) if r["kind"] != "open"]
        opened = [r for r in by_sentence.get(start, []) if r["kind"] == "open"]
        pairs = _pair(marked, [rows[i] for i in here])
        used = {id(row) for _, row in pairs if row is not None}
        part = result[half]
        for reading, row in pairs:
            part.targets += 1
            wrong = ["missing"] if row is None else list(_wrong(reading, row))
            part.found += row is not None
            part.whole += not wrong
            for name in wrong:
                part.wrong[name] += 1
            if row is not None:
                judged.append(Judged(reading, row, not wrong, signs[id(row)]))
            if wrong:
                want = " ".join(
                    str(reading[n])
                    for n in ("kind", "operator", "value", "year", "base_year", "base_value", "direction")
                )
                misses.append(f"{path.stem} · {words[:100]} · {'/'.join(wrong)} · want {want} · got {_show(row)}")
        loose = [i for i in here if id(rows[i]) not in used and not any(_is_open(r, rows[i]) for r in opened)]
        surplus = [rows[i] for i in loose if places[i][1] <= start + length + 2]
        free = [i for i in free if i not in here or (i in loose and places[i][1] > start + length + 2)]
        part.false += len(surplus)
        judged.extend(Judged(None, row, False, signs[id(row)]) for row in surplus)
        misses.extend(f"{path.stem} · {words[:100]} · surplus {_show(t)}" for t in surplus)
        if not marked and not opened and FIGURE.search(words):
            part.quiet += 1
            part.disturbed += bool(surplus)
    return result, misses


def _numeric_rows(documents: list[Document]) -> tuple[list[Target], dict[int, dict[str, float]]]:
    """Return the rows with a number of some documents, and the signs of each by its identity."""
    rows, signs = list[Target](), dict[int, dict[str, float]]()
    for document in documents:
        extraction = extract_document(document)
        own = [t for t in extraction.targets if t.value is not None]
        found = signs_of(own, len(extraction.left_out), read_lexicon())
        signs |= {id(t): of for t, of in zip(own, found, strict=True)}
        rows += own
    return rows, signs


def _documents(path: Path, text: str) -> list[Document]:
    """Return the document of a file, or of a set of passages every page as a document of its own."""
    with (DATA / "passages.csv").open(encoding="utf-8", newline="") as file:
        starts = [int(row["place"]) for row in csv.DictReader(file) if row["document"] == path.stem]
    if not starts:
        return [read_document(path)]
    at = [i for i, character in enumerate(text) if not character.isspace()]
    ends = [*(at[start] for start in starts[1:]), len(text)]
    return [
        Document(path.name, None, tuple(blocks_of(text[at[start] : end])))
        for start, end in zip(starts, ends, strict=True)
    ]


def _in_shape(document: Document, shape: str) -> Document:
    """Return a document as it is read where it was set in another shape."""
    suffix, make = SHAPES[shape]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(document.file).stem}{suffix}"
        path.write_bytes(make(document.blocks))
        return read_document(path)


def _half_of(readings: list[Reading], halves: set[str]):  # type: ignore[no-untyped-def]
    marks = sorted((int(r["place"]), r["half"]) for r in readings)
    kinds = {half for _, half in marks}

    def at(start: int) -> str:
        if len(kinds) == 1:
            return next(iter(kinds))
        before = [half for place, half in marks if place <= start]
        return before[-1] if before else marks[0][1]

    return at


def _places(rows: list[Target], plain: str) -> list[tuple[int, int]]:
    """Return where each row's statement stands; repeated statements are taken in the order of the document."""
    found, cursor = [], 0
    for row in rows:
        words = bare(row.text)
        at = plain.find(words, max(0, cursor - len(words)))
        at = plain.find(words) if at < 0 else at
        at = plain.find(words.replace("|", ""), max(0, cursor - len(words))) if at < 0 else at
        for length in (len(words) // 3, 40, 24, 12):
            if at >= 0:
                break
            head = words[: max(12, length)]
            at = plain.find(head, cursor)
            at = plain.find(head) if at < 0 else at
        if at >= 0:
            cursor = at
        found.append((at, at + len(words)))
    return found


def _measure(unit: str) -> tuple[str, float]:
    """Return what a unit measures (w, wh, toe or t) and its scale, "" for a unit that has no scale."""
    match = _MEASURE.match(re.sub(r"\W", "", unit.replace("₂", "2")).lower())
    if match is None:
        return "", 1.0
    of, scale = match["of"], _SCALES[match["scale"] or ""]
    return ("t", scale * _GRAMS) if of == "g" else (of if of in ("w", "wh", "toe") else "t", scale)


def _factor(reading: Reading, row: Target) -> float:
    """Return how many of a row's units are one of its mark's, where both measure the same; MT is a tonne or a million."""
    (own, scale), (other, given) = _measure(reading["unit"]), _measure(row.unit)
    either = reading["unit"][:2] in ("MT", "mt") and given == 1.0
    return scale / given if own == other and not either else 1.0


def _pair(readings: list[Reading], rows: list[Target]) -> list[tuple[Reading, Target | None]]:
    free, pairs = list(rows), []
    for reading in readings:
        equal = [t for t in free if _same(reading, t)]
        best = min(equal, key=lambda t: len(list(_wrong(reading, t))), default=None)
        if best is not None:
            free.remove(best)
        pairs.append((reading, best))
    return pairs


def _in_kind_of(row: Target, reading: Reading) -> Reading:
    """Return a mark as a row may say the same: to halve is to cut by 50 %."""
    kinds = reading["kind"].split("|")
    if row.kind is Kind.MULTIPLE and "change_pct" in kinds:
        return reading | {"kind": "multiple", "value": str(1.0 + float(reading["value"]) / 100.0), "unit": ""}
    if row.kind is Kind.CHANGE_PCT and "multiple" in kinds:
        return reading | {"kind": "change_pct", "value": str(100.0 * (float(reading["value"]) - 1.0)), "unit": "%"}
    return reading


def _same(reading: Reading, row: Target) -> bool:
    reading = _in_kind_of(row, reading)
    wanted, value = float(reading["value"]) * _factor(reading, row), row.value
    factor = _AS_WRITTEN.get(row.unit, 1.0) if row.lang == "zh" else 1.0
    return _close(wanted, value) or (value is not None and _close(wanted, value * factor))


def _is_open(reading: Reading, row: Target) -> bool:
    """Say whether a number was left open; such marks name no unit and no way: kilotonnes and cuts stand there as written."""
    if reading["value"] == "" or row.value is None:
        return reading["value"] == ""
    written, size = reading | {"value": reading["value"].lstrip("-")}, replace(row, value=abs(row.value))
    scaled = row.unit in ("Mt", "MtCO2") and _close(float(written["value"]), 1000 * abs(row.value))
    return scaled or _same(written, size)


def _close(wanted: float, value: float | None) -> bool:
    return value is not None and math.isclose(wanted, value, rel_tol=2e-3)


def _wrong(reading: Reading, row: Target):  # type: ignore[no-untyped-def]
    reading = _in_kind_of(row, reading)
    if row.kind.value not in reading["kind"].split("|"):
        yield "kind"
    if row.operator not in reading["operator"].split("|"):
        yield "operator"
    years = reading["year"].split("|")
    if not {"", "*"} & set(years) and str(row.year or "-") not in years:
        yield "year"
    if reading["base_year"] and str(row.base_year or "-") not in reading["base_year"].split("|"):
        yield "base year"
    if reading["base_value"] and not _close(float(reading["base_value"]) * _factor(reading, row), row.base_value):
        yield "base value"
    if reading["direction"] and row.direction != reading["direction"]:
        yield "direction"


def judged_name(name: str, marks: list[Reading], plain: str) -> str:
    """Return usable, long, short (only the head, nothing that tells it from others) or wrong."""
    own, groups = bare(name).lower(), defaultdict(list)
    for mark in marks:
        words = plain[int(mark["word"]) : int(mark["word"]) + int(mark["length"])].lower()
        groups[mark["part"], mark["group"]].append(words in own)
    if not all(any(found) == (part != "not") for (part, _), found in groups.items() if part != "need"):
        return "wrong"
    if not all(any(found) for (part, _), found in groups.items() if part == "need"):
        return "short"
    spaced = marks[0]["lang"] != "zh"
    return "long" if len(name.split() if spaced else name) > (_LONGEST if spaced else 2 * _LONGEST) else "usable"


def _named(path: Path, document: Reading, own: list[Reading], marks: list[Reading]) -> list[tuple[str, str]]:
    """Return the judgement of each marked name of a document whose row is right, and the row as a line."""
    judged = list[Judged]()
    score(path, document["lang"], document["wrapped"] == "true", own, set(HALVES), judged)
    right = [(j.reading, j.row) for j in judged if j.right and j.reading]
    plain, found = bare(path.read_text("utf-8-sig")), []
    for key in dict.fromkeys((m["place"], m["value"], m["year"]) for m in marks):
        wanted = [m for m in marks if (m["place"], m["value"], m["year"]) == key]
        names = [t for r, t in right if (r["place"], r["value"], r["year"]) == key]
        verdict = judged_name(names[0].indicator, wanted, plain) if names else "no right row"
        found.append((verdict, f"{document['document']} · {verdict} · {names[0].indicator if names else ''} · {key}"))
    return found


def _show(row: Target | None) -> str:
    if row is None:
        return "nothing"
    base = f" base {row.base_value} {row.base_year}" if row.base_value or row.base_year else ""
    return f"{row.kind.value} {row.operator} {row.value} {row.unit} {row.year or '-'} {row.direction}{base}"


def with_signs(path: Path, document: Reading, half: str, judged: list[Judged]) -> None:
    """Add the judged rows of a document to a table (CSV, may be compressed)."""
    frame = pd.DataFrame({**j.signs, "right": j.right} for j in judged).round(4).astype(float)
    frame.insert(0, "document", document["document"])
    frame.insert(1, "half", half)
    known = [pd.read_csv(path)] if path.is_file() else []
    pd.concat([*known, frame]).fillna(0.0).to_csv(path, index=False, float_format="%.4g")


def compared_with_original(
    path: Path, originals: Path, lang: str, own: list[Reading], misses: bool
) -> Counter[tuple[str, str]]:
    """Print what is read of the file that a text was taken from and of the text; return the counts by language and format."""
    from originals import compared, original_of

    original = original_of(originals, path.stem)
    if original is None:
        return Counter()
    counts, lost = compared(path, original, own)
    print(f"{original.name}: {', '.join(f'{name} {count}' for name, count in counts.items())}", flush=True)
    print("\n".join(f"    {miss}" for miss in lost if misses), end="\n" if misses and lost else "")
    return Counter({(of, name): count for of in (lang, original.suffix) for name, count in counts.items()})


def main() -> None:
    """Print the figures by half and language."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--as", dest="shape", choices=SHAPES, default="", help="set every text in another shape before")
    parser.add_argument("--names", choices=("seen", "unseen"))
    parser.add_argument(
        "--signs", type=Path, help="table to which each numeric row is added, with its signs and whether it is right"
    )
    parser.add_argument(
        "--originals", type=Path, help="folder of the files that the texts were taken from, by document"
    )
    options = parser.parse_args()
    halves = {options.half} if options.half else set(HALVES)
    with (DATA / "documents.csv").open(encoding="utf-8", newline="") as file:
        documents = list(csv.DictReader(file))
    with (DATA / "readings.csv").open(encoding="utf-8", newline="") as file:
        readings = list(csv.DictReader(file))
    with (DATA / "names.csv").open(encoding="utf-8", newline="") as file:
        marks = [row for row in csv.DictReader(file) if row["half"] == options.names]
    totals: dict[tuple[str, str], Score] = defaultdict(Score)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    beside = Counter[tuple[str, str]]()
    for document in documents:
        path = options.folder / document["file"]
        own = [r for r in readings if r["document"] == document["document"]]
        asked = [m for m in marks if m["document"] == document["document"]]
        if options.names and not asked:
            continue
        if not own or options.only not in document["document"] or not halves & {r["half"] for r in own}:
            continue
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != document["sha256"]:
            print(f"{document['document']}: not in {options.folder}, or another version", file=sys.stderr)
            continue
        if options.originals:
            beside.update(compared_with_original(path, options.originals, document["lang"], own, options.misses))
            continue
        if options.names:
            for verdict, line in _named(path, document, own, asked):
                names[document["lang"]][verdict] += 1
                if options.misses and verdict != "usable":
                    print(line)
            continue
        judged = list[Judged]()
        result, misses = score(
            path, document["lang"], document["wrapped"] == "true", own, halves, judged, options.shape
        )
        if options.signs:
            with_signs(options.signs, document, "+".join(sorted(halves)), judged)
        for half, part in result.items():
            print(f"{document['document']} {half}: {part.line()}")
            for key in ((half, document["lang"]), (half, "all")):
                totals[key].add(part)
        if options.misses:
            print("\n".join(f"    {miss}" for miss in misses))
    for name in sorted({name for name, _ in beside}):
        print(f"ORIGINALS {name}: {', '.join(f'{what} {n}' for (of, what), n in beside.items() if of == name)}")
    for lang, counts in names.items():
        print(f"NAMES {options.names} {lang}: {', '.join(f'{verdict} {n}' for verdict, n in counts.most_common())}")
    for (half, lang), part in sorted(totals.items()):
        print(f"TOTAL {half} {lang}: {part.line()}")


if __name__ == "__main__":
    main()
