"""Writes a trained net as an eight-bit ONNX file that onnxruntime reads, a tokenizer and a card beside it.

The graph is built by hand, so that it does not change with torch. Weights are signed, one scale a column, and use seven
bits: processors without VNNI add products of eight-bit weights in sixteen bits and would overflow. Inputs of a product
are quantised as they come. Embeddings have one scale a word.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from bilateral.encoder import TOKENIZER, WEIGHTS
from bilateral.train.bert import EPSILON, HEADS, MARKS, PLACES, WIDTH, Layer, Net
from bilateral.train.encoder import base_tokenizer

LARGEST_WEIGHT, LARGEST_WORD = 63, 127
OPSET, ORT, IR = 17, 1, 8
_ORT = "com.microsoft"

Floats = NDArray[np.float32]


def export(net: Net, folder: Path) -> None:
    """Write weights and tokenizer into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS).write_bytes(onnx_bytes(net))
    (folder / TOKENIZER).write_bytes(base_tokenizer().to_str(pretty=False).encode("utf-8"))


def onnx_bytes(net: Net) -> bytes:
    """The net as an ONNX file: `ids` (1, length) and `at` (3) in; root, mode and status out, each (1, classes)."""
    graph = _Graph()
    x = _embedded(graph, net)
    for layer in net.layers:
        x = _layer(graph, x, layer)
    read = graph.add("Gather", [x, "at"], axis=1)
    flat = graph.add("Reshape", [read, graph.constant(np.array([1, PLACES * WIDTH], dtype=np.int64))])
    pooled = graph.add("Gelu", [_product(graph, flat, *_linear(net.pool))], domain=_ORT)
    outputs = []
    for name, head in zip(("root", "mode", "status"), net.heads, strict=True):
        weight, bias = _linear(head)
        found = graph.add("Gemm", [pooled, graph.constant(weight), graph.constant(bias)], outputs=[name])
        outputs.append(helper.make_tensor_value_info(found, TensorProto.FLOAT, [1, len(bias)]))
    made = helper.make_graph(
        graph.nodes,
        "events",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "length"]),
            helper.make_tensor_value_info("at", TensorProto.INT64, [PLACES]),
        ],
        outputs,
        graph.constants,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_ORT, ORT)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=IR, producer_name="bilateral")
    data: bytes = model.SerializeToString(deterministic=True)
    return data


class _Graph:
    """Nodes and constants, named as they are added."""

    def __init__(self) -> None:
        """An empty graph."""
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: NDArray[np.generic]) -> str:
        """A constant's name."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(
        self, op: str, inputs: list[str], *, outputs: list[str] | None = None, domain: str = "", **attributes: object
    ) -> str:
        """A node; the name of its first output."""
        named = outputs or [f"n{len(self.nodes)}"]
        self.nodes.append(helper.make_node(op, inputs, named, domain=domain, **attributes))
        return named[0]


def _embedded(graph: _Graph, net: Net) -> str:
    """The embeddings of words and places, normed."""
    words = _floats(net.words.weight)
    words[:MARKS] = _floats(net.marks.weight)
    numbers, scales = quantised(words.T, LARGEST_WORD)
    picked = graph.add("Cast", [graph.add("Gather", [graph.constant(numbers.T), "ids"])], to=TensorProto.FLOAT)
    scale = graph.add("Gather", [graph.constant(scales[:, None]), "ids"])
    length = graph.add("Shape", ["ids"], start=1, end=2)
    start = graph.constant(np.array([0], dtype=np.int64))
    places = graph.add("Slice", [graph.constant(_floats(net.positions.weight)), start, length, start])
    summed = graph.add("Add", [graph.add("Mul", [picked, scale]), places])
    norm = [graph.constant(_floats(net.norm.weight)), graph.constant(_floats(net.norm.bias))]
    return graph.add("LayerNormalization", [summed, *norm], axis=-1, epsilon=EPSILON)


def _layer(graph: _Graph, x: str, layer: Layer) -> str:
    parts = [_linear(part) for part in (layer.query, layer.key, layer.value)]
    joined = _product(graph, x, np.hstack([w for w, _ in parts]), np.hstack([b for _, b in parts]))
    names = [f"{part}{len(graph.nodes)}" for part in ("query", "key", "value")]
    sizes = graph.constant(np.full(3, WIDTH, dtype=np.int64))
    graph.add("Split", [joined, sizes], outputs=names, axis=-1)
    seen = graph.add("MultiHeadAttention", names, domain=_ORT, num_heads=HEADS)
    x = _normed(graph, _product(graph, seen, *_linear(layer.out)), x, layer.norm)
    inner = graph.add("Gelu", [_product(graph, x, *_linear(layer.inner))], domain=_ORT)
    return _normed(graph, _product(graph, inner, *_linear(layer.outer)), x, layer.last_norm)


def _normed(graph: _Graph, made: str, x: str, norm: object) -> str:
    """What a part made and what went into it, added and normed."""
    weight, bias = (graph.constant(_floats(getattr(norm, part))) for part in ("weight", "bias"))
    return graph.add("SkipLayerNormalization", [made, x, weight, bias], domain=_ORT, epsilon=EPSILON)


def _product(graph: _Graph, x: str, weight: Floats, bias: Floats) -> str:
    """A linear layer in eight bits."""
    numbers, scales = quantised(weight, LARGEST_WEIGHT)
    zeros = np.zeros(len(scales), dtype=np.int8)
    constants = [graph.constant(value) for value in (numbers, scales, zeros, bias)]
    return graph.add("DynamicQuantizeMatMul", [x, *constants], domain=_ORT)


def quantised(weight: Floats, largest: int) -> tuple[NDArray[np.int8], Floats]:
    """Whole numbers up to `largest` and one scale a column, whose product is nearly the weight."""
    scales = np.maximum(np.abs(weight).max(axis=0), 1e-8) / largest
    return np.rint(weight / scales).astype(np.int8), scales.astype(np.float32)


def _linear(part: object) -> tuple[Floats, Floats]:
    """Weight (in, out) and bias of a linear layer."""
    return _floats(getattr(part, "weight")).T.copy(), _floats(getattr(part, "bias"))  # noqa: B009


def _floats(value: object) -> Floats:
    found: Floats = value.detach().float().numpy().copy()  # type: ignore[attr-defined]
    return found
