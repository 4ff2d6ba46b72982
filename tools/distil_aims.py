"""Fit a smaller model that tells aims to say what a larger one says, and write its weights.

    python tools/distil_aims.py TEACHER.npz OUT.npz TEXTS --layers 0 2 4

TEACHER comes from `tools/train_aims.py`; the smaller model begins as some of its layers, by number. TEXTS holds plans as plain
text in a folder for each language (`en/*.txt`); nothing in them has to be marked, since the larger model says of each of their
numbers how likely it is an aim, and when it is due. The smaller one is fitted to that, and to what the larger one holds of each
number and year in its last layer (Hinton, Vinyals and Dean, 2015; Sanh et al., 2019). A tenth of the texts stays out and tells
how often the two are on different sides of a limit. `--start` goes on from a smaller model of an earlier run. Needs torch and
transformers; two cores take a quarter of an hour for a round of 30,000 sentences. The product carries a model that was made so
(see the decision *A small language model that tells aims*).
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertModel

from train_aims import BATCH, EVEN, NORMS, PARTS, Arrays, Example, Model, arrays_of, batches, example, shape_of

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

from isthmus.plans.aims import BEFORE_SIGNS, HARDLY, SURELY  # noqa: E402
from isthmus.plans.unigram import UNKNOWN, Vocabulary  # noqa: E402
from real_documents import sentences  # noqa: E402

WANTED = {"en": 26_000, "ru": 9_000, "zh": 9_000}
"""Sentences with numbers of each language."""
A_TEXT, LONG, OUT = 100, 700, 10
"""Most sentences of one text, letters of one; of so many texts one stays out."""
STEP, WARM = 2e-4, 200
"""Steps at first, and batches until they are whole."""
FAR = 9.0
"""Logarithm of odds beyond which it does not matter how sure the larger model is."""


@dataclass
class Taught(Example):
    """A sentence with what the larger model says of it.

    `states` (numbers and years, width) is what it holds of its numbers, of no year and of its years, `odds` (numbers,) the
    logarithm of the odds that each is an aim, `scores` (numbers, years) how well each year fits.
    """

    states: Tensor
    odds: Tensor
    scores: Tensor


def asked_in(folder: Path, vocabulary: Vocabulary) -> tuple[list[Example], list[Example]]:
    """Return sentences with numbers of the texts of a folder, and those of the texts that stay out."""
    kept, out = list[Example](), list[Example]()
    for lang, wanted in WANTED.items():
        texts, met, made = sorted((folder / lang).glob("*.txt")), set[str](), 0
        random.shuffle(texts)
        for number, path in enumerate(texts):
            found = [*_examples(path, lang, vocabulary, met)]
            random.shuffle(found)
            (kept if number % OUT else out).extend(found[:A_TEXT])
            made += min(A_TEXT, len(found))
            if made >= wanted:
                break
        print(f"{lang}: {made} sentences of {number + 1} texts", flush=True)
    return kept, out


def _examples(path: Path, lang: str, vocabulary: Vocabulary, met: set[str]) -> Iterator[Example]:
    """Yield the sentences with numbers of a text that have not been met."""
    before = ""
    for _, _, text in sentences(path.read_text("utf-8"), lang, wrapped=lang == "en"):
        if text not in met and len(text) <= LONG:
            met.add(text)
            if (made := example(before[-BEFORE_SIGNS:], text, [], vocabulary)).numbers:
                yield made
        before = f"{before} {text}"[-2 * BEFORE_SIGNS :]


def model_of(arrays: Arrays, layers: Sequence[int]) -> Model:
    """Return a model of some layers of weights."""
    own = {
        "word_embeddings.weight": arrays["words"].astype(np.float32) * arrays["words.scale"][:, None],
        "position_embeddings.weight": arrays["places"],
        "token_type_embeddings.weight": arrays["segments"],
        "LayerNorm.weight": arrays["norm"][0],
        "LayerNorm.bias": arrays["norm"][1],
    }
    own = {f"embeddings.{name}": value for name, value in own.items()}
    for new, old in enumerate(layers):
        for part, names in PARTS.items():
            matrix = arrays[f"{old}.{part}"] * arrays[f"{old}.{part}.scale"]
            whole = zip(
                names, np.split(matrix.T, len(names)), np.split(arrays[f"{old}.{part}_bias"], len(names)), strict=True
            )
            for name, weight, bias in whole:
                own |= {f"encoder.layer.{new}.{name}.weight": weight, f"encoder.layer.{new}.{name}.bias": bias}
        rows = iter(arrays[f"{old}.norms"])
        for name in NORMS:
            own |= {f"encoder.layer.{new}.{name}.{part}": next(rows) for part in ("weight", "bias")}
    shape = shape_of(len(arrays["words"]), len(layers))
    shape.max_position_embeddings = len(arrays["places"])
    model = Model(BertModel(shape, add_pooling_layer=False))
    model.encoder.load_state_dict({name: torch.tensor(np.float32(value)) for name, value in own.items()}, strict=False)
    for name, worth in (("aim", 1), ("asks", EVEN), ("answers", 1)):
        layer: nn.Linear = getattr(model, name)
        layer.weight.data = torch.tensor(np.float32(arrays[name].T * worth))
        layer.bias.data = torch.tensor(np.float32(arrays[f"{name}_bias"] * worth))
    model.encoder.embeddings.word_embeddings.requires_grad_(False)
    return model.eval()  # nothing is dropped: the larger model says the same of each sentence


def said(model: Model, batch: Sequence[Example]) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Yield what a model holds of the numbers and years of each sentence; see `Taught`."""
    for state, one in zip(model(batch), batch, strict=True):
        count = len(one.numbers)
        rows = state[[*(n.at for n in one.numbers), 0, *(at for at, _ in one.years)]]
        odds = model.aim(rows[:count])
        yield rows, odds[:, 1] - odds[:, 0], model.asks(rows[:count]) @ model.answers(rows[count:]).T / EVEN


