"""Titles by language, of which a user may write one."""

from collections.abc import Mapping

from isthmus.core.errors import BadInputError

LANGUAGES = ("en", "ru", "zh")


def every_title(given: Mapping[str, str], where: str) -> dict[str, str]:
    """Return a title for each language of the report; a language without one shows the first that is given.

    Raises
    ------
    BadInputError
        If there is a title in none of the languages, or one in another language.
    """
    unknown = [language for language in given if language not in LANGUAGES]
    first = next((text for language in LANGUAGES if (text := given.get(language, "").strip())), "")
    if unknown or not first:
        raise BadInputError(
            f"{where}, title",
            f"unknown language {', '.join(unknown)}" if unknown else "is missing",
            allowed=", ".join(LANGUAGES),
            remedy="give a title in one language or more",
        )
    return {language: given.get(language, "").strip() or first for language in LANGUAGES}
