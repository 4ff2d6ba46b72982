"""The option --period of commands that read plans."""

import re

import click


def first_and_last(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Return the two years of a period; refuse what is none."""
    if value is None:
        return None
    match = re.fullmatch(r"(\d{4})\s?[-–]\s?(\d{4})", value.strip())
    if match is None or match[1] > match[2]:
        raise click.BadParameter(
            f"{value} is no period. Allowed: first and last year, as 2021-2025", context, parameter
        )
    return int(match[1]), int(match[2])
