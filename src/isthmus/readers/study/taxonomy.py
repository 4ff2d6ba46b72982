"""Read the taxonomy of themes: the packaged one, or a study's own."""

import tomllib
from importlib import resources
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.plans.taxonomy import Taxonomy, taxonomy_of


def read_taxonomy(path: Path | None = None) -> Taxonomy:
    """Return the taxonomy in `path`, or the packaged one; BadInputError where it is not well formed."""
    name = path.name if path is not None else "taxonomy.toml"
    try:
        if path is not None:
            raw = path.read_text("utf-8")
        else:
            raw = (resources.files("isthmus") / "assets" / "taxonomy.toml").read_text("utf-8")
        return taxonomy_of(tomllib.loads(raw))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInputError(
            name, str(error), allowed="a TOML table of keywords for each theme", remedy="correct the file"
        ) from error