def taught(teacher: Model, examples: Sequence[Example]) -> list[Taught]:
    """Return sentences with what the larger model says of them."""
    made = list[Taught]()
    with torch.no_grad():
        for batch in batches(examples):
            told = zip(batch, said(teacher, batch), strict=True)
            made += [Taught(e.pieces, e.parts, e.numbers, e.years, rows.half(), *rest) for e, (rows, *rest) in told]
    return made


def loss_of(model: Model, batch: Sequence[Taught]) -> Tensor:
    """Return how far a model is from what the larger one says."""
    own, theirs = [*said(model, batch)], [(e.states.float(), e.odds, e.scores) for e in batch]
    rows, odds = (
        [torch.cat([told[part] for told in each]) for each in (own, theirs)] for part in (0, 1)
    )  # fmt: skip
    years = [
        nn.functional.kl_div(mine[2].log_softmax(1), said[2].softmax(1), reduction="sum")
        for mine, said in zip(own, theirs, strict=True)
    ]
    sure = nn.functional.smooth_l1_loss(odds[0], odds[1].clamp(-FAR, FAR))
    return nn.functional.mse_loss(*rows) + sure + torch.stack(years).sum() / len(odds[0])


def fit(model: Model, examples: Sequence[Taught], rounds: int, step: float) -> None:
    """Fit a model to what the larger one says."""
    steps = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], weight_decay=0.01)
    count, done, started = rounds * -(-len(examples) // BATCH), 0, time.monotonic()
    for number in range(rounds):
        heard = []
        for batch in batches(examples):
            done += 1
            steps.param_groups[0]["lr"] = step * min(1.0, done / WARM) * max(0.0, 1 - done / count)
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(model, batch)
            steps.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            steps.step()
            heard.append(float(loss.detach()))
            if done % 200 == 0:
                print(f"{done} of {count}: {np.mean(heard[-200:]):.3f}, {time.monotonic() - started:.0f} s", flush=True)
        print(f"round {number + 1} of {rounds}: loss {np.mean(heard):.3f}", flush=True)


def compare(model: Model, examples: Sequence[Taught]) -> None:
    """Print on how many numbers a model and the larger one are on different sides of a limit."""
    with torch.no_grad():
        own = [told for batch in batches(examples) for told in zip(batch, said(model, batch), strict=True)]
    odds = torch.cat([torch.stack([mine, e.odds]) for e, (_, mine, _) in own], dim=1).sigmoid()
    for limit in (HARDLY, SURELY):
        sides = odds >= limit
        print(
            f"{limit}: {(sides[0] != sides[1]).float().mean():.4f} on another side, {sides[1].float().mean():.4f} above"
        )
    print(f"off by {(odds[0] - odds[1]).abs().mean():.4f} on average, of {odds.shape[1]} numbers")


def _arrays(path: Path) -> Arrays:
    with np.load(path, allow_pickle=False) as kept:
        return {name: kept[name] for name in kept.files}


def _layers(arrays: Arrays) -> list[int]:
    return sorted(int(name.split(".")[0]) for name in arrays if name.endswith(".mixed"))


def main() -> None:
    """Fit, compare, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("teacher", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument(
        "--layers", type=int, nargs="+", default=[0, 2, 4], help="layers that the smaller model begins as"
    )
    parser.add_argument("--start", type=Path, help="a smaller model of an earlier run to go on from")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--step", type=float, default=STEP, help="size of the steps at first")
    parser.add_argument("--longest", type=int, default=308, help="pieces of a sentence with what stands in front")
    parser.add_argument("--said", type=Path, help="a file that keeps what the larger model says for the next run")
    chosen = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    arrays = _arrays(chosen.teacher)
    pieces = arrays["pieces"].tobytes().decode().split("\n")
    numbered = enumerate(zip(pieces, arrays["chances"].tolist(), strict=True))
    if chosen.said and chosen.said.exists():
        inside, out = torch.load(chosen.said, weights_only=False)
    else:
        vocabulary = Vocabulary({piece: (number, chance) for number, (piece, chance) in numbered if number > UNKNOWN})
        teacher = model_of(arrays, _layers(arrays))
        inside, out = (taught(teacher, found) for found in asked_in(chosen.texts, vocabulary))
        if chosen.said:
            torch.save((inside, out), chosen.said)
    begun = _arrays(chosen.start) if chosen.start else arrays
    model = model_of(begun, _layers(begun) if chosen.start else chosen.layers)
    compare(model, out)
    fit(model, [e for e in inside if len(e.pieces) <= chosen.longest], chosen.rounds, chosen.step)
    compare(model, out)
    np.savez_compressed(chosen.out, **arrays_of(model, pieces, arrays["chances"]))


if __name__ == "__main__":
    main()
