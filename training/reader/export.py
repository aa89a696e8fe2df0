"""The learned weights as int8 ONNX, compared with the floats on *tune*, and put into the program."""

import hashlib
from pathlib import Path

import encoder
import fit
import numpy as np
import onnx
import onnxruntime
import rows
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from rows import HEADS

from app.domain.screening.reader import wordpiece
from app.domain.screening.reading.normal import views

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "app/jobs/reader/weights.onnx"
SUM = Path(__file__).parent / "weights.sha256"
LENGTH = wordpiece.LONGEST + 2
OPSET = 17


class Graph:
    """Nodes and constants, each named by its number."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def number(self, value: float) -> str:
        return self.constant(np.array(value, np.float32))

    def op(self, kind: str, *given: str, **facts: object) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(given), [name], **facts))
        return name


def floats(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The encoder with its heads: `pieces` (numbers) and `mask` (1 or 0) in, `odds` out. Words are int8 already."""
    graph = Graph()
    op, constant = graph.op, graph.constant

    def dense(x: str, name: str) -> str:
        return op("Add", op("MatMul", x, constant(weights[f"{name}.weight"].T)), constant(weights[f"{name}.bias"]))

    def norm(x: str, name: str) -> str:
        scale, shift = constant(weights[f"{name}.weight"]), constant(weights[f"{name}.bias"])
        return op("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)

    words = weights["embeddings.word_embeddings.weight"]
    scale = np.abs(words).max(1, keepdims=True) / 127 + 1e-12
    whole = op("Cast", op("Gather", constant(np.rint(words / scale).astype(np.int8)), "pieces"), to=TensorProto.FLOAT)
    x = op("Mul", whole, op("Gather", constant(scale.astype(np.float32)), "pieces"))
    length = op("Slice", op("Shape", "pieces"), *(constant(np.array([at], np.int64)) for at in (1, 2)))
    first = constant(np.array([0], np.int64))
    places = weights["embeddings.position_embeddings.weight"][:LENGTH]
    places = places + weights["embeddings.token_type_embeddings.weight"][0]
    x = norm(op("Add", x, op("Slice", constant(places), first, length, first)), "embeddings.LayerNorm")
    away = op("Mul", op("Sub", graph.number(1), "mask"), graph.number(-1e4))
    away = op("Unsqueeze", away, constant(np.array([1, 2], np.int64)))
    width = words.shape[1] // encoder.PARTS
    apart = constant(np.array([0, 0, encoder.PARTS, width], np.int64))
    together = constant(np.array([0, 0, words.shape[1]], np.int64))
    for layer in range(encoder.LAYERS):
        at = f"encoder.layer.{layer}"
        query, key, value = (
            op("Transpose", op("Reshape", dense(x, f"{at}.attention.self.{one}"), apart), perm=[0, 2, *turned])
            for one, turned in (("query", (1, 3)), ("key", (3, 1)), ("value", (1, 3)))
        )
        near = op("Add", op("Mul", op("MatMul", query, key), graph.number(width**-0.5)), away)
        looked = op("Transpose", op("MatMul", op("Softmax", near, axis=-1), value), perm=[0, 2, 1, 3])
        looked = dense(op("Reshape", looked, together), f"{at}.attention.output.dense")
        x = norm(op("Add", x, looked), f"{at}.attention.output.LayerNorm")
        wide = dense(x, f"{at}.intermediate.dense")
        bent = op("Add", op("Erf", op("Div", wide, graph.number(2**0.5))), graph.number(1))
        wide = op("Mul", op("Mul", wide, bent), graph.number(0.5))
        x = norm(op("Add", x, dense(wide, f"{at}.output.dense")), f"{at}.output.LayerNorm")
    there = op("Unsqueeze", "mask", constant(np.array([2], np.int64)))
    one = constant(np.array([1], np.int64))
    total = op("ReduceSum", op("Mul", x, there), one, keepdims=0)
    mean = op("Div", total, op("ReduceSum", "mask", one, keepdims=1))
    found = op("Gemm", mean, constant(weights["heads.weight"]), constant(weights["heads.bias"]))
    graph.nodes.append(helper.make_node("Identity", [found], ["odds"]))
    made = helper.make_graph(
        graph.nodes, "reader",
        [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["rows", "length"]),
         helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["rows", "length"])],
        [helper.make_tensor_value_info("odds", TensorProto.FLOAT, ["rows", len(HEADS)])],
        graph.constants,
    )  # fmt: skip
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    model.metadata_props.add(key="heads", value=",".join(HEADS))
    onnx.checker.check_model(model)
    return model


def make(weights: dict[str, np.ndarray], data: Path, work: Path, *, write: bool) -> None:
    plain, small = work / "floats.onnx", work / "weights.onnx"
    onnx.save(floats(weights), plain)
    quantize_dynamic(
        plain, small, op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
    )
    compare(plain, small, data)
    found = small.read_bytes()
    print(f"{len(found):,} bytes")
    if write:
        OUT.write_bytes(found)
        SUM.write_text(hashlib.sha256(found).hexdigest() + "\n", encoding="ascii")


def compare(plain: Path, small: Path, data: Path) -> None:
    """What whole numbers cost, on the voices that thresholds are fixed on."""
    found = list(rows.voices(data, "tune"))
    odds = [scores(file, [row.text for row in found]) for file in (plain, small)]
    apart = np.abs(odds[0] - odds[1])
    print(f"int8 against floats: {apart.mean():.3f} on average, {apart.max():.2f} at most")
    for place, head in enumerate(HEADS):
        known = np.array([head in row.labels for row in found])
        label = np.array([row.labels.get(head, False) for row in found])[known]
        areas = [fit.auc(one[known, place], label) for one in odds]
        print(f"{head}: AUC {areas[0]:.3f} floats, {areas[1]:.3f} int8, {known.sum():,} rows of tune", flush=True)


def scores(file: Path, texts: list[str]) -> np.ndarray:
    """The odds of each text, of its highest window."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(file, options, ["CPUExecutionProvider"])
    found = []
    for text in texts:
        windows = wordpiece.windows(views(text[:4000]))
        each = [
            session.run(None, {"pieces": np.array([one]), "mask": np.ones((1, len(one)), np.float32)})[0][0]
            for one in windows
        ]
        found.append(np.max(each, axis=0))
    return np.array(found)
