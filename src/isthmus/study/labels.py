"""Names of economies and sectors as the report needs them."""

from collections.abc import Mapping


def names(by_language: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return names by label and language; the file's own name counts as English."""
    labels = by_language.get("", {})
    return {
        label: {(lang or "en"): listed[label] for lang, listed in by_language.items() if listed.get(label)}
        for label in labels
    }
