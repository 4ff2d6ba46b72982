"""Write tables in exactly the layout of the OECD's ICIO files, from random numbers, with the sums they must give."""

import gzip
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

INDUSTRIES = {
    2025: (
        *("A01", "A02", "A03", "B05", "B06", "B07", "B08", "B09", "C10T12", "C13T15", "C16", "C17_18", "C19", "C20"),
        *("C21", "C22", "C23", "C24A", "C24B", "C25", "C26", "C27", "C28", "C29", "C301", "C302T309", "C31T33"),
        *("D", "E", "F", "G", "H49", "H50", "H51", "H52", "H53", "I", "J58T60", "J61", "J62_63"),
        *("K", "L", "M", "N", "O", "P", "Q", "R", "S", "T"),
    ),
    2023: (
        *("A01_02", "A03", "B05_06", "B07_08", "B09", "C10T12", "C13T15", "C16", "C17_18", "C19", "C20", "C21", "C22"),
        *("C23", "C24", "C25", "C26", "C27", "C28", "C29", "C30", "C31T33", "D", "E", "F", "G", "H49", "H50", "H51"),
        *("H52", "H53", "I", "J58T60", "J61", "J62_63", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T"),
    ),
}
DEMAND = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR")


@dataclass(frozen=True)
class Written:
    """A table as written: labels and the exact sums, (S, N, N), (N, S, S) and (S, N)."""

    text: str
    economies: list[str]
    industries: list[str]
    flows: np.ndarray
    use: np.ndarray
    added: np.ndarray


def table(
    edition: int, economies: list[str], rng: np.random.Generator, split: dict[str, list[str]] | None = None
) -> Written:
    """Draw a balanced table; parts of a split economy produce, its final demand stands under the economy itself."""
    split = split or {}
    industries = list(INDUSTRIES[edition])
    n, s = len(economies), len(industries)
    makers = [part for economy in economies for part in split.get(economy, [economy])]
    owner = np.array([economies.index(economy) for economy in economies for _ in split.get(economy, [economy])])
    size = rng.lognormal(0, 1, (len(makers), s)) * 100
    Z = rng.exponential(1, (len(makers), s, len(makers), s)) * size[:, :, None, None] / (len(makers) * s * 2)
    Y = rng.exponential(1, (len(makers), s, n, len(DEMAND))) * size[:, :, None, None] / n
    Y[..., DEMAND.index("INVNT")] *= -0.05
    Z, Y = np.round(Z, 6), np.round(Y, 6)
    output = Z.sum(axis=(2, 3)) + Y.sum(axis=(2, 3))
    bill = Z.sum(axis=(0, 1))
    Z *= np.minimum(1, 0.8 * output / bill)[None, None]
    Z = np.round(Z, 6)
    output = Z.sum(axis=(2, 3)) + Y.sum(axis=(2, 3))
    rest = output - Z.sum(axis=(0, 1))
    taxes = np.round(0.02 * rest, 6)
    text = _text(makers, economies, industries, Z, Y, taxes, rest - taxes, output)
    owned = np.eye(n)[owner]
    flows = np.einsum("aixk,xm,ab->ibm", Z, owned, owned, optimize=True) + np.einsum("aimd,ab->ibm", Y, owned)
    use = np.einsum("aixk,xm->mik", Z, owned)
    return Written(text, economies, industries, flows, use, np.einsum("ai,ab->ib", rest, owned))


def _text(
    makers: list[str],
    economies: list[str],
    industries: list[str],
    Z: np.ndarray,
    Y: np.ndarray,
    taxes: np.ndarray,
    added: np.ndarray,
    output: np.ndarray,
) -> str:
    cells = [f"{maker}_{industry}" for maker in makers for industry in industries]
    demand = [f"{economy}_{category}" for economy in economies for category in DEMAND]
    m, f = len(cells), len(demand)
    lines = [",".join(["V1", *cells, *demand, "OUT"])]
    body = np.hstack([Z.reshape(m, m), Y.reshape(m, f), output.reshape(m, 1)])
    lines += [f"{label}," + ",".join(map(repr, row)) for label, row in zip(cells, body.tolist(), strict=True)]
    for label, values in (("TLS", taxes), ("VA", added), ("OUT", output)):
        row = [*values.ravel().tolist(), *[0.0] * f, float(values.sum())]
        lines.append(f"{label}," + ",".join(map(repr, row)))
    return "\n".join(lines) + "\n"


def write(written: Written, path: Path, member: str = "") -> Path:
    """Write the table as CSV, .csv.gz or as a member of a zip, according to the name."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(member, written.text)
    elif path.suffix == ".gz":
        path.write_bytes(gzip.compress(written.text.encode()))
    else:
        path.write_text(written.text, encoding="utf-8")
    return path
