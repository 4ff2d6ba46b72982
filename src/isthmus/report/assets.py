"""Packaged files that the report carries: scripts, styles, coastlines, terms."""

from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from isthmus.core.errors import BadInputError

COARSE, FINE, CHARTS = "vendor/world-110m.json", "vendor/world-50m.json", "vendor/echarts.min.js"
"""What set-up brings: shapes of coastlines for wide and for near maps, and the script that draws charts."""


@lru_cache
def asset(name: str) -> str:
    """Return the text of a packaged asset, for example ``style.css`` or ``vendor/echarts.min.js``.

    Raises
    ------
    BadInputError
        If a file that set-up brings is not there.
    """
    file: Traversable = resources.files("isthmus") / "assets"
    for part in name.split("/"):
        file = file / part
    if not file.is_file():
        raise BadInputError(
            f"assets/{name}",
            "is missing",
            allowed="an installation with its scripts and map shapes",
            remedy="run `python tools/vendor.py` in the source folder, or install the built package",
        )
    return file.read_text("utf-8")


def require_assets() -> None:
    """Raise at once, before anything is computed, if a report could not be written at the end.

    Raises
    ------
    BadInputError
        If a file that set-up brings is not there.
    """
    for name in (COARSE, FINE, CHARTS):
        asset(name)
