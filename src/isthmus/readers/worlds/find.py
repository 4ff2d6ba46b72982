"""Find an economy in a world by code or name, whatever the case and language, and say in which group it sits."""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from babel import Locale
from babel.core import get_global

from isthmus.core.errors import BadInputError
from isthmus.economy.baseline import WorldTable

LANGUAGES = ("en", "ru", "zh")
CLOSE = 0.75


@dataclass(frozen=True)
class FoundEconomy:
    """An economy that words may mean.

    Attributes
    ----------
    code
        The economy's own code: of the world, or ISO 3166 for one that the world does not show on its own.
    label
        The economy of the world that stands for it; "" where the world says of none that it does.
    reported
        False where it is only a part of `label` whose own figures the source table does not have.
    names
        Its names by language.
    """

    code: str
    label: str
    reported: bool
    names: Mapping[str, str]

    @property
    def single(self) -> bool:
        """Say whether the world shows it on its own."""
        return self.code == self.label


def find_economies(words: str, world: WorldTable, rest: str = "") -> tuple[FoundEconomy, ...]:
    """Return what `words` may mean in a world: exact matches alone where there are any, else those that come close.

    Parameters
    ----------
    words
        A code or a name in English, Russian or Chinese, in any case.
    rest
        Label of the economy that holds all which the source does not report (`WorldFile.rest`).
    """
    wanted = _plain(words)
    known = list(_known(world, rest))
    exact = [found for found in known if wanted in _ways(found)]
    if exact:
        return tuple(exact)
    within = [f for f in known if len(wanted) > 2 and any(wanted in way for way in _ways(f))]
    near = [f for f in known if difflib.get_close_matches(wanted, _ways(f), n=1, cutoff=CLOSE)]
    return (*within, *(f for f in near if f not in within))


def economy_code(words: str, world: WorldTable, rest: str = "", where: str = "") -> str:
    """Return the label of the economy that `words` mean; `where` says where they stand, for messages.

    Raises
    ------
    BadInputError
        If no single economy of the world is meant; the message says in which group it sits, or what comes close.
    """
    if words in world.economies:
        return words
    found = find_economies(words, world, rest)
    single = [economy for economy in found if economy.single]
    if len(single) == 1 and _plain(words) in _ways(single[0]):
        return single[0].code
    raise BadInputError(
        where or f"economy {words!r}",
        _hint(found, world),
        allowed=f"a code or a name of one of the {len(world.economies)} economies of {world.name}",
        remedy="see `isthmus world find`, or bring a table that has it (`isthmus world import`)",
    )


def partner_code(words: str, world: WorldTable, where: str = "") -> str:
    """Return the code of the economy that `words` mean, also of one of ISO 3166 that the world does not show on its own.

    Raises
    ------
    BadInputError
        If no single economy is meant (`economy_code`).
    """
    exact = [economy for economy in find_economies(words, world) if _plain(words) in _ways(economy)]
    return exact[0].code if len(exact) == 1 else economy_code(words, world, where=where)


def _hint(found: tuple[FoundEconomy, ...], world: WorldTable) -> str:
    if not found:
        return f"is not in the world {world.name}"
    listed = []
    for economy in found[:5]:
        where = "" if economy.single else f", only inside {economy.label}" if economy.label else ", not in the world"
        listed.append(f"{economy.names['en']} ({economy.code}{where})")
    return "could be " + "; ".join(listed)


def _known(world: WorldTable, rest: str) -> Iterator[FoundEconomy]:
    """List the economies of a world, the members of its groups, and all others of ISO 3166 that its rest stands for."""
    seen = set()
    for label in world.economies:
        seen.add(label)
        names = {language: _named(world, label, language) for language in LANGUAGES}
        yield FoundEconomy(label, label, True, names)
    for label, members in world.members.items():
        for member in members:
            if member not in seen:
                seen.add(member)
                yield FoundEconomy(member, label, True, iso_names().get(member, dict.fromkeys(LANGUAGES, member)))
    for code, names in iso_names().items():
        if code not in seen:
            yield FoundEconomy(code, rest, False, names)


def _named(world: WorldTable, label: str, language: str) -> str:
    """Return the world's name of an economy; where it has none, the one that its code of ISO 3166 goes by."""
    own = world.economy_names.get(language, {}).get(label, label)
    return own if own != label else iso_names().get(label, {}).get(language, label)


def _ways(found: FoundEconomy) -> tuple[str, ...]:
    return (_plain(found.code), *(_plain(name) for name in found.names.values()))


@lru_cache(maxsize=1)
def iso_names() -> dict[str, dict[str, str]]:
    """Return names by language of every territory of ISO 3166 (``iso3166_alpha3.txt``) that the languages name."""
    listed = (resources.files("isthmus") / "assets" / "iso3166_alpha3.txt").read_text("utf-8").split()
    short = {code: named[0] for code, named in get_global("territory_aliases").items() if code in set(listed)}
    locales = {language: Locale(language).territories for language in LANGUAGES}
    return {
        code: {language: str(named[two]) for language, named in locales.items()}
        for code, two in sorted(short.items())
        if all(two in named for named in locales.values())
    }


def _plain(words: str) -> str:
    """Return words without case, accents and punctuation."""
    split = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in split if letter.isalnum())
