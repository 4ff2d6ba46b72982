"""Read the taxonomy of themes: the packaged one, or a study's own."""

from importlib import resources
from pathlib import Path

from isthmus.plans.taxonomy import Taxonomy, taxonomy_of
from isthmus.readers.toml import read_toml, well_formed


def read_taxonomy(path: Path | None = None) -> Taxonomy:
    """Return the taxonomy in `path`, or the packaged one; BadInputError where it is not well formed."""
    place = path or Path(str(resources.files("isthmus") / "assets" / "taxonomy.toml"))
    content = read_toml(place)
    with well_formed(place.name):
        return taxonomy_of(content)
