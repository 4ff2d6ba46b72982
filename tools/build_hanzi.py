"""Write assets/lexicon/hanzi.csv: the simplified form of every traditional character that has one.

``python tools/build_hanzi.py Unihan_Variants.txt`` takes the file of that name of the Unicode Han database (Unicode
licence). A character that simplified texts use too (it is in GB 2312) is left alone, so that a simplified text stays as it is:
著, 乾, 覆. One without a simplified form of its own takes that of the character it is another shape of (kZVariant).
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "isthmus" / "assets" / "lexicon" / "hanzi.csv"
ALWAYS = {"於": "于"}
"""Characters that simplified texts have in names alone."""


def main() -> None:
    """Read the variants and write the table."""
    variants: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        if line.startswith("U+"):
            code, name, codes = line.split("\t")
            variants[_character(code)][name] = [_character(c) for c in codes.split(" ")]
    pairs = {c: s for c in variants if not _in_use(c) and (s := _simplified(c, variants))} | ALWAYS
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("traditional", "simplified"))
        writer.writerows(sorted(pairs.items()))


def _character(code: str) -> str:
    return chr(int(code.split("<")[0].removeprefix("U+"), 16))


def _in_use(character: str) -> bool:
    """Say whether simplified texts use a character."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _simplified(character: str, variants: dict[str, dict[str, list[str]]]) -> str:
    """Return the simplified form in use, "" without one."""
    shapes = [character, *variants[character].get("kZVariant", [])]
    forms = [form for shape in shapes for form in [*variants.get(shape, {}).get("kSimplifiedVariant", []), shape]]
    return next((form for form in forms if _in_use(form)), "")


if __name__ == "__main__":
    main()
