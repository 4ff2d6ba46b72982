"""Read the levers of a study: TOML with one ``[[lever]]`` each, checked against partners, ledger, targets and world."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Ledger
from isthmus.levers.change import target_values
from isthmus.levers.channels import REQUIRED, RULES
from isthmus.levers.lever import BORDER_CHANNELS, JOINT, Channel, Effect, Form, Lever
from isthmus.plans.plan import Target
from isthmus.readers.study.titles import every_title
from isthmus.readers.toml import read_toml, well_formed

FAMILIES = (
    "infrastructure",
    "automation",
    "energy",
    "standards",
    "research",
    "skills",
    "digital",
    "investment",
    "agriculture",
    "trade",
)
LEVER_KEYS = {
    "id", "family", "owner", "partners", "targets", "base_year", "start", "full", "title", "note", "alone", "lag", "effect",
}  # fmt: skip
LEVER_OPTIONAL = {"note", "alone", "lag", "partners"}
EFFECT_KEYS = {
    "channel",
    "measure",
    "numbers",
    "economy",
    "sector",
    "input",
    "exporter",
    "importer",
    "component",
    "both_ways",
    "adopts",
}


def read_levers(path: Path, partners: Sequence[str], ledger: Ledger, targets: Sequence[Target]) -> tuple[Lever, ...]:
    """Return the levers of a study.

    Lists at the top of the file name groups of sectors, which effects may use.

    Raises
    ------
    BadInputError
        For an unknown or missing key, family, owner, channel or measure, a target or number that does not exist, a role
        that the channel does not know, years out of order, or an id that occurs twice.
    """
    with well_formed(path.name):
        return _levers(read_toml(path), path, partners, ledger, targets)


def _levers(
    content: Mapping[str, Any], path: Path, partners: Sequence[str], ledger: Ledger, targets: Sequence[Target]
) -> tuple[Lever, ...]:
    """Make the levers; see `read_levers`."""
    groups = {name: tuple(value) for name, value in content.items() if name != "lever"}
    known = set(ledger.parameters) | set(target_values(targets))
    ids = {target.id for target in targets}
    levers: dict[str, Lever] = {}
    for number, entry in enumerate(content.get("lever", []), start=1):
        where = f"{path.name}, lever {number} ({entry.get('id', 'without id')})"
        lever = _lever(entry, where, partners, groups)
        _check_references(lever, where, known, ids)
        if lever.id in levers:
            raise BadInputError(where, "the id occurs twice", allowed="each id once", remedy="rename one of the levers")
        levers[lever.id] = lever
    return tuple(levers.values())


def _lever(
    entry: Mapping[str, Any], where: str, partners: Sequence[str], groups: Mapping[str, tuple[str, ...]]
) -> Lever:
    _require(entry, LEVER_KEYS, LEVER_KEYS - LEVER_OPTIONAL, where)
    _one_of(entry["family"], FAMILIES, f"{where}, family")
    _one_of(entry["owner"], (*partners, JOINT), f"{where}, owner")
    acting = _acting(entry, where, partners)
    if not entry["base_year"] < entry["full"] or not entry["start"] <= entry["full"]:
        raise BadInputError(
            where,
            f"base_year {entry['base_year']}, start {entry['start']}, full {entry['full']}",
            allowed="base_year before full, start not after full",
            remedy="correct the years",
        )
    effects = tuple(
        e for i, raw in enumerate(entry["effect"], 1) for e in _effects(raw, f"{where}, effect {i}", groups)
    )
    return Lever(
        id=entry["id"],
        titles=every_title(entry["title"], where),
        family=entry["family"],
        owner=entry["owner"],
        partners=acting,
        targets={partner: tuple(listed) for partner, listed in entry["targets"].items()},
        effects=effects,
        base_year=entry["base_year"],
        start=entry["start"],
        full=entry["full"],
        alone=dict(entry.get("alone", {})),
        lag=entry.get("lag", ""),
        note=entry.get("note", ""),
    )


def _acting(entry: Mapping[str, Any], where: str, partners: Sequence[str]) -> tuple[str, ...]:
    """Return who must act: the owner of a single lever, all partners of a joint one or those it names."""
    if entry["owner"] != JOINT:
        return (str(entry["owner"]),)
    acting = tuple(entry.get("partners", partners))
    for side in acting:
        _one_of(side, partners, f"{where}, partners")
    if len(acting) < 2 or set(entry.get("alone", {})) != set(acting):
        raise BadInputError(
            f"{where}, alone",
            f"names {', '.join(entry.get('alone', {})) or 'nobody'}",
            allowed=", ".join(acting),
            remedy="name two partners or more, and the ledger entry with the degree each reaches without an agreement",
        )
    return acting


def _effects(raw: Mapping[str, Any], where: str, groups: Mapping[str, tuple[str, ...]]) -> list[Effect]:
    """Return one effect, or one for each direction."""
    _require(raw, EFFECT_KEYS, {"channel", "numbers"}, where)
    _one_of(raw["channel"], list(Channel), f"{where}, channel")
    _one_of(raw.get("measure", Form.RATIO), list(Form), f"{where}, measure")
    channel = Channel(raw["channel"])
    _require(raw["numbers"], REQUIRED[channel] | RULES[channel].optional, REQUIRED[channel], f"{where}, numbers")
    _require_names(raw["numbers"], f"{where}, numbers")
    trade = channel in BORDER_CHANNELS
    place = {"exporter", "importer"} if trade else {"economy"} | ({"input"} if channel is Channel.INPUT else set())
    place |= {"component"} if channel is Channel.WEDGE else set()
    _require(raw, EFFECT_KEYS, place, where)
    if raw.get("adopts") and channel is not Channel.TARIFF:
        raise BadInputError(where, "adopts without tariffs", allowed="channel tariff", remedy="remove it")
    if raw.get("both_ways") and not trade:
        raise BadInputError(where, "both_ways without a direction", allowed="exporter and importer", remedy="remove it")
    directions = [(tuple(raw.get("exporter", ())), tuple(raw.get("importer", ())))]
    if raw.get("both_ways"):
        directions.append(directions[0][::-1])
    return [
        Effect(
            channel=channel,
            form=Form(raw.get("measure", Form.RATIO)),
            numbers=dict(raw["numbers"]),
            economy=tuple(raw.get("economy", ())),
            sector=_expand(raw.get("sector", ["*"]), groups),
            input=_expand(raw.get("input", []), groups),
            exporter=exporter,
            importer=importer,
            component=raw.get("component", ""),
            adopts=tuple(raw.get("adopts", ())),
        )
        for exporter, importer in directions
    ]


def _require_names(numbers: Mapping[str, Any], where: str) -> None:
    """Refuse numbers in the place of names: every number of a lever stands in the ledger, with range and source."""
    for role, name in numbers.items():
        if not isinstance(name, str):
            raise BadInputError(
                f"{where}, {role}",
                f"found {name!r}",
                allowed="a name of the ledger, target.ID or target.ID.base",
                remedy="enter the number in the ledger with its source and name it here",
            )


def _expand(selector: Sequence[str], groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(label for name in selector for label in groups.get(name, (name,)))


def _check_references(lever: Lever, where: str, known: set[str], ids: set[str]) -> None:
    listed = [target for side in lever.targets.values() for target in side]
    unknown = [target for target in listed if target not in ids]
    if unknown:
        raise BadInputError(
            f"{where}, targets",
            f"unknown {', '.join(unknown)}",
            allowed=", ".join(sorted(ids)) or "none: the study has no table of targets",
            remedy="correct the id",
        )
    numbers = [name for effect in lever.effects for name in effect.numbers.values()]
    numbers += [*lever.alone.values(), *([lever.lag] if lever.lag else [])]
    missing = [name for name in numbers if name not in known]
    if missing:
        raise BadInputError(
            f"{where}, numbers",
            f"{', '.join(dict.fromkeys(missing))} not found",
            allowed="a name of the ledger, target.ID or target.ID.base",
            remedy="add the entry to the ledger or correct the name",
        )


def _require(
    entry: Mapping[str, Any], allowed: set[str] | frozenset[str], required: set[str] | frozenset[str], where: str
) -> None:
    missing = sorted(required - set(entry))
    unknown = sorted(set(entry) - allowed)
    if missing or unknown:
        parts = [f"{', '.join(missing)} missing"] * bool(missing) + [f"{', '.join(unknown)} unknown"] * bool(unknown)
        raise BadInputError(
            where, "; ".join(parts), allowed=", ".join(sorted(allowed)), remedy="add or rename the keys"
        )


def _one_of(value: str, allowed: Sequence[str], where: str) -> None:
    if value not in list(allowed):
        raise BadInputError(where, f"found {value!r}", allowed=", ".join(allowed), remedy="use one of these")
