"""The encoder against the same sums written out piece by piece."""

import math

import numpy as np
from numpy.typing import NDArray

from isthmus.plans.encoder import encoder_of

WIDTH, HEADS, INNER, LAYERS, PIECES = 6, 2, 8, 2, 11
Array = NDArray[np.float64]


def arrays() -> dict[str, NDArray[np.generic]]:
    draw = np.random.default_rng(5)
    made: dict[str, NDArray[np.generic]] = {
        "words": draw.integers(-127, 128, (PIECES, WIDTH)).astype(np.int8),
        "words.scale": draw.uniform(0.01, 0.02, PIECES).astype(np.float16),
        "places": draw.normal(size=(9, WIDTH)),
        "segments": draw.normal(size=(2, WIDTH)),
        "norm": draw.normal(size=(2, WIDTH)),
    }
    shapes = {"mixed": (WIDTH, 3 * WIDTH), "joined": (WIDTH, WIDTH), "wide": (WIDTH, INNER), "narrow": (INNER, WIDTH)}
    for layer in range(LAYERS):
        for name, shape in shapes.items():
            made[f"{layer}.{name}"] = draw.integers(-127, 128, shape).astype(np.int8)
            made[f"{layer}.{name}.scale"] = draw.uniform(0.005, 0.01, shape[1])
            made[f"{layer}.{name}_bias"] = draw.normal(size=shape[1])
        made[f"{layer}.norms"] = draw.normal(size=(4, WIDTH))
    return made


def normed(row: Array, scale: Array, shift: Array) -> Array:
    mean = sum(row) / len(row)
    spread = math.sqrt(sum((x - mean) ** 2 for x in row) / len(row))
    return np.array([(x - mean) / spread for x in row]) * scale + shift


def passed(x: float) -> float:
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def written_out(pieces: list[int], segments: list[int]) -> Array:
    kept = {name: np.asarray(values, float) for name, values in arrays().items()}
    rows = [
        normed(kept["words"][p] * kept["words.scale"][p] + kept["places"][at] + kept["segments"][part], *kept["norm"])
        for at, (p, part) in enumerate(zip(pieces, segments, strict=True))
    ]
    for layer in range(LAYERS):
        own = {
            part: kept[f"{layer}.{part}"] * kept[f"{layer}.{part}.scale"]
            for part in ("mixed", "joined", "wide", "narrow")
        }
        bias = {part: kept[f"{layer}.{part}_bias"] for part in own}
        norms = kept[f"{layer}.norms"]
        parts = [row @ own["mixed"] + bias["mixed"] for row in rows]
        size = WIDTH // HEADS
        taken = []
        for mine in parts:
            heads = []
            for head in range(HEADS):
                at = slice(head * size, (head + 1) * size)
                query = mine[:WIDTH][at]
                weights = [math.exp(query @ other[WIDTH : 2 * WIDTH][at] / math.sqrt(size)) for other in parts]
                heads.append(
                    sum(w / sum(weights) * other[2 * WIDTH :][at] for w, other in zip(weights, parts, strict=True))
                )
            taken.append(np.concatenate(heads) @ own["joined"] + bias["joined"])
        rows = [normed(row + more, norms[0], norms[1]) for row, more in zip(rows, taken, strict=True)]
        steps = [row @ own["wide"] + bias["wide"] for row in rows]
        bent = [np.array([passed(x) for x in step]) for step in steps]
        rows = [
            normed(row + b @ own["narrow"] + bias["narrow"], norms[2], norms[3])
            for row, b in zip(rows, bent, strict=True)
        ]
    return np.array(rows)


def test_the_encoder_is_the_sums_written_out() -> None:
    pieces, segments = [3, 0, 10, 3, 7], [0, 0, 1, 1, 1]
    whole = written_out(pieces, segments)
    for asked in ([0, 1, 2, 3, 4], [3, 1], []):
        assert np.allclose(encoder_of(arrays(), HEADS)(pieces, segments, asked), whole[asked], atol=2e-4)


def test_what_the_unit_passes_is_near_the_chance_of_a_smaller_number() -> None:
    assert max(abs(passed(x) - x * 0.5 * (1 + math.erf(x / math.sqrt(2)))) for x in np.linspace(-6, 6, 500)) < 1e-3
