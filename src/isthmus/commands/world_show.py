"""`isthmus world list | show | find`: which worlds there are, what they hold, and where an economy sits in them."""

from collections.abc import Mapping
from typing import Any

import click

from isthmus.commands.output import JSON, answer
from isthmus.readers.worlds.attributes import Elsewhere, tables_elsewhere
from isthmus.readers.worlds.find import FoundEconomy, find_economies
from isthmus.readers.worlds.world import DEFAULT_WORLD, packaged_worlds, read_world, world_directory, world_settings

PAGE = "docs/how-to/central-asia-and-the-caucasus.md"


@click.command("list")
@JSON
def list_worlds(as_json: bool) -> None:
    """List the packaged worlds."""
    settings = {name: world_settings(world_directory(name)) for name in packaged_worlds()}
    rows = {name: {"year": s.year, "unit": s.unit, "source": s.source} for name, s in settings.items()}
    lines = [f"{name}: {row['year']}, {row['unit']}. {row['source']}" for name, row in rows.items()]
    answer({"worlds": rows}, as_json, lambda: "\n".join(lines))


@click.command("show")
@click.argument("world", default=DEFAULT_WORLD)
@click.option(
    "--lang", type=click.Choice(["en", "ru", "zh"]), default="en", show_default=True, help="Language of names."
)
@JSON
def show_world(world: str, lang: str, as_json: bool) -> None:
    """Show economies with their members, sectors and elasticity sets of WORLD (a packaged world or a directory)."""
    table = read_world(world)
    economies = {
        code: {"name": _name(table.economy_names, lang, code), "members": list(table.members.get(code, (code,)))}
        for code in table.economies
    }
    sectors = {
        code: {"name": _name(table.sector_names, lang, code), "kind": "goods" if code in table.goods else "services"}
        for code in table.sectors
    }
    sets = [str(name) for name in table.elasticities["set"].values]
    summary = {
        "world": table.name,
        "year": table.year,
        "unit": table.unit,
        "source": table.source,
        "licence": table.licence,
        "economies": economies,
        "sectors": sectors,
        "elasticity_sets": sets,
        "default_elasticity": table.default_elasticity or sets[0],
    }
    answer(summary, as_json, lambda: "\n".join(_shown(summary)))


@click.command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--world", default=DEFAULT_WORLD, show_default=True, help="Packaged world or world directory.")
@click.option(
    "--lang", type=click.Choice(["en", "ru", "zh"]), default="en", show_default=True, help="Language of names."
)
@JSON
def find_economy(words: tuple[str, ...], world: str, lang: str, as_json: bool) -> None:
    """Find an economy by code or name in any case, in English, Russian or Chinese, and say where it sits in a world."""
    table = read_world(world)
    found = find_economies(" ".join(words), table, world_settings(world_directory(world)).rest)
    known = tables_elsewhere()
    rows = [
        {"code": f.code, "names": dict(f.names), "label": f.label, "reported": f.reported}
        | ({"elsewhere": vars(known[f.code])} if f.code in known and not f.single else {})
        for f in found
    ]
    lines = [_place(f, lang, known.get(f.code)) for f in found] or [
        f"nothing in {table.name} or in ISO 3166 is called {' '.join(words)!r}"
    ]
    answer({"world": table.name, "found": rows}, as_json, lambda: "\n".join(lines))


def _name(names: Mapping[str, Mapping[str, str]], lang: str, code: str) -> str:
    return str(names.get(lang, {}).get(code) or names.get("", {}).get(code, code))


def _place(found: FoundEconomy, lang: str, elsewhere: Elsewhere | None) -> str:
    head = f"{found.code} {found.names[lang]}"
    bring = "a table that has it can be brought with isthmus world import"
    if elsewhere is not None:
        bring = (
            f"{elsewhere.table} has it: isthmus world import --parser {elsewhere.parser}; how and on what terms: {PAGE}"
        )
    if found.single:
        return f"{head}: on its own"
    if not found.label:
        return f"{head}: not in this world; {bring}"
    if found.reported:
        return f"{head}: only as part of {found.label}; a finer table can be brought with isthmus world import"
    return f"{head}: the source table does not report it; it is an unknown part of {found.label}; {bring}"


def _shown(summary: dict[str, Any]) -> list[str]:
    economies = [
        f"  {code:<5} {row['name']}" + ("" if row["members"] == [code] else f" ({', '.join(row['members'])})")
        for code, row in summary["economies"].items()
    ]
    sectors = [f"  {code:<8} {row['kind']:<9} {row['name']}" for code, row in summary["sectors"].items()]
    return [
        f"{summary['world']}: {summary['year']}, {summary['unit']}. {summary['source']}",
        *([f"Licence: {summary['licence']}"] if summary["licence"] else []),
        f"Elasticity sets: {', '.join(summary['elasticity_sets'])} (default {summary['default_elasticity']})",
        "",
        f"{len(economies)} economies",
        *economies,
        "",
        f"{len(sectors)} sectors",
        *sectors,
    ]
