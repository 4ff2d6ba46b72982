"""Keep what the second embedding model says of the packaged texts, so that the worked case need not ask it again.

python tools/vectors.py

Writes src/isthmus/assets/alignment/vectors.npz. Run it when statements, targets, digests, the reference or the glossary
change: texts that are not kept are read by the model, 20 ms each, and a test counts them.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from isthmus.alignment.similarity import Embedder, Vectors
from isthmus.execution.workshop import LocalWorkshop
from isthmus.readers.alignment.embedders import kept_weights, load_embedders, text_digest
from isthmus.readers.study.study import load_study, packaged_studies
from isthmus.study import alignment, plans
from isthmus.study.run import run

PLACE = Path(__file__).parents[1] / "src" / "isthmus" / "assets" / "alignment" / "vectors.npz"


class Recorder:
    """An embedder that notes what another one answers."""

    def __init__(self, model: Embedder) -> None:
        self.name = model.name
        self.model = model
        self.answers: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Answer as the model does."""
        found = self.model.embed(texts)
        self.answers.update(zip(texts, found, strict=True))
        return found


def asked(name: str) -> dict[str, Vectors]:
    """Return what the second model is asked about in a packaged study, with its answers."""
    study = load_study(name)
    assert study.matcher is not None
    base, second = load_embedders("both")
    recorder = Recorder(second)
    seen = replace(study, matcher=replace(study.matcher, models=(base, recorder)))
    with tempfile.TemporaryDirectory() as folder:
        # in this process, which hears what the model is asked
        run(seen, LocalWorkshop(Path(folder), lambda *_: None, 1), (plans.STATION, alignment.STATION))
    return recorder.answers


def main() -> None:
    """Write the vectors of all packaged studies, from the model itself."""
    PLACE.unlink(missing_ok=True)
    answers = {text: vector for name in packaged_studies() for text, vector in asked(name).items()}
    kept = sorted(((text_digest(text), vector) for text, vector in answers.items()), key=lambda pair: pair[0])
    digests = np.array([list(digest) for digest, _ in kept], dtype=np.uint8)
    np.savez_compressed(PLACE, weights=kept_weights(), digests=digests, vectors=np.array([v for _, v in kept]))
    print(f"{len(kept)} texts, {PLACE.stat().st_size / 1e6:.1f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
