"""Data made safe to stand inside one HTML page: chart options as JSON, tables as CSV that needs no network."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from isthmus.report.palette import COLOURS

COLOUR_KEYS = {"color", "borderColor", "backgroundColor", "shadowColor", "textBorderColor", "inactiveColor"}
LARGEST_CSV = 120_000
"""Tables above this many characters are not carried in the page; it points to the file beside it."""


def json_for_script(value: object) -> str:
    """Write a value as JSON that may stand in a script tag: no character can end the tag or start a comment.

    Numbers that are not finite become null, NumPy numbers plain ones.
    """
    text = json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def coloured(option: object) -> object:
    """Return a chart option with the names of colours replaced by the palette's colours."""
    if isinstance(option, Mapping):
        return {key: _colour(value) if key in COLOUR_KEYS else coloured(value) for key, value in option.items()}
    if isinstance(option, Sequence) and not isinstance(option, str):
        return [coloured(value) for value in option]
    return option


def csv_uri(frame: pd.DataFrame) -> str:
    """Return a table as a data URI of CSV with a byte order mark, or "" where it is too large to be carried."""
    text = frame.to_csv(index=False, lineterminator="\n")
    return "" if len(text) > LARGEST_CSV else "data:text/csv;charset=utf-8," + quote("\ufeff" + text)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _colour(value: object) -> object:
    if isinstance(value, str):
        return COLOURS.get(value, value)
    return [_colour(v) for v in value] if isinstance(value, list | tuple) else coloured(value)


def _plain(value: object) -> object:
    """Turn a value into plain JSON types."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | np.ndarray | pd.Series):
        return [_plain(inner) for inner in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
