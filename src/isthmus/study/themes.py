"""One theme a target in every chapter: the taxonomy's, else the field of what the statement speaks of."""

from collections.abc import Sequence
from dataclasses import replace

from isthmus.alignment.glossary import field_of, read_statement
from isthmus.alignment.match import Matcher
from isthmus.plans.plan import Target


def with_fields(targets: Sequence[Target], matcher: Matcher | None) -> list[Target]:
    """Give targets without a theme the field of most of their objects; without a matcher they stay as they are."""
    if matcher is None:
        return list(targets)
    words = matcher.glossary
    return [t if t.theme else replace(t, theme=field_of(read_statement(t.text, t.lang, words), words)) for t in targets]
