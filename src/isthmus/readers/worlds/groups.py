"""Named groups of economies that act as one: checked against a world, and read from the words of a command."""

from collections.abc import Mapping, Sequence

from isthmus.core.errors import BadInputError
from isthmus.economy.aggregate import Grouping, aggregate
from isthmus.economy.baseline import WorldTable
from isthmus.readers.worlds.find import economy_code

RESERVED = ("", "*", "goods", "services", "both", "third", "all", "sum")
"""What selects or names something else in files and tables, so that no group may be called so."""


def grouping(
    groups: Mapping[str, Sequence[str]],
    world: WorldTable,
    where: str,
    names: Mapping[str, Mapping[str, str]] | None = None,
    rest: str = "",
) -> Grouping:
    """Return the map that merges the members of named groups.

    Parameters
    ----------
    groups
        Members by label of the group, as codes or names.
    world
        The world whose economies are merged.
    where
        Where the groups stand, for messages.
    names
        Names by label and language (``en``, ``ru``, ``zh``).
    rest
        Label of the economy that holds all which the source does not report.

    Raises
    ------
    BadInputError
        For a label that an economy of the world has or that means something else, an empty group, a member that the world
        does not show on its own, or one that stands twice.
    """
    home: dict[str, str] = {}
    for label, members in groups.items():
        here = f"{where}, {label}"
        if label in world.economies or label in RESERVED or ";" in label or ">" in label:
            raise BadInputError(
                here,
                "is the label of an economy or means something else",
                allowed=f"a label of your own, none of {', '.join(world.economies)}, {', '.join(RESERVED[1:])}",
                remedy="rename the group",
            )
        if not members:
            raise BadInputError(here, "has no member", allowed="at least one economy", remedy="list its members")
        for member in members:
            code = economy_code(member, world, rest, where=f"{here}, member {member!r}")
            if code in home:
                raise BadInputError(
                    here,
                    f"{code} is in {home[code]} already",
                    allowed="each economy in one group, once",
                    remedy="take it out of one of the two",
                )
            home[code] = label
    if home and len(set(world.economies) - set(home)) + len(groups) < 3:
        raise BadInputError(
            where,
            "leave fewer than three economies",
            allowed="groups that leave at least one third economy",
            remedy="leave an economy outside",
        )
    return Grouping(economies=home, economy_names=_names(groups, names or {}, where))


def _names(
    groups: Mapping[str, Sequence[str]], given: Mapping[str, Mapping[str, str]], where: str
) -> dict[str, dict[str, str]]:
    """Return names of groups by language and label; the English name is the plain one."""
    unknown = [label for label in given if label not in groups]
    if unknown:
        raise BadInputError(
            f"{where}, names",
            f"names {unknown[0]}, which is no group",
            allowed=", ".join(groups) or "no group",
            remedy="add the group or take the name away",
        )
    languages = {language for told in given.values() for language in told}
    by_language = {
        language: {label: told[language] for label, told in given.items() if language in told}
        for language in sorted(languages)
    }
    return {"": by_language.get("en", {}), **by_language}


def grouped(world: WorldTable, groups: Grouping) -> WorldTable:
    """Return the world with its groups merged, itself where there are none."""
    return aggregate(world, groups) if groups.economies else world


def split_groups(words: Sequence[str]) -> tuple[tuple[str, ...], dict[str, list[str]]]:
    """Take apart partners of a command, each a code or a name, or ``LABEL=CODE,CODE...`` for a group of its own.

    Returns
    -------
    tuple
        Partners, groups by their label, and the members of each group.
    """
    partners, groups = [], {}
    for word in words:
        label, found, members = word.partition("=")
        partners.append(label.strip() if found else word)
        if found:
            groups[label.strip()] = [member.strip() for member in members.split(",") if member.strip()]
    return tuple(partners), groups
