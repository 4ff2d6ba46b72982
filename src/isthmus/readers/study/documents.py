"""The plan documents of a study: its own files, or the documents that a user downloaded and gives instead."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.plans.document import PlanDocument
from isthmus.plans.statement import OfficialDocument
from isthmus.readers.documents.document import read_document

FOLDER = "plans"
SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".md", ".txt")


@dataclass(frozen=True)
class DocumentEntry:
    """A document that a study names: its file, whose plan it is, its language, its code, and whether it is a digest."""

    path: Path
    partner: str
    lang: str
    code: str
    digest: bool


def plan_documents(
    folder: Path,
    entries: Sequence[DocumentEntry],
    official: Mapping[str, OfficialDocument],
    given: Mapping[str, Path],
    partners: Collection[str],
) -> Iterator[PlanDocument]:
    """Read the documents of a study; one that was given, or lies in its folder ``plans`` under its code, goes before its digest.

    Parameters
    ----------
    official
        Official documents of the study by code: one that no entry names may be given too.
    given
        Files by code, from the command line.

    Raises
    ------
    BadInputError
        For a code that the study does not know, a file that is missing, or a document of both partners.
    """
    codes = {entry.code for entry in entries if entry.code}
    for code in given:
        if code not in codes | set(official):
            raise BadInputError(
                f"--plan {code}",
                "is no document of the study",
                allowed=", ".join(sorted(codes | set(official))) or "none: the study names no document by a code",
                remedy="take one of these codes, or name the document in study.toml",
            )
    for entry in entries:
        own = given.get(entry.code) or _beside(folder, entry)
        instead = entry.path.name if own is not None and own.name != entry.path.name else ""
        digest = entry.digest and own is None
        yield PlanDocument(
            entry.partner, read_document(own or entry.path), entry.lang, code=entry.code, digest=digest, instead=instead
        )
    for code in [code for code in official if code in given and code not in codes]:
        signed = [partner for partner in official[code].partners if partner in partners]
        if len(signed) != 1:
            raise BadInputError(
                f"--plan {code}",
                "is no plan of one side",
                allowed="a document of one partner",
                remedy="name it under [[documents]] with its partner",
            )
        yield PlanDocument(signed[0], read_document(given[code]), code=code)


def _beside(folder: Path, entry: DocumentEntry) -> Path | None:
    """Return the document that lies in the folder of plans under the code of an entry, None without one."""
    if not entry.code:
        return None
    paths = (folder / FOLDER / f"{entry.code}{suffix}" for suffix in SUFFIXES)
    return next((path for path in paths if path.is_file()), None)
