"""A transformer encoder in NumPy: what each piece of a text means where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_NORM = 1e-12
"""Added to a variance before it divides."""


@dataclass(frozen=True)
class Layer:
    """The weights of one layer, in single precision.

    Attributes
    ----------
    mixed, mixed_bias
        Query, key and value side by side, (width, 3 width).
    joined, joined_bias
        Of the heads together, (width, width).
    wide, wide_bias, narrow, narrow_bias
        Of the two steps behind attention, (width, inner) and (inner, width).
    norms
        Scale and shift behind attention, and behind the steps, (4, width).
    """

    mixed: Floats
    mixed_bias: Floats
    joined: Floats
    joined_bias: Floats
    wide: Floats
    wide_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    norms: Floats


@dataclass(frozen=True)
class Encoder:
    """A BERT encoder.

    Attributes
    ----------
    words, word_scales
        A row for each piece in whole numbers, (pieces, width), and what one of them is worth, (pieces,).
    places, segments
        What a place and each of the two parts of a text add, (places, width) and (2, width).
    norm
        Scale and shift of the sum, (2, width).
    layers
        In order.
    heads
        Into how many parts attention is split.
    """

    words: NDArray[np.int8]
    word_scales: Floats
    places: Floats
    segments: Floats
    norm: Floats
    layers: tuple[Layer, ...]
    heads: int

    def __call__(self, pieces: Sequence[int], segments: Sequence[int], at: Sequence[int]) -> Floats:
        """Return a row for each piece that is asked for, (asked, width).

        Parameters
        ----------
        pieces
            Numbers of pieces of the vocabulary, at most as many as there are places.
        segments
            0 or 1 for each: whether it belongs to the first or the second part.
        at
            Which pieces are asked for: in the last layer the others only give what these take from them.

        Source: Devlin et al. (2019), arXiv 1810.04805.
        """
        words = np.asarray(self.words[pieces] * self.word_scales[pieces, None], np.float32)
        state = _normed(words + self.places[: len(pieces)] + self.segments[segments], self.norm)
        for layer in self.layers:
            rows = state[at] if layer is self.layers[-1] else state
            rows = _normed(rows + self._attended(rows, state, layer), layer.norms[:2])
            bent = _bent(rows @ layer.wide + layer.wide_bias)
            state = _normed(rows + bent @ layer.narrow + layer.narrow_bias, layer.norms[2:])
        return state

    def _attended(self, rows: Floats, state: Floats, layer: Layer) -> Floats:
        """Return what some rows take from all of a state."""
        width = state.shape[1]
        size = width // self.heads
        query = rows @ layer.mixed[:, :width] + layer.mixed_bias[:width]
        others = state @ layer.mixed[:, width:] + layer.mixed_bias[width:]
        query = query.reshape(len(rows), self.heads, size).transpose(1, 0, 2)
        key, value = others.reshape(len(state), 2, self.heads, size).transpose(1, 2, 0, 3)
        score = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(size))
        score = np.exp(score - score.max(axis=2, keepdims=True))
        score /= score.sum(axis=2, keepdims=True)
        taken: Floats = (score @ value).transpose(1, 0, 2).reshape(len(rows), width)
        return np.asarray(taken @ layer.joined + layer.joined_bias, np.float32)


def _bent(rows: Floats) -> Floats:
    """Return what the Gaussian unit passes on, by its usual approximation: errors under 0.001, a quarter of the time.

    Source: Hendrycks and Gimpel (2016), arXiv 1606.08415.
    """
    inner = rows * rows
    inner *= np.float32(0.044715)
    inner += np.float32(1.0)
    inner *= rows
    inner *= np.float32(np.sqrt(2.0 / np.pi))
    np.tanh(inner, out=inner)
    inner += np.float32(1.0)
    inner *= rows
    inner *= np.float32(0.5)
    return inner


def _normed(rows: Floats, norm: Floats) -> Floats:
    """Return rows with mean 0 and variance 1, scaled and shifted."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    spread = np.sqrt((rows * rows).mean(axis=1, keepdims=True) + np.float32(_NORM))
    return np.asarray(rows / spread * norm[0] + norm[1], np.float32)


def encoder_of(arrays: Mapping[str, NDArray[np.generic]], heads: int) -> Encoder:
    """Return the encoder that arrays hold: matrices as whole numbers `NAME` with what one is worth, `NAME.scale`, by column.

    Raises
    ------
    KeyError
        For an array that is missing.
    """

    def plain(name: str) -> Floats:
        return np.asarray(arrays[name], np.float32)

    def matrix(name: str) -> Floats:
        return np.ascontiguousarray(plain(name) * plain(f"{name}.scale"))

    count = sum(name.endswith(".mixed") for name in arrays)
    layers = tuple(
        Layer(
            **{
                part: (plain if part.endswith("bias") or part == "norms" else matrix)(f"{number}.{part}")
                for part in Layer.__dataclass_fields__
            }
        )
        for number in range(count)
    )
    words = np.asarray(arrays["words"], np.int8)
    return Encoder(words, plain("words.scale"), plain("places"), plain("segments"), plain("norm"), layers, heads)
