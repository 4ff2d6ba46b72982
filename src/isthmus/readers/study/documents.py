"""The plan documents of a study: its own files, or the documents that a user downloaded and gives instead."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from isthmus.core.errors import BadInputError
from isthmus.plans.document import PlanDocument
from isthmus.plans.identity import Meant, held_against, letters
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.statement import DocumentKind, OfficialDocument
from isthmus.readers.documents.document import read_document

FOLDER = "plans"
LANGUAGES = ("en", "ru", "zh")
_NO_COUNTRIES = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
"""Codes of territories that are none: unions, the rest of Oceania, made-up ones."""
SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".md", ".txt")


@dataclass(frozen=True)
class DocumentEntry:
    """A document that a study names: its file, whose plan it is, its language, its code, whether it is a digest, its years."""

    path: Path
    partner: str
    lang: str
    code: str
    digest: bool
    as_of: int = 0
    period: tuple[int, int] | None = None


@dataclass(frozen=True)
class Known:
    """What a study knows of its plans: its entries, the official documents by code, its partners, and names of countries."""

    entries: Sequence[DocumentEntry]
    official: Mapping[str, OfficialDocument]
    partners: Collection[str]
    names: Mapping[str, Mapping[str, str]]

    @property
    def plans(self) -> dict[str, list[str]]:
        """Codes by partner that a document of theirs may be given for: those of entries, then their other plans."""
        return {
            partner: list(
                dict.fromkeys(
                    [e.code for e in self.entries if e.code and e.partner == partner]
                    + [
                        d.code
                        for d in self.official.values()
                        if d.kind is DocumentKind.PLAN and d.partners == (partner,)
                    ]
                )
            )
            for partner in self.partners
        }

    def code(self, given: str) -> str:
        """Return the code that a document is given for; a partner stands for the first of its plans.

        Raises
        ------
        BadInputError
            For a code that the study does not know.
        """
        plans = self.plans
        if given in self.official or any(entry.code == given for entry in self.entries):
            return given
        if plans.get(given):
            return plans[given][0]
        named = ", ".join(f"{partner} ({', '.join(codes)})" for partner, codes in plans.items() if codes)
        more = ", or another code of the study's table of plan documents" if self.official else ""
        raise BadInputError(
            f"--plan {given}",
            "is no document of the study",
            allowed=f"{named}{more}" if named else "none: the study names no document by a code",
            remedy="take the code of a partner or of one of its plans, or name the document in study.toml",
        )

    def meant(self, code: str, partner: str, digest: Path | None = None) -> Meant:
        """Return what a document that is given for a code must be; more than what our digest has, where there is one."""
        official = self.official.get(code)
        countries = _countries() | dict(self.names)
        own = set(self.names.get(partner, {}).values())
        names = {code: told for code, told in countries.items() if code == partner or own.isdisjoint(told.values())}
        return Meant(
            official.title if official else "",
            official.named if official else (),
            partner,
            names,
            letters(read_document(digest)) if digest else 0,
        )


def plan_documents(folder: Path, known: Known, given: Mapping[str, Path], lexicon: Lexicon) -> Iterator[PlanDocument]:
    """Read the documents of a study; one that was given, or lies in its folder ``plans`` under its code, goes before its digest.

    Parameters
    ----------
    known
        What the study knows of its plans; an official document that no entry names may be given too.
    given
        Files by code, from the command line; a partner stands for its main plan.

    Raises
    ------
    BadInputError
        For a code that the study does not know or that is given twice, a file that is missing, or a document of both partners.
    """
    files: dict[str, Path] = {}
    for code, path in given.items():
        if files.setdefault(known.code(code), path) is not path:
            raise BadInputError(
                f"--plan {code}",
                f"is {known.code(code)}, which was given too",
                allowed="one file for each document",
                remedy="leave one out",
            )
    for entry in known.entries:
        own = files.get(entry.code) or _beside(folder, entry)
        document = read_document(own or entry.path)
        instead = entry.path.name if own is not None and own.name != entry.path.name else ""
        held = None
        if own is not None:
            meant = known.meant(entry.code, entry.partner, entry.path if instead and entry.digest else None)
            held = held_against(document, meant, lexicon)
        years = (entry.as_of, entry.period) if own is None else (0, None)
        yield PlanDocument(
            entry.partner, document, entry.lang,
            code=entry.code, digest=entry.digest and own is None, instead=instead, given=held,
            as_of=years[0], period=years[1],
        )  # fmt: skip
    codes = {entry.code for entry in known.entries}
    for code, path in ((code, path) for code, path in files.items() if code not in codes):
        signed = [partner for partner in known.official[code].partners if partner in known.partners]
        if len(signed) != 1:
            raise BadInputError(
                f"--plan {code}",
                "is no plan of one side",
                allowed="a document of one partner",
                remedy="name it under [[documents]] with its partner",
            )
        document = read_document(path)
        held = held_against(document, known.meant(code, signed[0]), lexicon)
        yield PlanDocument(signed[0], document, code=code, given=held)


def _countries() -> dict[str, dict[str, str]]:
    """Return the names of all countries by code and language."""
    listed = {language: Locale(language).territories for language in LANGUAGES}
    codes = [str(code) for code in listed["en"] if str(code).isalpha() and code not in _NO_COUNTRIES]
    return {code: {lang: str(names.get(code, "")) for lang, names in listed.items()} for code in codes}


def _beside(folder: Path, entry: DocumentEntry) -> Path | None:
    """Return the document that lies in the folder of plans under the code of an entry, None without one."""
    if not entry.code:
        return None
    paths = (folder / FOLDER / f"{entry.code}{suffix}" for suffix in SUFFIXES)
    return next((path for path in paths if path.is_file()), None)
