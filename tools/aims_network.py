"""Write the network that tells aims as the file that the product reads.

    python tools/aims_network.py WEIGHTS.npz src/isthmus/assets/aims/plans.onnx

WEIGHTS come from `tools/train_aims.py`. The graph is the encoder of BERT (Devlin et al., 2019) in single precision over matrices
that are kept in whole numbers, with the layers that say how likely a number is an aim and in which of the years named it is due;
its pieces of words and the logarithms of their chances stand in its metadata. Needs onnx, which the product does not.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

HEADS, NORM, OPSET, FORMAT = 12, 1e-12, 23, 11
"""Parts of attention, what is added to a variance before it divides, and versions of ONNX's operators and of its file."""
INPUTS = ("pieces", "segments", "numbers", "named")
"""See `isthmus.plans.aims.AimNetwork`."""
Arrays = Mapping[str, NDArray[Any]]


class Graph:
    """The steps and constants of a network as they are added."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays, self.nodes, self.constants = arrays, list[onnx.NodeProto](), list[onnx.TensorProto]()

    def constant(self, values: object, kind: type = np.float32) -> str:
        """Return the name of a constant."""
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(values, kind, order="C"), name))
        return name

    def own(self, name: str, kind: type = np.float32) -> str:
        """Return the name of one of the weights."""
        return self.constant(self.arrays[name], kind)

    def ints(self, *values: int) -> str:
        """Return the name of whole numbers, for shapes and places."""
        return self.constant(values, np.int64)

    def add(self, step: str, *given: str, into: str = "", **settings: object) -> str:
        """Add a step, and return the name of what it gives."""
        into = into or f"step{len(self.nodes)}"
        self.nodes.append(helper.make_node(step, [*given], [into], **settings))
        return into

    def parts(self, rows: str, count: int, axis: int, *sizes: str) -> list[str]:
        """Add a split into parts, alike where no sizes are given, and return their names."""
        made = [f"step{len(self.nodes)}.{number}" for number in range(count)]
        alike = {} if sizes else {"num_outputs": count}
        self.nodes.append(helper.make_node("Split", [rows, *sizes], made, axis=axis, **alike))
        return made

    def linear(self, rows: str, name: str) -> str:
        """Add a layer of a matrix and a shift; a matrix in whole numbers has what one of them is worth, by column."""
        if f"{name}.scale" in self.arrays:
            whole = self.add("Cast", self.own(name, np.int8), to=TensorProto.FLOAT)
            matrix = self.add("Mul", whole, self.own(f"{name}.scale"))
        else:
            matrix = self.own(name)
        return self.add("Add", self.add("MatMul", rows, matrix), self.own(f"{name}_bias"))

    def normed(self, rows: str, norm: NDArray[Any]) -> str:
        """Add a norm: mean 0 and variance 1, then scale and shift."""
        scale, shift = (self.constant(row) for row in norm)
        return self.add("LayerNormalization", rows, scale, shift, axis=-1, epsilon=NORM)

    def embedded(self) -> str:
        """Add what pieces, their places and their parts of the text mean alone."""
        whole = self.add("Cast", self.add("Gather", self.own("words", np.int8), "pieces"), to=TensorProto.FLOAT)
        worth = self.add("Unsqueeze", self.add("Gather", self.own("words.scale"), "pieces"), self.ints(1))
        places = self.add("Slice", self.own("places"), self.ints(0), self.add("Shape", "pieces"), self.ints(0))
        parts = self.add("Gather", self.own("segments"), "segments")
        return self.normed(self.add("Sum", self.add("Mul", whole, worth), places, parts), self.arrays["norm"])

    def layer(self, number: int, state: str, at: str) -> str:
        """Add a layer over a state; `at` names the rows that are asked for, "" for all."""
        rows = self.add("Gather", state, at) if at else state
        norms = self.arrays[f"{number}.norms"]
        query, *others = self.parts(self.linear(state, f"{number}.mixed"), 3, 1)
        asked = [self.add("Gather", query, at) if at else query, *others]
        one = [self.add("Unsqueeze", part, self.ints(0)) for part in asked]
        taken = self.add("Squeeze", self.add("Attention", *one, q_num_heads=HEADS, kv_num_heads=HEADS), self.ints(0))
        rows = self.normed(self.add("Add", rows, self.linear(taken, f"{number}.joined")), norms[:2])
        bent = self.add("Gelu", self.linear(rows, f"{number}.wide"), approximate="tanh")
        return self.normed(self.add("Add", rows, self.linear(bent, f"{number}.narrow")), norms[2:])


def network_of(arrays: Arrays) -> onnx.ModelProto:
    """Return the network of weights, with its pieces and their chances in its metadata."""
    graph = Graph(arrays)
    state, last = graph.embedded(), max(int(name.split(".")[0]) for name in arrays if name.endswith(".mixed"))
    at = graph.add("Concat", "numbers", "named", axis=0)
    for number in range(last + 1):
        state = graph.layer(number, state, at if number == last else "")
    sizes = graph.add("Concat", graph.add("Shape", "numbers"), graph.add("Shape", "named"), axis=0)
    numbers, named = graph.parts(state, 2, 0, sizes)
    odds = graph.add("Softmax", graph.linear(numbers, "aim"), axis=1)
    graph.add("Gather", odds, graph.constant(1, np.int64), into="likely", axis=1)
    answers = graph.add("Transpose", graph.linear(named, "answers"), perm=[1, 0])
    graph.add("Softmax", graph.add("MatMul", graph.linear(numbers, "asks"), answers), into="shares", axis=1)
    given = [helper.make_tensor_value_info(name, TensorProto.INT64, [f"{name}_count"]) for name in INPUTS]
    told = [
        helper.make_tensor_value_info("likely", TensorProto.FLOAT, ["numbers_count"]),
        helper.make_tensor_value_info("shares", TensorProto.FLOAT, ["numbers_count", "named_count"]),
    ]
    whole = helper.make_graph(graph.nodes, "aims", given, told, graph.constants)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=FORMAT)
    pieces, chances = arrays["pieces"].tobytes().decode("utf-8"), " ".join(map(repr, arrays["chances"].tolist()))
    helper.set_model_props(model, {"pieces": pieces, "chances": chances})
    return model


def main() -> None:
    """Read weights and write the network."""
    weights, out = map(Path, sys.argv[1:])
    with np.load(weights, allow_pickle=False) as kept:
        onnx.save(network_of({name: kept[name] for name in kept.files}), out)


if __name__ == "__main__":
    main()
