"""What a shell offers when tab is pressed: studies, worlds and economies."""

from pathlib import Path

import click
from click.shell_completion import CompletionItem


def studies(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return packaged studies, and folders here that hold a study."""
    from isthmus.readers.study.study import packaged_studies

    here = [path.parent.name for path in sorted(Path().glob("*/study.toml"))]
    return _matching([*packaged_studies(), *here], incomplete)


def worlds(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return packaged worlds, and folders here that hold a world."""
    from isthmus.readers.worlds.world import packaged_worlds

    here = [path.parent.name for path in sorted(Path().glob("*/economies.csv"))]
    return _matching([*packaged_worlds(), *here], incomplete)


def economies(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes of the world's economies with their names."""
    return _labels(context, "economies.csv", incomplete)


def sectors(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes of the world's sectors with their names."""
    return _labels(context, "sectors.csv", incomplete)


def _labels(context: click.Context, file: str, incomplete: str) -> list[CompletionItem]:
    from isthmus.core.errors import BadInputError
    from isthmus.readers.tables import read_table
    from isthmus.readers.worlds.world import DEFAULT_WORLD, world_directory

    try:
        place = world_directory(context.params.get("world") or DEFAULT_WORLD)
        frame = read_table(place / file, {"code": "text", "name": "text"}).frame
    except BadInputError:
        return []  # a world that cannot be read is named when the command runs
    return [
        CompletionItem(code, help=name)
        for code, name in zip(frame["code"], frame["name"], strict=True)
        if code.lower().startswith(incomplete.lower())
    ]


def _matching(names: list[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in dict.fromkeys(names) if name.startswith(incomplete)]
