"""Packaged files that the report carries: scripts, styles, coastlines, terms."""

from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from isthmus.core.errors import BadInputError


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
