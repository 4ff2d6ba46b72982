"""What the chapter on plans says of the documents behind its targets."""

from collections.abc import Sequence
from dataclasses import asdict

from isthmus.plans.document import Doubt
from isthmus.report.blocks import Paragraph
from isthmus.report.locale import Translator
from isthmus.study.plans import DocumentFacts, PlansSection


def partner_name(section: PlansSection, code: str, text: Translator) -> str:
    """Return the name of a partner in the language."""
    return text.named(section.economy_names.get(code, {}), code)


def is_given(section: PlansSection, partner: str) -> bool:
    """Say whether targets were read from a document of a partner that the user gave for the run."""
    return any(d.given and d.targets and d.partner == partner for d in section.documents)


def documents_read(section: PlansSection, text: Translator) -> Paragraph:
    """Say which documents were read, or that none were."""
    if not section.documents:
        return Paragraph(text("plans.no_documents"), tone="warning")
    parts = [_document(section, document, text) for document in section.documents]
    written = text("plans.documents", parts=text.list(parts))
    if any(d.digest for d in section.documents):
        written = f"{written} {text('plans.digest_note')}"
    counted = [partner_name(section, p, text) for p in section.partners if is_given(section, p)]
    if counted and section.targets.rows:
        written = f"{written} {text('plans.counted', names=text.list(counted))}"
    reported = sum(d.reported for d in section.documents)
    said = [written, *(_likely(d, text) for d in section.documents if d.likely is not None and not d.digest)]
    said += [text("plans.reported", n=reported)] if reported else []
    said += [text.of("plans.warned", why, file=d.file) for d in section.documents for why in d.warnings]
    wary = any(d.doubts or d.warnings for d in section.documents)
    return Paragraph(text("common.space").join(said), tone="warning" if wary else "plain")


def _likely(document: DocumentFacts, text: Translator) -> str:
    """Say how many of the numbers that were read are likely to be right in every field."""
    share = text.percent(100 * (document.likely or 0.0), 0)
    doubted = text("plans.likely_doubted", doubtful=document.doubtful) if document.doubtful else ""
    return text("plans.likely", file=document.file, n=document.numbered, share=share, doubted=doubted)


def _document(section: PlansSection, document: DocumentFacts, text: Translator) -> str:
    """Name a document that was read, what it stands for, and how many targets it gave."""
    common = {
        "file": document.file,
        "name": partner_name(section, document.partner, text),
        "count": text("plans.counted_targets", targets=text("plans.targets", n=document.targets), n=document.numbered),
    }
    if document.digest:
        return text("plans.digest", **common)
    if not document.given:
        return text("plans.document", **common)
    common["instead"] = text("plans.given_instead", instead=document.instead) if document.instead else ""
    if document.doubts:
        return text("plans.given_doubted", doubts=doubted(document.doubts, text), **common)
    if not document.fits:
        return text("plans.given_unknown", **common)
    fits = text.list([text.of("plans.given_by", f) for f in document.fits])
    return text("plans.given_fits" if "title" in document.fits else "plans.given_partly", fits=fits, **common)


def doubted(doubts: Sequence[Doubt], text: Translator) -> str:
    """Say what of a document does not fit the plan that it was given for."""
    told = [text.of("plans.given_doubt", d.about, expected=d.expected, found=d.found) for d in doubts]
    return text("common.semicolon").join(told)


def reread(section: PlansSection, text: Translator) -> Paragraph | None:
    """Say why the documents now give other rows than the table that was once read of them."""
    said = [
        text(
            "plans.reread",
            name=partner_name(section, partner, text),
            table=text("plans.targets", n=section.listed[partner].read),
            now=text("plans.targets", n=section.extracted[partner].all),
            reasons=text.list([text.of("plans.reread_why", why, n=n) for why, n in asdict(reread).items() if n]),
        )
        for partner, reread in section.reread.items()
    ]
    undated = {d.partner for d in section.documents if not d.as_of}
    if any(reread.reports and partner in undated for partner, reread in section.reread.items()):
        said.append(text("plans.reread_year", year=section.start - 1))
    return Paragraph(text("common.space").join(said)) if said else None
