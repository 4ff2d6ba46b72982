"""Find the sentences of marked plans again in clones of the repositories that hold their originals.

    python tools/marked_sentences.py CLONES OUT.json --lang en

CLONES holds a git directory `OWNER+NAME` or `OWNER+NAME/repo` for each repository that `tests/data/real_documents/documents.csv`
names. The marks hold place and length of each sentence of the text that was marked, often an excerpt that was put together by
hand. A sentence of the original is taken for a marked one where length and figures agree and a second sentence stands as far
from its place; sentences with figures between two such ones that bear no mark hold no aim. What is found is printed by document
kind; the rest is lost, and nothing is guessed.
"""

import argparse
import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

from real_documents import sentences  # noqa: E402

DATA = ROOT / "tests/data/real_documents"
ADDRESS = re.compile(r"(?:https?://)?github\.com/([^/]+)/([^@ ]+)@(\w+)\s*(.*)", re.DOTALL)
NUMBERED = re.compile(r"\d{12,}_\d+")
TORN = re.compile(r"[ \t]+(?=[,;:.)»%])|(?<=[(«])[ \t]+")
"""Spaces that the archives set around signs."""
IN_WORDS = re.compile("half|doubl|tripl|quarter|third|one|two|ten|all|zero|full", re.IGNORECASE)
LARGEST, SURE, FRONT = 8_000_000, 40, 260
"""Bytes of a text; letters from which a sentence whose length is the only one of its kind counts alone; letters in front."""
FIELDS = ("kind", "operator", "value", "unit", "year", "base_year", "base_value", "direction")
Row = dict[str, str]
Sentence = tuple[int, int, str]


def rows(name: str) -> list[Row]:
    """Return the rows of a table of marks."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def git(folder: Path, *words: str) -> bytes:
    """Return what git says of a clone, nothing where it fails."""
    return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False).stdout


@cache
def tree(folder: Path, commit: str) -> tuple[str, ...]:
    """Return the files of a commit."""
    return tuple(git(folder, "ls-tree", "-r", "-z", "--name-only", commit).decode("utf-8", "replace").split("\0"))


def original(clones: Path, address: str) -> str:
    """Return the text of the file that an address names, "" where it is not there."""
    found = ADDRESS.match(address)
    if not found:
        return ""
    owner, name, commit, where = found.groups()
    folder = next((f for f in (clones / f"{owner}+{name}/repo", clones / f"{owner}+{name}") if f.is_dir()), None)
    if folder is None:
        return ""
    commit = commit if tree(folder, commit)[0] else "HEAD"
    if "zip" in where and (number := NUMBERED.search(where)):
        return parts_of(folder, commit, number[0])
    named = sorted((path for path in tree(folder, commit) if path and path in where), key=len)
    return text_of(git(folder, "show", f"{commit}:{named[-1]}"), named[-1]) if named else ""


def parts_of(folder: Path, commit: str, number: str) -> str:
    """Return the parts of a numbered text that the archives of a commit hold, joined in order."""
    parts = dict[int, str]()
    for path in tree(folder, commit):
        if path.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(git(folder, "show", f"{commit}:{path}"))) as kept:
                for name in kept.namelist():
                    if found := re.fullmatch(rf"{number}(?:_part_(\d+))?\.txt", Path(name).name):
                        parts[int(found[1] or 0)] = kept.read(name).decode("utf-8-sig", "replace")
    return TORN.sub("", "\n".join(parts[part] for part in sorted(parts)))


def text_of(content: bytes, path: str) -> str:
    """Return the text of a file, a paragraph a line; a PDF in both orders that pdftotext knows."""
    if path.lower().endswith(".pdf"):
        texts = [subprocess.run(["pdftotext", *how, "-", "-"], input=content, capture_output=True, check=False).stdout
                 for how in ([], ["-layout"])]  # fmt: skip
        return "\n\n\n".join(joined(text.decode("utf-8", "replace")) for text in texts)
    if len(content) > LARGEST:
        return ""
    text = content.decode("utf-8-sig", "replace")
    text = re.sub(r"<[^>]+>", "\n", text) if re.search("<p[ >]", text) else text
    return text if path.endswith(".md") else f"{text}\n\n\n{joined(text)}"


def joined(text: str) -> str:
    """Return a text with the lines of each paragraph joined."""
    parts = re.split(r"\n\s*\n|\n(?=\s*[•▪➢●\-–]\s)", text)
    return "\n".join(re.sub(r"\s*\n\s*", " ", part) for part in parts)


def holds(words: str, marks: list[Row]) -> bool:
    """Say whether a sentence holds the figures of its marks, or a number in words."""
    digits = re.sub(r"\D", "", words)
    leads = (
        re.sub(r"\D", "", f"{float(m['value']):.10g}".partition("e")[0]).rstrip("0")[:4] for m in marks if m["value"]
    )
    return all(lead in digits or IN_WORDS.search(words) for lead in leads)


def placed(text: list[Sentence], marked: dict[tuple[int, int], list[Row]]) -> dict[tuple[int, int], int]:
    """Return which sentence of the original each marked one is, by place and length."""
    by_length = defaultdict[int, list[int]](list)
    for i, (_, length, _) in enumerate(text):
        by_length[length].append(i)
    fit = {at: [i for i in by_length[at[1]] if holds(text[i][2], own)] for at, own in marked.items()}
    moved = Counter(text[i][0] - at[0] for at, found in fit.items() for i in found)
    best = {at: max(found, key=lambda i: moved[text[i][0] - at[0]]) for at, found in fit.items() if found}
    return {at: i for at, i in best.items() if moved[text[i][0] - at[0]] > 1 or (len(fit[at]) == 1 and at[1] > SURE)}


def unmarked(text: list[Sentence], found: dict[tuple[int, int], int]) -> Iterator[int]:
    """Yield the sentences with figures between two marked ones that the original has in the same distance."""
    moved = defaultdict[int, list[int]](list)
    for at, i in found.items():
        moved[text[i][0] - at[0]].append(i)
    between = {i for own in moved.values() for i in range(min(own), max(own))} - {*found.values()}
    yield from (i for i in sorted(between) if re.search(r"\d", text[i][2]))


def main() -> None:
    """Write the sentences of a language with their marks."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("clones", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--without", nargs="*", default=(), help="sets that stay unseen")
    chosen = parser.parse_args()
    marks = defaultdict[str, list[Row]](list)
    for row in rows("readings.csv"):
        if row["lang"] == chosen.lang and row["half"] not in chosen.without:
            marks[row["document"]].append(row)
    made, count = [], Counter[str]()
    for document in rows("documents.csv"):
        own = marks.get(document["document"], [])
        text = sentences(original(chosen.clones, document["address"]), chosen.lang, wrapped=False) if own else []
        marked = defaultdict[tuple[int, int], list[Row]](list)
        for row in own:
            marked[int(row["place"]), int(row["length"])].append(row)
        found = placed(text, marked)
        taken = [(i, [{f: m[f] for f in FIELDS} for m in marked[at]]) for at, i in found.items()]
        taken += [(i, []) for i in unmarked(text, found)]
        made += [
            {"document": document["document"], "text": text[i][2], "marks": marked_here,
             "before": " ".join(words for _, _, words in text[max(0, i - 2) : i])[-FRONT:]}
            for i, marked_here in taken
        ]  # fmt: skip
        count += Counter(marks=len(own), found=sum(len(here) for _, here in taken), texts=bool(taken))
    chosen.out.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    print(
        f"{count['found']} of {count['marks']} marks in {count['texts']} texts, {sum(not m['marks'] for m in made)} without"
    )


if __name__ == "__main__":
    main()
