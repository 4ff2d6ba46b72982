"""Give every word of the alignment glossary a witness, and name the words that have none.

python tools/witnesses.py [FOLDER] [--write]

A witness is a sentence of the packaged study or of the test data, else a public text listed in
src/isthmus/assets/alignment/witnesses.csv. Those texts are not ours to keep: the list gives address and digest, FOLDER holds
them as ID.txt. Without a folder, witnesses in such texts are taken as they stand. `--write` renews the tables and deletes
words without a witness; the plain name of an object in a language (witness `name`) stays.
"""

import csv
import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from isthmus.alignment.glossary import SPACELESS, Glossary, read_statement

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "src" / "isthmus" / "assets"
ALIGNMENT = ASSETS / "alignment"
TABLES = {"glossary.csv": "form"}
NAME = "name"
LANGUAGES = ("zh", "ru", "en")
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, table: list[Row]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def sentences() -> Iterator[tuple[str, str, str]]:
    """Yield witness, language and text of everything in the repository that a word may be needed for."""
    for study in sorted((ASSETS / "studies").iterdir()):
        for table in ("statements.csv", "targets.csv"):
            for row in rows(study / table) if (study / table).is_file() else []:
                yield (
                    f"study:{row['id']}",
                    row.get("lang") or "en",
                    f"{row.get('object') or row.get('indicator')}. {row['text']}",
                )
                for lang in ("ru", "zh"):
                    yield f"study:{row['id']}", lang, row.get(f"indicator_{lang}") or ""
        for digest in sorted(study.glob("plans/*.md")):
            for line in digest.read_text("utf-8").splitlines():
                yield f"study:{digest.stem}", digest.stem.rpartition(".")[2], line
    data = ROOT / "tests" / "data"
    for row in rows(data / "alignment_names" / "names.csv"):
        yield f"names:{row['object']}", row["lang"], row["name"]
    for name in ("lists", "dev", "test"):
        for path in sorted((data / f"alignment_{name}").glob("*.csv")):
            for row in rows(path):
                if "text" in row:
                    yield f"{name}:{row['id']}", row["lang"], row["text"]
    for path in sorted((ROOT / "tests" / "unit").rglob("*.py")):
        for line in path.read_text("utf-8").splitlines():
            for lang in LANGUAGES:
                yield f"tests:{path.stem}", lang, line


def documents(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield witness, language and lines of the listed texts; a text that is another one than listed stops."""
    for row in rows(ALIGNMENT / "witnesses.csv"):
        raw = (folder / f"{row['id']}.txt").read_bytes()
        if hashlib.sha256(raw).hexdigest() != row["sha256"]:
            raise SystemExit(f"{row['id']}.txt is another text than witnesses.csv lists")
        for line in raw.decode("utf-8", "replace").splitlines():
            yield row["id"], row["lang"], line


def find(wanted: Iterable[tuple[str, str]], texts: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """Return the first witness of each word, by language and form."""
    missing = {lang: {form for other, form in wanted if other == lang} for lang in LANGUAGES}
    spaced = {lang: _single(lang, forms) for lang, forms in missing.items() if lang not in SPACELESS}
    found: dict[tuple[str, str], str] = {}
    for witness, lang, text in texts:
        if lang in SPACELESS:
            hits = {form for form in missing[lang] if form.lower() in text.lower()}
        else:
            hits = missing[lang] & read_statement(text, lang, spaced[lang]).measures
        missing[lang] -= hits
        found |= {(lang, form): witness for form in hits}
    return found


def _single(lang: str, forms: Iterable[str]) -> Glossary:
    """Return a glossary in which every form is a measure of its own, so that longer ones hide none."""
    return Glossary(measures={form: {lang: (form,)} for form in forms})


def main() -> None:
    """Print the words without a witness; renew the tables where asked."""
    paths = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    tables = {name: rows(ALIGNMENT / name) for name in TABLES}
    wanted = [(row["lang"], row[TABLES[name]]) for name, table in tables.items() for row in table]
    found = find(wanted, sentences())
    if paths:
        found = find([word for word in wanted if word not in found], documents(paths[0])) | found
    for name, table in tables.items():
        for row in table:
            here = found.get((row["lang"], row[TABLES[name]]), "")
            row["witness"] = here or (row["witness"] if row["witness"] == NAME or not paths else "")
        idle = [row for row in table if not row["witness"]]
        print(
            f"{name}: {len(table)} words, {len(idle)} without a witness",
            *(row[TABLES[name]] for row in idle[:20]),
            sep="\n  ",
        )
        if "--write" in sys.argv:
            write(ALIGNMENT / name, [row for row in table if row["witness"]])


if __name__ == "__main__":
    main()
