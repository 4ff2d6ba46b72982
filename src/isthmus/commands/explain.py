"""``isthmus explain``: a term of the glossary, in three languages."""

import click

from isthmus.commands.output import JSON, answer
from isthmus.readers.glossary import Term, find_term, read_glossary


@click.command("explain")
@click.argument("words", metavar="[TERM]", nargs=-1)
@click.option(
    "--lang", type=click.Choice(["en", "ru", "zh"]), help="Language of the answer; else the language of the term."
)
@JSON
def command(words: tuple[str, ...], lang: str | None, as_json: bool) -> None:
    """Explain a term of the field, or list all terms.

    TERM may be given in English, Russian or Chinese, or as its symbol.
    """
    if not words:
        language = lang or "en"
        terms = sorted(read_glossary().values(), key=lambda term: term.names[language].casefold())
        names = {term.key: term.names[language] for term in terms}
        answer({"terms": names}, as_json, lambda: "\n".join(_heading(term, language) for term in terms))
        return
    term, spoken = find_term(" ".join(words))
    language = lang or spoken
    summary = {
        "key": term.key,
        "symbol": term.symbol,
        "names": dict(term.names),
        "definitions": dict(term.definitions),
        "see": list(term.see),
    }
    answer(summary, as_json, lambda: _explanation(term, language))


def _heading(term: Term, language: str) -> str:
    return term.names[language] + (f" ({term.symbol})" if term.symbol else "")


def _explanation(term: Term, language: str) -> str:
    others = " · ".join(name for code, name in term.names.items() if code != language)
    see = ", ".join(read_glossary()[key].names[language] for key in term.see)
    return "\n".join([_heading(term, language), term.definitions[language], others, *([f"→ {see}"] if see else [])])
